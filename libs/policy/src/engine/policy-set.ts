import type { Facts } from '@muster/contracts'
import type { CompiledExpression } from '../compile.ts'
import type { CompiledApprovalRule, CompiledPolicy } from '../document.ts'
import { evaluateExpression, type Evaluation } from '../evaluate.ts'
import { approvalRuleResult, policyResult, type ApprovalRuleResult, type Outcome, type PolicyResult } from '../policy.ts'
import type { Checked } from '../checked.ts'
import { BeyondRegisters } from './instant.ts'
import { arrange } from './arranging.ts'
import { startLowering } from './lowering.ts'
import { run } from './interpreter.ts'
import { begin, createMachine, viewsOf, type Machine } from './machine.ts'
import { readerFor, type Reader } from './reader.ts'
import { render } from './rendering.ts'
import { state } from './state.ts'
import { sweep } from './sweep.ts'

/*
 * All policies in force as one program, evaluated at once; what came out is bytes, and becomes words for who asks.
 *
 * The results are those of the simple evaluator, to the byte, and where registers are too narrow (a time beyond 34,000 years) they are its.
 */

export interface PolicySet {
  readonly policies: readonly CompiledPolicy[]
  readonly approvalRules: readonly CompiledApprovalRule[]
  /** Nothing where a constant does not fit the registers. */
  readonly engine?: Engine
}

export interface Engine {
  readonly machine: Machine
  readonly reader: Reader
  readonly nodes: ReadonlyMap<Checked, number>
  readonly rowNodes: ReadonlyMap<Checked, number>
  /** By policy: what says whether it applies, and behind which rule its own end. */
  readonly applies: Int32Array
  readonly ends: Int32Array
  /** By rule, in the order of policies and their rules: what it asserts. */
  readonly asserts: Int32Array
  readonly approvals: Int32Array
  /** Outcome of every rule of the decision at hand, by `outcomes`; 0 where the policy does not apply. */
  readonly outcomes: Uint8Array
}

/** What the bytes of `Engine.outcomes` mean. */
export const outcomes: readonly (Outcome | undefined)[] = [undefined, 'pass', 'fail', 'unknown', 'error']

/** What a decision leaves behind: with the set and the facts it is the whole explanation. */
export interface Evaluated {
  readonly set: PolicySet
  readonly facts: Facts
  readonly outcomes: Uint8Array
  /** The memo, and the witness of each quantifier. Nothing where the simple evaluator decides. */
  readonly record?: Uint8Array<ArrayBuffer>
}

export function compilePolicySet(policies: readonly CompiledPolicy[], approvalRules: readonly CompiledApprovalRule[]): PolicySet {
  const lowering = startLowering()
  const lower = ({ ast }: CompiledExpression): number => lowering.lower(ast)
  try {
    const applies = policies.map(({ appliesTo }) => lower(appliesTo))
    const asserts = policies.flatMap(({ rules }) => rules.map(rule => lower(rule.assert)))
    let end = 0
    const ends = Int32Array.from(policies, ({ rules }) => (end += rules.length))
    const approvals = approvalRules.flatMap(({ appliesTo, when }) => [lower(appliesTo), lower(when)])
    const { program, plan, nodeAt, rowAt } = arrange(lowering.finish(asserts.length), [...applies, ...asserts, ...approvals])
    const machine = createMachine(program, plan)
    const at = (node: number): number => nodeAt[node] ?? -1
    const engine: Engine = {
      machine,
      reader: readerFor(machine),
      nodes: new Map([...lowering.nodes].map(([part, node]) => [part, at(node)])),
      rowNodes: new Map([...lowering.rowNodes].map(([part, row]) => [part, rowAt[row] ?? -1])),
      applies: Int32Array.from(applies, at),
      ends,
      asserts: Int32Array.from(asserts, at),
      approvals: Int32Array.from(approvals, at),
      outcomes: machine.outcomes,
    }
    return { policies, approvalRules, engine }
  } catch (error) {
    if (error instanceof BeyondRegisters) return { policies, approvalRules }
    throw error
  }
}

/** Decides in place: the outcomes and the memo of the engine hold until the next decision. Allocates nothing of its own. */
export function decide({ machine, reader, applies, ends, asserts, approvals, outcomes: decided }: Engine, facts: Facts): void {
  begin(machine, facts)
  sweep(machine, machine.plan, reader)
  const { states } = machine
  for (let policy = 0, rule = 0; policy < applies.length; policy++) {
    const scope = applies[policy] as number
    const end = ends[policy] as number
    const applied = (states[scope] as number) || interpreted(machine, scope)
    if (applied === state.true)
      for (; rule < end; rule++) {
        const assert = asserts[rule] as number
        decided[rule] = outcomeOf[(states[assert] as number) || interpreted(machine, assert)] as number
      }
    else for (; rule < end; rule++) decided[rule] = applied === state.false ? 0 : (outcomeOf[applied] as number)
  }
  for (let at = 0; at < approvals.length; at += 2) {
    const scope = approvals[at] as number
    const when = approvals[at + 1] as number
    const applied = (states[scope] as number) || interpreted(machine, scope)
    if (applied === state.true && states[when] === state.none) interpreted(machine, when)
  }
}

function interpreted(machine: Machine, node: number): number {
  machine.stale = true
  return run(machine, node)
}

/** By memo byte. */
const outcomeOf = Uint8Array.from([3, 2, 1, 3, 3, 3, 3, 3, 3, 3, 3, 4])

export function evaluatePolicySet(set: PolicySet, facts: Facts): Evaluated {
  const { engine } = set
  if (engine !== undefined) {
    try {
      decide(engine, facts)
      const record = Uint8Array.from(engine.machine.record)
      return { set, facts, outcomes: viewsOf(record, engine.machine.program).outcomes, record }
    } catch (error) {
      if (!(error instanceof BeyondRegisters)) throw error
    }
  }
  const decided = set.policies.flatMap(policy => {
    const { applies, rules } = policyResult(policy, expression => evaluateExpression(expression, facts))
    return applies === false ? policy.rules.map(() => 0) : rules.map(({ outcome }) => outcomes.indexOf(outcome))
  })
  return { set, facts, outcomes: Uint8Array.from(decided) }
}

/** What each policy says, in the order of the set. */
export function resultsOf(evaluated: Evaluated): readonly PolicyResult[] {
  const evaluate = evaluationsIn(evaluated)
  return evaluated.set.policies.map(policy => policyResult(policy, evaluate))
}

export function approvalResultsOf(evaluated: Evaluated): readonly ApprovalRuleResult[] {
  const evaluate = evaluationsIn(evaluated)
  return evaluated.set.approvalRules.map(rule => approvalRuleResult(rule, evaluate))
}

function evaluationsIn({ set: { engine }, facts, record }: Evaluated): (expression: CompiledExpression) => Evaluation {
  if (engine === undefined || record === undefined) return expression => evaluateExpression(expression, facts)
  const { nodes, rowNodes, machine } = engine
  const recorded = { nodes, rowNodes, code: machine.code, ...viewsOf(record, machine.program) }
  return expression => render(expression, facts, recorded)
}

import type { Facts } from '@muster/contracts'
import type { Checked, Quantifier } from '../checked.ts'
import type { CompiledExpression } from '../compile.ts'
import { evaluate } from '../compute.ts'
import { evaluateExpression, evaluationOf, flipOf, judge, scopeOf, stated, undecided, type Evaluation } from '../evaluate.ts'
import { apart, bind, type Explained, type Judgement, type Scope, type Truth } from '../scope.ts'
import type { ListValue, Result } from '../value.ts'
import { explain, gathered } from '../wording.ts'
import { binderOf } from './program.ts'
import type { Memo } from './machine.ts'
import { state } from './state.ts'

/*
 * From the record and the facts to words. The record says which part decided and which element was the witness; the facts say what was read
 * there; the source says it in the author's words. What was not decisive is not evaluated again.
 *
 * A record that does not belong to the facts is found out and refused: its words would be false.
 */

export interface Recorded extends Memo {
  readonly nodes: ReadonlyMap<Checked, number>
  readonly rowNodes: ReadonlyMap<Checked, number>
  readonly code: Int32Array
  /** The element at hand, within a body that was judged for all elements at once. */
  readonly row?: number
}

/** True and false are read off the record; why they are is made into words when it is asked for. */
export function render(expression: CompiledExpression, facts: Facts, recorded: Recorded): Evaluation {
  const value = truthIn(expression.ast, recorded)
  if (typeof value !== 'boolean') return expression.usesNow ? evaluateExpression(expression, facts) : explained(expression, facts, recorded)
  const flipsAt = expression.usesNow ? flipOf(expression, facts) : undefined
  let said: Evaluation['because'] | undefined
  return {
    value,
    missing: [],
    errors: [],
    get because() {
      return (said ??= explained(expression, facts, recorded).because)
    },
    ...(flipsAt !== undefined && { flipsAt }),
  }
}

function explained(expression: CompiledExpression, facts: Facts, recorded: Recorded): Evaluation {
  const judgement = judged(expression.ast, scopeOf(expression.source, facts), recorded)
  return evaluationOf(judgement, undefined)
}

function judged(node: Checked, scope: Scope, recorded: Recorded): Judgement {
  switch (node.kind) {
    case 'not': {
      const { value, ...rest } = judged(node.operand, scope, recorded)
      return { ...rest, value: typeof value === 'boolean' ? !value : value }
    }
    case 'and':
      return connected(node.operands, false, scope, recorded)
    case 'or':
      return connected(node.operands, true, scope, recorded)
    case 'conditional':
      return chosen(node, scope, recorded)
    case 'quantifier':
      return quantified(node, scope, recorded)
    case 'constant':
    case 'fact':
    case 'variable':
    case 'list':
    case 'select':
    case 'index':
    case 'has':
    case 'negate':
    case 'compare':
    case 'in':
    case 'arithmetic':
    case 'size':
    case 'text':
    case 'convert':
    case 'matches':
    case 'filter':
    case 'map': {
      const own = apart(scope)
      const judgement = stated(node, own, evaluate(node, own))
      const found = truthIn(node, recorded)
      if (judgement.value === found) return judgement
      throw otherFacts(node, scope, found, judgement.value)
    }
  }
}

function connected(operands: readonly Checked[], decisive: boolean, scope: Scope, recorded: Recorded): Judgement {
  const decider = operands.find(operand => truthIn(operand, recorded) === decisive)
  if (decider !== undefined) return judged(decider, scope, recorded)
  const all = operands.map(operand => judged(operand, scope, recorded))
  return undecided(all) ?? { value: !decisive, missing: [], errors: [], because: () => all.flatMap(({ because }) => because()) }
}

function chosen(node: Extract<Checked, { kind: 'conditional' }>, scope: Scope, recorded: Recorded): Judgement {
  const condition = judged(node.condition, scope, recorded)
  if (condition.value === 'error') return condition
  // Both branches speak, and their order of doing so is the simple evaluator's.
  if (condition.value === 'unknown') return judge(node, scope)
  const branch = judged(condition.value ? node.then : node.otherwise, scope, recorded)
  return { ...branch, because: () => [...condition.because(), ...branch.because()] }
}

/** What one element decided is said of that element. What all of them did together, of all of them. */
function quantified(node: Quantifier, scope: Scope, recorded: Recorded): Judgement {
  const value = truthIn(node, recorded)
  if (typeof value === 'boolean' && value === allAlike(node)) return together(node, scope, value)
  const witness = recorded.witnesses[binderOf(nodeOf(node, recorded), recorded.code)] ?? -1
  const list = witness < 0 || node.name === 'exists_one' || typeof value !== 'boolean' ? undefined : evaluate(node.list, scope)
  const element = list?.kind === 'known' ? (list.value as ListValue).elements[witness] : undefined
  if (element === undefined) return judge(node, scope)
  const body = recorded.rowNodes.get(node.body)
  const inRows = body !== undefined && recorded.rowDone[body] === 1
  return judged(node.body, bind(scope, node.variable, element), inRows ? { ...recorded, row: witness } : recorded)
}

/** What it is when no element decided alone: `all` true, `exists` false. Nothing for `exists_one`, which counts. */
const allAlike = ({ name }: Quantifier): boolean | undefined => (name === 'exists_one' ? undefined : name === 'all')

/** Of what all did together as much is said as is read, so that no more of them are judged again than that takes. */
function together(node: Quantifier, scope: Scope, value: boolean): Judgement {
  const because = (): readonly Explained[] => {
    const own = apart(scope)
    const list = evaluate(node.list, own)
    if (list.kind !== 'known') throw otherFacts(node, scope, value, list.kind)
    const { elements } = list.value as ListValue
    if (list.path !== undefined) own.values.set(`size(${list.path})`, elements.length)
    return [explain(node, { ...own, values: gathered(own.values, alike(node, scope, elements, value)) }, value)]
  }
  return { value, missing: [], errors: [], because }
}

function* alike(node: Quantifier, scope: Scope, elements: readonly Result[], value: boolean): Generator<Judgement> {
  for (const element of elements) {
    const judgement = judge(node.body, bind(scope, node.variable, element))
    if (judgement.value !== value) throw otherFacts(node, scope, value, judgement.value)
    yield judgement
  }
}

const otherFacts = ({ start }: Checked, { source }: Scope, found: Truth | undefined, value: Truth): Error =>
  new Error(`the record says that ${source} is ${found} at ${start}; on these facts it is ${value}`)

function nodeOf(part: Checked, { nodes }: Recorded): number {
  const node = nodes.get(part)
  if (node === undefined) throw new Error(`${part.kind} at ${part.start} is no part of the policy set`)
  return node
}

function truthIn(part: Checked, recorded: Recorded): Truth | undefined {
  const row = recorded.row === undefined ? undefined : recorded.rowNodes.get(part)
  if (row !== undefined && recorded.row !== undefined) return truthOfRow(recorded, row, recorded.row)
  const found = recorded.states[nodeOf(part, recorded)]
  if (found === state.true || found === state.false) return found === state.true
  if (found === state.error) return 'error'
  return found === state.unknown || found === state.absent ? 'unknown' : undefined
}

/** Nothing where it was not judged, since what stands before it had decided for every element. */
export function truthOfRow({ rowDone, rowTrue, rowFalse, rowError }: Memo, row: number, index: number): Truth | undefined {
  const isIn = (masks: Int32Array): boolean => (((masks[row] ?? 0) >> index) & 1) === 1
  if (rowDone[row] !== 1) return undefined
  if (isIn(rowTrue)) return true
  if (isIn(rowFalse)) return false
  return isIn(rowError) ? 'error' : 'unknown'
}

import type { Facts, FactValue } from '@muster/contracts'
import type { Checked, Quantifier } from '../checked.ts'
import type { CompiledExpression } from '../compile.ts'
import { evaluate } from '../compute.ts'
import { evaluateExpression, evaluationOf, judge, scopeOf, stated, undecided, type Evaluation } from '../evaluate.ts'
import { bind, type Judgement, type Scope, type Truth } from '../scope.ts'
import type { ListValue } from '../value.ts'
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
  // When the clock changes what it comes to depends on every comparison with it, decisive or not, so all of it is walked anyway.
  if (expression.usesNow) return evaluateExpression(expression, facts)
  const value = truthIn(expression.ast, recorded)
  if (typeof value !== 'boolean') return explained(expression, facts, recorded)
  let said: Evaluation['because'] | undefined
  return {
    value,
    missing: [],
    errors: [],
    get because() {
      return (said ??= explained(expression, facts, recorded).because)
    },
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
      const own = { ...scope, values: new Map<string, FactValue>() }
      const judgement = stated(node, own, evaluate(node, own))
      const found = truthIn(node, recorded)
      if (judgement.value === found) return judgement
      throw new Error(`the record says that ${scope.source} is ${found} at ${node.start}; on these facts it is ${judgement.value}`)
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
  const witness = recorded.witnesses[binderOf(nodeOf(node, recorded), recorded.code)] ?? -1
  const list = witness < 0 || node.name === 'exists_one' || typeof value !== 'boolean' ? undefined : evaluate(node.list, scope)
  const element = list?.kind === 'known' ? (list.value as ListValue).elements[witness] : undefined
  if (element === undefined) return judge(node, scope)
  const body = recorded.rowNodes.get(node.body)
  const inRows = body !== undefined && recorded.rowDone[body] === 1
  return judged(node.body, bind(scope, node.variable, element), inRows ? { ...recorded, row: witness } : recorded)
}

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

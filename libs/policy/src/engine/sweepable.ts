import { op, width, type Binder, type Program } from './program.ts'
import { rowOp } from './row-program.ts'
import { state } from './state.ts'

/*
 * What a sweep may evaluate, wanted or not: what costs little and is the same for the whole decision. Patterns, texts that are put together and
 * lists that are walked one by one are left to the interpreter, which comes to them only where an outcome depends on them.
 */

export interface Levels {
  /** By node, the height above the facts, which are at 0; -1 where it is not swept. */
  readonly nodes: Int32Array
  readonly rows: Int32Array
}

const cheapTexts = new Set(['startsWith', 'endsWith'])

export function levelsOf(program: Program): Levels {
  const { code, pool, binders, steady, states, size } = program
  const nodes = new Int32Array(size).fill(-1)
  const rows = new Int32Array(program.rowCode.length / 4).fill(-1)
  const operand = (node: number, at: number): number => code[node * width + at] ?? -1
  const above = (...operands: readonly number[]): number => (operands.some(level => level < 0) ? -1 : Math.max(...operands) + 1)
  const pooled = (node: number): readonly number[] =>
    [...pool.subarray(operand(node, 1), operand(node, 1) + operand(node, 2))].map(each => nodes[each] ?? -1)
  const at = (node: number): number => nodes[node] ?? -1

  function rowLevel(row: number): number {
    const known = rows[row] ?? -1
    if (known >= 0) return known
    const [what, a = -1, b = -1] = program.rowCode.subarray(row * 4, row * 4 + 3)
    const list = at(program.rowLists[row] ?? -1)
    const level = ((): number => {
      switch (what) {
        case rowOp.steady:
          return above(list, at(a))
        case rowOp.and:
        case rowOp.or:
          return above(list, ...[...program.rowPool.subarray(a, a + b)].map(rowLevel))
        case rowOp.not:
          return above(list, rowLevel(a))
        case rowOp.in:
          return above(list, at(b))
        default:
          return above(list)
      }
    })()
    rows[row] = level
    return level
  }

  function levelOf(node: number): number {
    if (steady[node] !== 1) return -1
    switch (operand(node, 0)) {
      case op.given:
        return states[node] === state.none ? -1 : 0
      case op.fact:
        return 0
      case op.select:
        // Of a record in the facts, and not of one that was computed.
        return at(operand(node, 1)) === 0 ? 0 : -1
      case op.has:
      case op.not:
      case op.size:
      case op.negate:
        return above(at(operand(node, 1)))
      case op.and:
      case op.or:
        return above(...pooled(node))
      case op.compare:
      case op.compareNumber:
      case op.compareText:
      case op.in:
        return above(at(operand(node, 1)), at(operand(node, 2)))
      case op.arithmetic:
        return operand(node, 3) >> 3 === 2 ? -1 : above(at(operand(node, 1)), at(operand(node, 2)))
      case op.text:
        return cheapTexts.has(program.functions[node] ?? '') ? above(at(operand(node, 1)), at(operand(node, 2))) : -1
      case op.convert:
        return program.functions[node] === 'string' ? -1 : above(at(operand(node, 1)))
      case op.all:
      case op.exists: {
        const body = (binders[operand(node, 3)] as Binder).rows
        return body < 0 ? -1 : above(at(operand(node, 1)), rowLevel(body))
      }
      default:
        return -1
    }
  }
  // Operands are made before what they stand in.
  for (let node = 0; node < size; node++) nodes[node] = levelOf(node)
  return { nodes, rows }
}

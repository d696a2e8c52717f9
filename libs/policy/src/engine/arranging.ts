import type { Plan } from './plan.ts'
import { planOf } from './planning.ts'
import { op, width, type Program } from './program.ts'
import { rowOp } from './row-program.ts'

/*
 * Gives the nodes their final numbers, so that the targets of each step lie side by side: a range of the memo that comes out alike is filled at
 * once. What no step writes comes first, and operands keep standing before what they stand in.
 */

export interface Arranged {
  readonly program: Program
  readonly plan: Plan
  /** By the number that a node, or a row node, had. */
  readonly nodeAt: Int32Array
  readonly rowAt: Int32Array
}

export function arrange(program: Program, roots: readonly number[]): Arranged {
  const { nodes, rows } = planOf(program, roots).order
  const nodeAt = placesOf(nodes, program.size)
  const rowAt = placesOf(rows, program.rowLists.length)
  const arranged = renumbered(program, nodeAt, rowAt)
  const { plan } = planOf(
    arranged,
    roots.map(root => nodeAt[root] ?? -1),
  )
  return { program: arranged, plan, nodeAt, rowAt }
}

function placesOf(last: readonly number[], size: number): Int32Array {
  const isLast = new Set(last)
  const order = [...Array.from({ length: size }, (_, each) => each).filter(each => !isLast.has(each)), ...last]
  const places = new Int32Array(size)
  order.forEach((each, place) => (places[each] = place))
  return places
}

function renumbered(program: Program, nodeAt: Int32Array, rowAt: Int32Array): Program {
  const node = (old: number): number => (old < 0 ? old : (nodeAt[old] ?? -1))
  const row = (old: number): number => (old < 0 ? old : (rowAt[old] ?? -1))
  const { code, pool, size, rowCode, rowPool } = program
  const arrangedCode = new Int32Array(code.length)
  const arrangedRows = new Int32Array(rowCode.length)
  const arrangedRowPool = rowPool.map(row)
  for (let at = 0; at < size; at++) {
    const [what = 0, a = -1, b = -1, c = -1] = code.subarray(at * width, at * width + width)
    arrangedCode.set([what, ...operandsOf(what, a, b, c, node)], node(at) * width)
  }
  for (let at = 0; at < rowAt.length; at++) {
    const [what = 0, a = -1, b = -1, c = -1] = rowCode.subarray(at * 4, at * 4 + 4)
    const takesNode = what === rowOp.in || what === rowOp.number || what === rowOp.text
    const first = what === rowOp.steady ? node(a) : what === rowOp.not ? row(a) : a
    arrangedRows.set([what, first, takesNode ? node(b) : b, c], row(at) * 4)
  }
  return {
    ...program,
    code: arrangedCode,
    pool: pool.map(node),
    rowCode: arrangedRows,
    rowPool: arrangedRowPool,
    rowLists: moved(program.rowLists.map(node), rowAt),
    binders: program.binders.map(binder => ({ ...binder, variable: node(binder.variable), rows: row(binder.rows) })),
    columns: program.columns.map(column => ({ ...column, list: node(column.list) })),
    names: listed(program.names, nodeAt),
    inherited: listed(program.inherited, nodeAt),
    readings: listed(program.readings, nodeAt),
    patterns: listed(program.patterns, nodeAt),
    functions: listed(program.functions, nodeAt),
    refs: listed(program.refs, nodeAt),
    optional: moved(program.optional, nodeAt),
    steady: moved(program.steady, nodeAt),
    states: moved(program.states, nodeAt),
    numbers: moved(program.numbers, nodeAt),
    micros: moved(program.micros, nodeAt),
  }
}

function listed<T>(values: readonly T[], places: Int32Array): readonly T[] {
  const all = [...values]
  values.forEach((value, old) => (all[places[old] ?? -1] = value))
  return all
}

function moved<Values extends Int32Array | Uint8Array | Float64Array>(values: Values, places: Int32Array): Values {
  const all = values.slice() as Values
  values.forEach((value, old) => (all[places[old] ?? -1] = value))
  return all
}

/** Which of the operands are nodes depends on what the node does. */
function operandsOf(what: number, a: number, b: number, c: number, node: (old: number) => number): readonly [number, number, number] {
  switch (what) {
    case op.given:
    case op.fact:
    // The operands stand in the pool.
    case op.and:
    case op.or:
    case op.list:
      return [a, b, c]
    case op.conditional:
      return [node(a), node(b), node(c)]
    case op.column:
    case op.cellHas:
      return [node(a), b, c]
    case op.cellNumber:
    case op.cellText:
      return [node(a), b, node(c >> 3) * 8 + (c & 7)]
    default:
      return [node(a), node(b), c]
  }
}

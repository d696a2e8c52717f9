import type { Cells } from './cells.ts'
import { accepts, step, type Plan, type SweptList } from './plan.ts'
import { stepsOf, type Item, type Order } from './plan-steps.ts'
import { op, width, type Binder, type Program } from './program.ts'
import { rowOp } from './row-program.ts'
import { isReadAlong, shapeOf } from './shape.ts'
import { state } from './state.ts'
import { levelsOf } from './sweepable.ts'

/* From a program to the plan of its sweep: what may be swept is sorted by its height above the facts, and by what it does. */

export function planOf(program: Program, roots: Iterable<number>): { readonly plan: Plan; readonly order: Order } {
  const levels = levelsOf(program)
  const { code, binders, numbers, micros, refs, states } = program
  const facts = new Set<number>()
  const lists = new Map<number, { readonly at: number; readonly columns: Set<number>; readonly rows: Set<number> }>()
  const items: Item[] = []
  const operand = (node: number, at: number): number => code[node * width + at] ?? -1
  const swept = (node: number): boolean => (levels.nodes[node] ?? -1) >= 0

  /** A fact that is read, with the records that it stands in. */
  function read(node: number): void {
    if (facts.has(node) || (operand(node, 0) !== op.fact && operand(node, 0) !== op.select)) return
    facts.add(node)
    if (operand(node, 0) === op.select) read(operand(node, 1))
  }

  function add(level: number, kind: number, target: number, more: Partial<Item> = {}): void {
    items.push({ a: -1, code: 0, list: -1, left: -1, right: -1, number: 0, micros: 0, texts: [], ...more, level, kind, target })
  }

  /** The texts of a list that is a constant and has only texts. */
  function textsIn(list: number): readonly string[] | undefined {
    if (states[list] !== state.list) return undefined
    const cells = refs[list] as Cells
    return cells.length > 0 && cells.states.every(each => each === state.text) ? (cells.refs as string[]) : undefined
  }

  function addNode(node: number): void {
    const level = levels.nodes[node] ?? -1
    const [a, b, c] = [operand(node, 1), operand(node, 2), operand(node, 3)]
    const constant = { number: numbers[b] ?? 0, micros: micros[b] ?? 0 }
    switch (operand(node, 0)) {
      case op.given:
      case op.fact:
      case op.select:
        return
      case op.has:
        read(a)
        return add(level, step.has, node, { left: a })
      case op.not:
        read(a)
        return add(level, step.not, node, { left: a })
      case op.and:
      case op.or: {
        const isAnd = operand(node, 0) === op.and
        const operands = program.pool.subarray(a, a + b)
        operands.forEach(read)
        if (b !== 2) return add(level, isAnd ? step.manyAnd : step.manyOr, node, { left: a, right: b })
        return add(level, isAnd ? step.and : step.or, node, { left: operands[0] ?? -1, right: operands[1] ?? -1 })
      }
      case op.compareNumber:
        read(a)
        return add(level, step.number, node, { a, code: accepts[c] ?? 0, left: a, right: accepts[c] ?? 0, ...constant })
      case op.compareText:
        read(a)
        return add(level, step.text, node, { a, code: c, left: a, right: b, number: c, texts: [refs[b] as string] })
      case op.compare:
        read(a)
        read(b)
        // What is not a value is no constant: its byte in the template is none.
        if (states[b] === state.timestamp || states[b] === state.duration)
          return add(level, step.thresholds, node, { a, code: accepts[c] ?? 0, ...constant })
        return add(level, step.compute, node)
      case op.in: {
        read(a)
        read(b)
        const texts = textsIn(b)
        return texts === undefined ? add(level, step.compute, node) : add(level, step.texts, node, { a, texts })
      }
      case op.all:
      case op.exists: {
        const { rows } = binders[c] as Binder
        const list = addRow(rows)
        const kind = operand(node, 0) === op.all ? step.all : step.exists
        return add(level, kind, node, { list, left: rows, right: c })
      }
      default:
        read(a)
        if (b >= 0) read(b)
        return add(level, step.compute, node)
    }
  }

  const added = new Set<number>()
  /** With the rows that it is made of; gives which of the lists it is over. */
  function addRow(row: number): number {
    const node = program.rowLists[row] ?? -1
    const list = lists.get(node) ?? { at: lists.size, columns: new Set(), rows: new Set() }
    lists.set(node, list)
    if (added.has(row)) return list.at
    added.add(row)
    list.rows.add(row)
    read(node)
    const level = levels.rows[row] ?? -1
    const [what, a = -1, b = -1, c = -1] = program.rowCode.subarray(row * 4, row * 4 + 4)
    const over = { list: list.at }
    const column = (kind: number, more: Partial<Item> = {}): void => {
      list.columns.add(a)
      add(level, kind, row, { ...over, a, left: a, ...more })
    }
    switch (what) {
      case rowOp.steady:
        read(a)
        add(level, step.rowSteady, row, { ...over, left: a })
        break
      case rowOp.and:
      case rowOp.or: {
        const isAnd = what === rowOp.and
        const operands = program.rowPool.subarray(a, a + b)
        operands.forEach(addRow)
        if (b === 2) add(level, isAnd ? step.rowAnd : step.rowOr, row, { ...over, left: operands[0] ?? -1, right: operands[1] ?? -1 })
        else add(level, isAnd ? step.rowManyAnd : step.rowManyOr, row, { ...over, left: a, right: b })
        break
      }
      case rowOp.not:
        addRow(a)
        add(level, step.rowNot, row, { ...over, left: a })
        break
      case rowOp.field:
        column(step.rowField)
        break
      case rowOp.has:
        column(step.rowHas)
        break
      case rowOp.in:
        read(b)
        column(step.rowIn, { right: b })
        break
      case rowOp.number:
        column(step.rowNumber, { code: accepts[c] ?? 0, right: accepts[c] ?? 0, number: numbers[b] ?? 0 })
        break
      case rowOp.text:
        column(step.rowText, { code: c, right: b, number: c, texts: [refs[b] as string] })
        break
      default:
        throw new Error(`row node ${row} does nothing known`)
    }
    return list.at
  }

  for (let node = 0; node < program.size; node++) if (swept(node)) addNode(node)
  for (const root of roots) if (swept(root)) read(root)
  const { order, steps } = stepsOf(items)
  const plan = {
    shape: shapeOf(program, facts, new Map([...lists].map(([node, { at }]) => [node, at]))),
    lists: [...lists].map(([node, { columns, rows }]): SweptList => ({
      node,
      columns: Int32Array.from(columns),
      unread: Int32Array.from([...columns].filter(id => !isReadAlong(program.columns[id]))),
      rows: Int32Array.from(rows),
    })),
    ...steps,
  }
  return { plan, order }
}

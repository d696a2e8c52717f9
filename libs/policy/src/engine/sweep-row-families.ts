import { contains } from './atoms.ts'
import type { Cells } from './cells.ts'
import type { ColumnCells, Machine } from './machine.ts'
import { full } from './masks.ts'
import type { Plan } from './plan.ts'
import { problem, state } from './state.ts'
import { fill, firstNotBelow } from './sweep-families.ts'

/* Steps of a sweep over row nodes that do more, or more at once, than one comparison. */

/** Sorted constants: each element is true in ranges of them, so between the places of the elements all masks are the same. */
export function sweepRowFamily(
  machine: Machine,
  plan: Plan,
  column: number,
  accepted: number,
  from: number,
  to: number,
  shift: number,
): void {
  const { rowTrue, rowFalse, rowError } = machine
  const cells = machine.columns[column] as ColumnCells
  const there = maskOf(cells, state.number)
  fill(rowError, from + shift, to + shift, there === full(cells.length) ? 0 : maskOf(cells, state.error))
  let start = from
  while (start < to) {
    // All elements compare alike with every constant from here until the next one that is equal to, or passes, an element.
    const constant = plan.numbers[start] as number
    let end = to
    let yes = 0
    for (let row = 0; row < cells.length; row++) {
      if (((there >> row) & 1) === 0) continue
      const value = cells.numbers[row] as number
      const order = value < constant ? 1 : value > constant ? 4 : 2
      if ((accepted & order) !== 0) yes |= 1 << row
      if (order === 2) end = start + 1
      else if (order === 4) end = Math.min(end, firstNotBelow(plan, value, 0, start, end))
    }
    fill(rowTrue, start + shift, end + shift, yes)
    fill(rowFalse, start + shift, end + shift, there & ~yes)
    start = end
  }
}

export function maskOf({ states, length }: Cells, is: number): number {
  let mask = 0
  for (let row = 0; row < length; row++) if (states[row] === is) mask |= 1 << row
  return mask
}

/** All come out alike but those that name the text of an element. */
export function sweepRowTable(
  machine: Machine,
  plan: Plan,
  column: number,
  equals: boolean,
  from: number,
  to: number,
  shift: number,
  table: number,
): void {
  const { rowTrue, rowFalse, rowError } = machine
  const cells = machine.columns[column] as ColumnCells
  const there = maskOf(cells, state.text)
  fill(rowTrue, from + shift, to + shift, equals ? 0 : there)
  fill(rowFalse, from + shift, to + shift, equals ? there : 0)
  fill(rowError, from + shift, to + shift, there === full(cells.length) ? 0 : maskOf(cells, state.error))
  for (let row = 0; row < cells.length; row++) {
    const named = ((there >> row) & 1) === 0 ? undefined : plan.tables[table]?.get(cells.refs[row] as string)
    if (named === undefined) continue
    for (let at = 0; at < named.length; at++) {
      const target = named[at] as number
      rowTrue[target] = (rowTrue[target] as number) ^ (1 << row)
      rowFalse[target] = (rowFalse[target] as number) ^ (1 << row)
    }
  }
}

/** `right` is the node of what is looked for in each element's list. */
export function sweepRowIn(machine: Machine, plan: Plan, from: number, to: number, shift: number): void {
  for (let at = from; at < to; at++) {
    const { states, refs, length } = machine.columns[plan.left[at] as number] as ColumnCells
    const wanted = plan.right[at] as number
    const one = machine.states[wanted] as number
    let yes = 0
    let no = 0
    let error = 0
    for (let row = 0; row < length; row++) {
      const other = states[row] as number
      const there = one < state.absent && other < state.absent
      const found = there ? contains(machine, wanted, refs[row] as Cells) : problem(one, other)
      if (found === state.true) yes |= 1 << row
      else if (found === state.false) no |= 1 << row
      else if (found === state.error) error |= 1 << row
    }
    machine.rowTrue[at + shift] = yes
    machine.rowFalse[at + shift] = no
    machine.rowError[at + shift] = error
  }
}

/** What is the same for every element. */
export function sweepRowSteady(machine: Machine, plan: Plan, length: number, from: number, to: number, shift: number): void {
  const every = full(length)
  for (let at = from; at < to; at++) {
    const there = machine.states[plan.left[at] as number]
    machine.rowTrue[at + shift] = there === state.true ? every : 0
    machine.rowFalse[at + shift] = there === state.false ? every : 0
    machine.rowError[at + shift] = there === state.error ? every : 0
  }
}

/** `left` is where the operands begin in the row pool, `right` how many there are. */
export function sweepRowMany(machine: Machine, plan: Plan, length: number, isAnd: boolean, from: number, to: number, shift: number): void {
  const { rowPool, rowTrue, rowFalse, rowError } = machine
  const decides = isAnd ? rowFalse : rowTrue
  const agrees = isAnd ? rowTrue : rowFalse
  for (let at = from; at < to; at++) {
    const start = plan.left[at] as number
    const end = start + (plan.right[at] as number)
    let decided = 0
    let agreed = full(length)
    let error = 0
    for (let operand = start; operand < end; operand++) {
      const row = rowPool[operand] as number
      decided |= decides[row] as number
      agreed &= agrees[row] as number
      error |= rowError[row] as number
    }
    decides[at + shift] = decided
    agrees[at + shift] = agreed
    rowError[at + shift] = error & ~decided
  }
}

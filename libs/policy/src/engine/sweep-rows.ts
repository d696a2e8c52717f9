import { contains } from './atoms.ts'
import type { Cells } from './cells.ts'
import type { ColumnCells, Machine } from './machine.ts'
import type { Plan } from './plan.ts'
import { problem, state } from './state.ts'
import { firstNotBelow } from './sweep-atoms.ts'

/*
 * The steps of a sweep over row nodes: a body judged for all elements of a list at once, a bit for each in three masks, true, false and error;
 * what is in none is unknown. Connectives are then operations on masks, and the first element that decides is the lowest bit.
 */

export const full = (length: number): number => (length >= 31 ? 0x7fffffff : (1 << length) - 1)
export const lowest = (mask: number): number => 31 - Math.clz32(mask & -mask)

export function sweepRowNumbers(machine: Machine, plan: Plan, from: number, to: number): void {
  const { rowTrue, rowFalse, rowError } = machine
  for (let at = from; at < to; at++) {
    const { states, numbers, length } = machine.columns[plan.left[at] as number] as ColumnCells
    const accepted = plan.right[at] as number
    const constant = plan.numbers[at] as number
    let yes = 0
    let no = 0
    let error = 0
    for (let row = 0; row < length; row++) {
      const there = states[row] as number
      if (there === state.number) {
        const value = numbers[row] as number
        const order = value < constant ? 1 : value > constant ? 4 : 2
        if ((accepted & order) === 0) no |= 1 << row
        else yes |= 1 << row
      } else if (there === state.error) error |= 1 << row
    }
    const target = plan.targets[at] as number
    rowTrue[target] = yes
    rowFalse[target] = no
    rowError[target] = error
  }
}

/** Sorted constants: each element is true in one or two ranges of them. */
export function sweepRowThresholds(machine: Machine, plan: Plan, column: number, accepted: number, from: number, to: number): void {
  const { rowTrue } = machine
  const { targets } = plan
  const cells = machine.columns[column] as ColumnCells
  for (let at = from; at < to; at++) rowTrue[targets[at] as number] = 0
  for (let row = 0; row < cells.length; row++) {
    if (cells.states[row] !== state.number) continue
    const value = cells.numbers[row] as number
    const equal = firstNotBelow(plan, value, 0, from, to)
    let above = equal
    while (above < to && plan.numbers[above] === value) above++
    if ((accepted & 4) !== 0) add(rowTrue, targets, from, equal, 1 << row)
    if ((accepted & 2) !== 0) add(rowTrue, targets, equal, above, 1 << row)
    if ((accepted & 1) !== 0) add(rowTrue, targets, above, to, 1 << row)
  }
  complete(machine, plan, cells, state.number, from, to)
}

function add(masks: Int32Array, targets: Int32Array, from: number, to: number, bits: number): void {
  for (let at = from; at < to; at++) {
    const target = targets[at] as number
    masks[target] = (masks[target] as number) | bits
  }
}

/** Where the element is there and it is not true, it is false. */
function complete(
  { rowTrue, rowFalse, rowError }: Machine,
  { targets }: Plan,
  cells: ColumnCells,
  is: number,
  from: number,
  to: number,
): void {
  const there = maskOf(cells, is)
  const error = maskOf(cells, state.error)
  for (let at = from; at < to; at++) {
    const target = targets[at] as number
    rowFalse[target] = there & ~(rowTrue[target] as number)
    rowError[target] = error
  }
}

function maskOf({ states, length }: Cells, is: number): number {
  let mask = 0
  for (let row = 0; row < length; row++) if (states[row] === is) mask |= 1 << row
  return mask
}

export function sweepRowTexts(machine: Machine, plan: Plan, from: number, to: number): void {
  const { rowTrue, rowFalse, rowError } = machine
  for (let at = from; at < to; at++) {
    const { states, refs, length } = machine.columns[plan.left[at] as number] as ColumnCells
    const constant = machine.refs[plan.right[at] as number]
    let equal = 0
    let different = 0
    let error = 0
    for (let row = 0; row < length; row++) {
      const there = states[row] as number
      if (there === state.text) {
        if (refs[row] === constant) equal |= 1 << row
        else different |= 1 << row
      } else if (there === state.error) error |= 1 << row
    }
    const target = plan.targets[at] as number
    const equals = plan.numbers[at] === 0
    rowTrue[target] = equals ? equal : different
    rowFalse[target] = equals ? different : equal
    rowError[target] = error
  }
}

export function sweepRowTable(
  machine: Machine,
  plan: Plan,
  column: number,
  equals: boolean,
  from: number,
  to: number,
  table: number,
): void {
  const { rowTrue } = machine
  const { targets } = plan
  const cells = machine.columns[column] as ColumnCells
  const there = equals ? 0 : maskOf(cells, state.text)
  for (let at = from; at < to; at++) rowTrue[targets[at] as number] = there
  for (let row = 0; row < cells.length; row++) {
    const named = cells.states[row] === state.text ? plan.tables[table]?.get(cells.refs[row] as string) : undefined
    if (named === undefined) continue
    for (const target of named) rowTrue[target] = (rowTrue[target] as number) ^ (1 << row)
  }
  complete(machine, plan, cells, state.text, from, to)
}

/** `has()` of a column, or a column that is true or false itself. */
export function sweepRowFields(
  { columns, rowTrue, rowFalse, rowError }: Machine,
  plan: Plan,
  isHas: boolean,
  from: number,
  to: number,
): void {
  for (let at = from; at < to; at++) {
    const { states, length } = columns[plan.left[at] as number] as ColumnCells
    let yes = 0
    let no = 0
    let error = 0
    for (let row = 0; row < length; row++) {
      const there = states[row] as number
      if (isHas ? there < state.absent : there === state.true) yes |= 1 << row
      else if (there === (isHas ? state.absent : state.false)) no |= 1 << row
      else if (there === state.error) error |= 1 << row
    }
    const target = plan.targets[at] as number
    rowTrue[target] = yes
    rowFalse[target] = no
    rowError[target] = error
  }
}

/** `right` is the node of what is looked for in each element's list. */
export function sweepRowIn(machine: Machine, plan: Plan, from: number, to: number): void {
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
    const target = plan.targets[at] as number
    machine.rowTrue[target] = yes
    machine.rowFalse[target] = no
    machine.rowError[target] = error
  }
}

/** What is the same for every element. */
export function sweepRowSteady(machine: Machine, plan: Plan, length: number, from: number, to: number): void {
  const every = full(length)
  for (let at = from; at < to; at++) {
    const there = machine.states[plan.left[at] as number]
    const target = plan.targets[at] as number
    machine.rowTrue[target] = there === state.true ? every : 0
    machine.rowFalse[target] = there === state.false ? every : 0
    machine.rowError[target] = there === state.error ? every : 0
  }
}

export function sweepRowNot({ rowTrue, rowFalse, rowError }: Machine, { targets, left }: Plan, from: number, to: number): void {
  for (let at = from; at < to; at++) {
    const one = left[at] as number
    const target = targets[at] as number
    rowTrue[target] = rowFalse[one] as number
    rowFalse[target] = rowTrue[one] as number
    rowError[target] = rowError[one] as number
  }
}

export function sweepRowPairs({ rowTrue, rowFalse, rowError }: Machine, plan: Plan, isAnd: boolean, from: number, to: number): void {
  const { targets, left, right } = plan
  const decides = isAnd ? rowFalse : rowTrue
  const agrees = isAnd ? rowTrue : rowFalse
  for (let at = from; at < to; at++) {
    const one = left[at] as number
    const other = right[at] as number
    const target = targets[at] as number
    const decided = (decides[one] as number) | (decides[other] as number)
    decides[target] = decided
    agrees[target] = (agrees[one] as number) & (agrees[other] as number)
    rowError[target] = ((rowError[one] as number) | (rowError[other] as number)) & ~decided
  }
}

/** `left` is where the operands begin in the row pool, `right` how many there are. */
export function sweepRowMany(machine: Machine, plan: Plan, length: number, isAnd: boolean, from: number, to: number): void {
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
    const target = plan.targets[at] as number
    decides[target] = decided
    agrees[target] = agreed
    rowError[target] = error & ~decided
  }
}

/** `left` is the body, `right` what binds it: its witness is the first element that makes the outcome what it is. */
export function sweepQuantifiers(machine: Machine, plan: Plan, length: number, isAll: boolean, from: number, to: number): void {
  const { states, witnesses, rowTrue, rowFalse, rowError } = machine
  const every = full(length)
  for (let at = from; at < to; at++) {
    const body = plan.left[at] as number
    const target = plan.targets[at] as number
    const holding = rowTrue[body] as number
    const failing = rowFalse[body] as number
    const deciding = isAll ? failing : holding
    if (deciding !== 0) {
      states[target] = isAll ? state.false : state.true
      witnesses[plan.right[at] as number] = lowest(deciding)
      continue
    }
    const inError = rowError[body] as number
    const open = inError === 0 ? every & ~(holding | failing) : inError
    states[target] = open === 0 ? (isAll ? state.true : state.false) : inError === 0 ? state.unknown : state.error
    witnesses[plan.right[at] as number] = open === 0 ? -1 : lowest(open)
  }
}

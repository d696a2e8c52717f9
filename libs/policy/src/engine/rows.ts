import { contains } from './atoms.ts'
import type { Cells } from './cells.ts'
import { holds } from './comparing.ts'
import type { ColumnCells, Machine } from './machine.ts'
import { problem, state } from './state.ts'

/*
 * A body judged for all elements of a list at once: a bit for each in three masks, true, false and error; what is in none is unknown.
 * Connectives are then operations on masks, and the first element that decides is the lowest bit.
 */

export const rowOp = { steady: 0, and: 1, or: 2, not: 3, field: 4, has: 5, in: 6, number: 7, text: 8 } as const
type RowOp<Name extends keyof typeof rowOp> = (typeof rowOp)[Name]

/** Longer lists are walked. */
export const mostRows = 31

/** The functions that rows need of the interpreter. */
export interface Reading {
  readonly run: (machine: Machine, node: number) => number
  readonly columnAt: (machine: Machine, column: number) => ColumnCells
}

export const lowest = (mask: number): number => 31 - Math.clz32(mask & -mask)

export function judgeRows(machine: Machine, row: number, length: number, reading: Reading): void {
  const { rowDone, rowCode } = machine
  if (rowDone[row] === 1) return
  rowDone[row] = 1
  const at = row * 4
  const a = rowCode[at + 1] as number
  const b = rowCode[at + 2] as number
  switch (rowCode[at]) {
    case 1 satisfies RowOp<'and'>:
      return connect(machine, row, length, a, b, true, reading)
    case 2 satisfies RowOp<'or'>:
      return connect(machine, row, length, a, b, false, reading)
    case 3 satisfies RowOp<'not'>:
      judgeRows(machine, a, length, reading)
      return put(machine, row, machine.rowFalse[a] as number, machine.rowTrue[a] as number, machine.rowError[a] as number)
    case 7 satisfies RowOp<'number'>: {
      const { states, numbers } = reading.columnAt(machine, a)
      const operator = rowCode[at + 3] as number
      const beside = machine.numbers[b] as number
      let yes = 0
      let no = 0
      let error = 0
      for (let index = 0; index < length; index++) {
        const found = states[index] as number
        if (found === state.number) {
          if (holds(operator, (numbers[index] as number) - beside)) yes |= 1 << index
          else no |= 1 << index
        } else if (found === state.error) error |= 1 << index
      }
      return put(machine, row, yes, no, error)
    }
    case 8 satisfies RowOp<'text'>: {
      const { states, refs } = reading.columnAt(machine, a)
      const wanted = rowCode[at + 3] === 0
      const beside = machine.refs[b]
      let yes = 0
      let no = 0
      let error = 0
      for (let index = 0; index < length; index++) {
        const found = states[index] as number
        if (found === state.text) {
          if ((refs[index] === beside) === wanted) yes |= 1 << index
          else no |= 1 << index
        } else if (found === state.error) error |= 1 << index
      }
      return put(machine, row, yes, no, error)
    }
    default:
      return judgeEach(machine, row, length, reading)
  }
}

function put({ rowTrue, rowFalse, rowError }: Machine, row: number, yes: number, no: number, error: number): void {
  rowTrue[row] = yes
  rowFalse[row] = no
  rowError[row] = error
}

function connect(machine: Machine, row: number, length: number, start: number, count: number, isAnd: boolean, reading: Reading): void {
  const { rowPool, rowTrue, rowFalse, rowError } = machine
  const decides = isAnd ? rowFalse : rowTrue
  const agrees = isAnd ? rowTrue : rowFalse
  const every = full(length)
  let decided = 0
  let agreed = every
  let error = 0
  for (let at = start; at < start + count; at++) {
    const operand = rowPool[at] as number
    judgeRows(machine, operand, length, reading)
    decided |= decides[operand] as number
    agreed &= agrees[operand] as number
    error |= rowError[operand] as number
    if (decided === every) break
  }
  decides[row] = decided
  agrees[row] = agreed & ~decided
  rowError[row] = error & ~decided
}

export const full = (length: number): number => (length === mostRows ? 0x7fffffff : (1 << length) - 1)

function judgeEach(machine: Machine, row: number, length: number, reading: Reading): void {
  let yes = 0
  let no = 0
  let error = 0
  for (let index = 0; index < length; index++) {
    const found = judgeOne(machine, row * 4, index, reading)
    if (found === state.true) yes |= 1 << index
    else if (found === state.false) no |= 1 << index
    else if (found === state.error) error |= 1 << index
  }
  put(machine, row, yes, no, error)
}

function judgeOne(machine: Machine, at: number, index: number, { run, columnAt }: Reading): number {
  const { rowCode } = machine
  const a = rowCode[at + 1] as number
  switch (rowCode[at]) {
    case 0 satisfies RowOp<'steady'>:
      return run(machine, a)
    case 4 satisfies RowOp<'field'>:
      return columnAt(machine, a).states[index] as number
    case 5 satisfies RowOp<'has'>: {
      const there = columnAt(machine, a).states[index] as number
      return there < state.absent ? state.true : there === state.absent ? state.false : there
    }
    case 6 satisfies RowOp<'in'>: {
      const element = rowCode[at + 2] as number
      const one = run(machine, element)
      const cells = columnAt(machine, a)
      const other = cells.states[index] as number
      return one >= state.absent || other >= state.absent ? problem(one, other) : contains(machine, element, cells.refs[index] as Cells)
    }
    default:
      throw new Error(`row node ${at / 4} does nothing known`)
  }
}

import type { Facts } from '@muster/contracts'
import { clock } from '../value.ts'
import { emptyCells, type Cells } from './cells.ts'
import type { FactRegisters } from './fact-reading.ts'
import { noPlan, type Plan } from './plan.ts'
import { op, width, type Program } from './program.ts'

/* What the interpreter works in: the memo, the registers of every node, and room for the lists. One of each for all decisions of a program. */

/** `decision` is the one that it was read for. */
export interface ColumnCells extends Cells {
  decision: number
  readonly lists: (Cells | undefined)[]
}

export interface Machine {
  readonly program: Program
  readonly plan: Plan
  readonly code: Int32Array
  readonly pool: Int32Array
  decision: number
  facts: Facts
  /** Whether there is more in the memo than the next sweep writes over. */
  stale: boolean
  /** Of each list that is swept, how many elements are judged side by side, or -1. */
  readonly lengths: Int32Array
  /** All that is recorded of a decision in one block, and what it is before one; the views below lie in it. */
  readonly record: Uint8Array
  readonly blank: Uint8Array
  readonly outcomes: Uint8Array
  readonly states: Uint8Array
  readonly rowPool: Int32Array
  readonly rowDone: Uint8Array
  readonly rowTrue: Int32Array
  readonly rowFalse: Int32Array
  readonly rowError: Int32Array
  readonly numbers: Float64Array
  readonly micros: Float64Array
  /** How a time moves with the clock, as in `Time`. */
  readonly slopes: Int32Array
  readonly refs: unknown[]
  /** Of a variable, which element it stands for. */
  readonly rows: Int32Array
  readonly columns: readonly ColumnCells[]
  /** By binder: the element that was found decisive, or -1. */
  readonly witnesses: Int32Array
  readonly read: FactRegisters
  readonly lists: (Cells | undefined)[]
}

/** The interpreter, for those that it hands operands to. */
export type Run = (machine: Machine, node: number) => number

/** What a decision leaves behind, by name. */
export interface Memo {
  /** Of every rule; 0 where its policy does not apply. */
  readonly outcomes: Uint8Array
  readonly states: Uint8Array
  readonly witnesses: Int32Array
  readonly rowDone: Uint8Array
  readonly rowTrue: Int32Array
  readonly rowFalse: Int32Array
  readonly rowError: Int32Array
}

const bytesOf = ({ binders, rowLists, size, rules }: Program): number =>
  (binders.length + 3 * rowLists.length) * 4 + size + rowLists.length + rules

export function viewsOf({ buffer }: Uint8Array<ArrayBuffer>, { size, binders, rowLists, rules }: Program): Memo {
  const rows = rowLists.length
  const words = (binders.length + 3 * rows) * 4
  const from = (start: number, length: number): Int32Array => new Int32Array(buffer, start * 4, length)
  return {
    witnesses: from(0, binders.length),
    rowTrue: from(binders.length, rows),
    rowFalse: from(binders.length + rows, rows),
    rowError: from(binders.length + 2 * rows, rows),
    states: new Uint8Array(buffer, words, size),
    rowDone: new Uint8Array(buffer, words + size, rows),
    outcomes: new Uint8Array(buffer, words + size + rows, rules),
  }
}

export function createMachine(program: Program, plan: Plan = noPlan): Machine {
  const record = new Uint8Array(bytesOf(program))
  const views = viewsOf(record, program)
  views.states.set(program.states)
  views.witnesses.fill(-1)
  for (const { rows } of plan.lists) for (const row of rows) views.rowDone[row] = 1
  return {
    program,
    plan,
    code: program.code,
    pool: program.pool,
    decision: 0,
    facts: {},
    stale: false,
    lengths: new Int32Array(plan.lists.length),
    ...views,
    record,
    blank: record.slice(),
    rowPool: program.rowPool,
    numbers: program.numbers.slice(),
    micros: program.micros.slice(),
    // Only the clock moves; times that are computed set their own.
    slopes: Int32Array.from(program.names, (name, node) => (name === clock && program.code[node * width] === op.fact ? 1 : 0)),
    refs: [...program.refs],
    rows: new Int32Array(program.size),
    columns: program.columns.map(() => ({ ...emptyCells(), decision: 0, lists: [] })),
    read: { number: 0, micros: 0, ref: undefined },
    lists: program.refs.map(() => undefined),
  }
}

export function begin(machine: Machine, facts: Facts): void {
  machine.facts = facts
  machine.decision += 1
  if (!machine.stale) return
  machine.record.set(machine.blank)
  machine.stale = false
}

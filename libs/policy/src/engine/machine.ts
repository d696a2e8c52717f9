import type { Facts } from '@muster/contracts'
import { emptyCells, type Cells } from './cells.ts'
import type { FactRegisters } from './fact-reading.ts'
import type { Program } from './program.ts'

/* What the interpreter works in: the memo, the registers of every node, and room for the lists. One of each for all decisions of a program. */

/** `decision` is the one that it was read for. */
export interface ColumnCells extends Cells {
  decision: number
  readonly lists: (Cells | undefined)[]
}

export interface Machine {
  readonly program: Program
  readonly code: Int32Array
  readonly pool: Int32Array
  decision: number
  facts: Facts
  /** All that is recorded of a decision in one block, and what it is before one; the views below lie in it. */
  readonly record: Uint8Array
  readonly blank: Uint8Array
  readonly states: Uint8Array
  /** By binder: its body as a row node, or -1. */
  readonly bodies: Int32Array
  readonly rowCode: Int32Array
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

/** What a decision leaves behind, by name. */
export interface Memo {
  readonly states: Uint8Array
  readonly witnesses: Int32Array
  readonly rowDone: Uint8Array
  readonly rowTrue: Int32Array
  readonly rowFalse: Int32Array
  readonly rowError: Int32Array
}

export function viewsOf({ buffer }: Uint8Array<ArrayBuffer>, { size, binders, rowCode }: Program): Memo {
  const rows = rowCode.length / 4
  const words = binders.length + 3 * rows
  const from = (start: number, length: number): Int32Array => new Int32Array(buffer, start * 4, length)
  return {
    witnesses: from(0, binders.length),
    rowTrue: from(binders.length, rows),
    rowFalse: from(binders.length + rows, rows),
    rowError: from(binders.length + 2 * rows, rows),
    states: new Uint8Array(buffer, words * 4, size),
    rowDone: new Uint8Array(buffer, words * 4 + size, rows),
  }
}

export function createMachine(program: Program): Machine {
  const rows = program.rowCode.length / 4
  const record = new Uint8Array((program.binders.length + 3 * rows) * 4 + program.size + rows)
  const views = viewsOf(record, program)
  views.states.set(program.states)
  views.witnesses.fill(-1)
  return {
    program,
    code: program.code,
    pool: program.pool,
    decision: 0,
    facts: {},
    ...views,
    record,
    blank: record.slice(),
    bodies: Int32Array.from(program.binders, ({ rows: body }) => body),
    rowCode: program.rowCode,
    rowPool: program.rowPool,
    numbers: program.numbers.slice(),
    micros: program.micros.slice(),
    slopes: new Int32Array(program.size),
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
  machine.record.set(machine.blank)
}

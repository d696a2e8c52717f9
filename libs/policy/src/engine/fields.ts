import type { Facts, FactValue } from '@muster/contracts'
import { emptyCells, type Cells } from './cells.ts'
import { putCell, readFact } from './fact-reading.ts'
import { readTimestamp } from './instant.ts'
import type { ColumnCells, Machine } from './machine.ts'
import type { Column } from './program.ts'
import { type FieldKind, type Shape, type ShapeField } from './shape.ts'
import { state } from './state.ts'

/* Facts into the registers of nodes and of columns: one by one as they are asked for, or all of a shape in one walk. */

/** A field of the facts, or of a record in them. */
export function field(machine: Machine, node: number, owner: Facts): number {
  const { names, inherited, readings, steady, optional } = machine.program
  const name = names[node] as string
  const raw: FactValue | undefined = inherited[node] && !Object.hasOwn(owner, name) ? undefined : owner[name]
  if (raw === undefined) return optional[node] === 1 ? state.absent : state.unknown
  const { read } = machine
  const reading = readings[node]
  if (reading === undefined) return state.error
  const reused = reading.kind === 'list' && steady[node] === 1 ? (machine.lists[node] ??= emptyCells()) : undefined
  const found = readFact(raw, reading, read, reused)
  machine.numbers[node] = read.number
  machine.micros[node] = read.micros
  machine.refs[node] = read.ref
  return found
}

export function readShape(machine: Machine, shape: Shape, owner: Facts): void {
  const { states, numbers, refs } = machine
  for (let at = 0; at < shape.length; at++) {
    const each = shape[at] as ShapeField
    const { node } = each
    const raw: FactValue | undefined = owner[each.name]
    switch (each.kind) {
      case 0 satisfies FieldKind<'text'>:
        if (typeof raw === 'string') {
          refs[node] = raw
          states[node] = state.text
        } else states[node] = raw === undefined ? each.missing : state.error
        break
      case 1 satisfies FieldKind<'bool'>:
        states[node] = raw === true ? state.true : raw === false ? state.false : raw === undefined ? each.missing : state.error
        break
      case 2 satisfies FieldKind<'int'>:
        if (typeof raw === 'number' && Number.isSafeInteger(raw)) {
          numbers[node] = raw
          states[node] = state.number
        } else states[node] = raw === undefined ? each.missing : state.error
        break
      case 3 satisfies FieldKind<'double'>:
        if (typeof raw === 'number' && Number.isFinite(raw)) {
          numbers[node] = raw
          states[node] = state.number
        } else states[node] = raw === undefined ? each.missing : state.error
        break
      case 4 satisfies FieldKind<'enum'>:
        if (typeof raw === 'string' && isAmong(each.values, raw)) {
          refs[node] = raw
          states[node] = state.text
        } else states[node] = raw === undefined ? each.missing : state.error
        break
      case 5 satisfies FieldKind<'record'>:
        if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) {
          refs[node] = raw
          states[node] = state.record
          readShape(machine, each.inner, raw as Facts)
        } else miss(machine, each, raw === undefined ? each.missing : state.error)
        break
      case 6 satisfies FieldKind<'timestamp'>:
        if (typeof raw === 'string' && readTimestamp(raw, machine.read)) {
          numbers[node] = machine.read.number
          machine.micros[node] = machine.read.micros
          states[node] = state.timestamp
        } else states[node] = raw === undefined ? each.missing : state.error
        break
      case 7 satisfies FieldKind<'records'>:
        if (Array.isArray(raw) && raw.length <= each.max) {
          refs[node] = recordsIn(raw as readonly FactValue[], (machine.lists[node] ??= emptyCells()))
          states[node] = state.list
        } else states[node] = raw === undefined ? each.missing : state.error
        break
      default:
        states[node] = field(machine, node, owner)
    }
  }
}

/** Without its record no field is there: each comes to what the record came to. */
function miss(machine: Machine, { node, inner }: ShapeField, found: number): void {
  machine.states[node] = found
  for (const each of inner) miss(machine, each, found)
}

function recordsIn(raw: readonly FactValue[], cells: Cells): Cells {
  cells.length = raw.length
  for (let at = 0; at < raw.length; at++) {
    const element = raw[at]
    const isRecord = typeof element === 'object' && element !== null && !Array.isArray(element)
    cells.states[at] = isRecord ? state.record : state.error
    if (isRecord) cells.refs[at] = element
  }
  return cells
}

function isAmong(values: readonly string[], text: string): boolean {
  for (let at = 0; at < values.length; at++) if (values[at] === text) return true
  return false
}

/** Read at the first time that it is asked for. */
export function columnAt(machine: Machine, column: number): ColumnCells {
  const cells = machine.columns[column] as ColumnCells
  if (cells.decision !== machine.decision) readColumn(machine, cells, machine.program.columns[column] as Column)
  return cells
}

function readColumn(machine: Machine, cells: ColumnCells, { list, name, inherited, optional, reading }: Column): void {
  cells.decision = machine.decision
  const { length, states, refs } = machine.refs[list] as Cells
  const missing = optional ? state.absent : state.unknown
  cells.length = length
  for (let row = 0; row < length; row++) {
    const owner = refs[row] as Facts
    const there = states[row] as number
    if (there >= state.absent) {
      cells.states[row] = there
      continue
    }
    const raw = inherited && !Object.hasOwn(owner, name) ? undefined : owner[name]
    if (raw === undefined) {
      cells.states[row] = missing
      continue
    }
    switch (reading.kind) {
      case 'string':
        cells.states[row] = typeof raw === 'string' ? state.text : state.error
        cells.refs[row] = raw
        break
      case 'double':
      case 'int':
        if (typeof raw === 'number' && (reading.kind === 'int' ? Number.isSafeInteger(raw) : Number.isFinite(raw))) {
          cells.states[row] = state.number
          cells.numbers[row] = raw
        } else cells.states[row] = state.error
        break
      case 'bool':
        cells.states[row] = raw === true ? state.true : raw === false ? state.false : state.error
        break
      case 'enum':
        cells.states[row] = typeof raw === 'string' && isAmong(reading.values, raw) ? state.text : state.error
        cells.refs[row] = raw
        break
      case 'list':
      case 'record':
      case 'timestamp':
      case 'duration': {
        const reused = reading.kind === 'list' ? (cells.lists[row] ??= emptyCells()) : undefined
        putCell(cells, row, readFact(raw, reading, machine.read, reused), machine.read)
      }
    }
  }
}

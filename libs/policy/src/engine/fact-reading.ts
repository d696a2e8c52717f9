import type { FactValue } from '@muster/contracts'
import { emptyCells, type Cells } from './cells.ts'
import { readDuration, readTimestamp, type Registers } from './instant.ts'
import type { Reading } from './program.ts'
import { state } from './state.ts'

/* A fact into registers. What is not what the schema says is an error, as in `readValue`. */

export interface FactRegisters extends Registers {
  ref: unknown
}

export function readFact(raw: FactValue, reading: Reading, into: FactRegisters, reused?: Cells): number {
  switch (reading.kind) {
    case 'string':
      if (typeof raw !== 'string') return state.error
      into.ref = raw
      return state.text
    case 'bool':
      return raw === true ? state.true : raw === false ? state.false : state.error
    case 'int':
      if (typeof raw !== 'number' || !Number.isSafeInteger(raw)) return state.error
      into.number = raw
      return state.number
    case 'double':
      if (typeof raw !== 'number' || !Number.isFinite(raw)) return state.error
      into.number = raw
      return state.number
    case 'enum':
      if (typeof raw !== 'string' || !reading.values.includes(raw)) return state.error
      into.ref = raw
      return state.text
    case 'timestamp':
      return typeof raw === 'string' && readTimestamp(raw, into) ? state.timestamp : state.error
    case 'duration':
      return typeof raw === 'string' && readDuration(raw, into) ? state.duration : state.error
    case 'record':
      if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return state.error
      into.ref = raw
      return state.record
    case 'list': {
      if (!Array.isArray(raw) || raw.length > reading.max || reading.of === undefined) return state.error
      const cells = reused ?? emptyCells()
      readElements(raw as readonly FactValue[], reading.of, into, cells)
      into.ref = cells
      return state.list
    }
  }
}

function readElements(raw: readonly FactValue[], reading: Reading, into: FactRegisters, cells: Cells): void {
  cells.length = raw.length
  for (let at = 0; at < raw.length; at++) putCell(cells, at, readFact(raw[at] as FactValue, reading, into), into)
}

export function putCell(cells: Cells, at: number, found: number, { number, micros, ref }: FactRegisters): void {
  cells.states[at] = found
  if (found < state.number || found > state.record) return
  if (found >= state.list || found === state.text) {
    cells.refs[at] = ref
    return
  }
  cells.numbers[at] = number
  if (found === state.number) return
  cells.micros[at] = micros
  cells.slopes[at] = 0
}

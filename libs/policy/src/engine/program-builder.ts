import type { FactField, FactType } from '@muster/contracts'
import type { RE2JS } from 're2js'
import type { Conversion, Select, TextFunction } from '../checked.ts'
import type { Value } from '../value.ts'
import type { Cells } from './cells.ts'
import { split } from './instant.ts'
import { op, width, type Binder, type Column, type Program, type Reading } from './program.ts'
import { state } from './state.ts'

/* A program as it grows: nodes with their operands and constants, columns and binders, each with the number that stands for it. */

export interface ProgramBuilder {
  /** A node that `isSteady` for the whole decision, or is part of a body. */
  emit(operands: Operands, isSteady: boolean, constants?: Constants): number
  /** Nodes in the pool; where they begin. */
  range(nodes: readonly number[]): number
  /** Constants as the elements of a list. */
  cellsOf(elements: readonly number[]): Cells
  /** A field of the elements of a list; the same one for the same field. */
  column(list: number, select: Select): number
  binder(binder: Binder): number
  /** The number that the next node gets. */
  next(): number
  /** Whether it is a list of records that stands in the facts, and the same for the whole decision: their fields can be columns. */
  hasColumns(node: number): boolean
  finish(rules: number, rows: RowTables): Program
}

/** What it does, and on which nodes. */
export type Operands = readonly [what: number, a?: number, b?: number, c?: number]

export interface Constants {
  readonly field?: { readonly name: string; readonly field: FactField }
  readonly pattern?: RE2JS
  readonly called?: TextFunction | Conversion
  readonly value?: Value
  readonly cells?: Cells
}

interface RowTables {
  readonly code: readonly number[]
  readonly pool: readonly number[]
  readonly lists: readonly number[]
}

const nothing: Reading = { kind: 'bool', values: [], max: 0, of: undefined }

export function startProgram(): ProgramBuilder {
  const code: number[] = []
  const pool: number[] = []
  const binders: Binder[] = []
  const columns: Column[] = []
  const columnIds = new Map<string, number>()
  const names: string[] = []
  const inherited: boolean[] = []
  const optional: number[] = []
  const readings: Reading[] = []
  const patterns: (RE2JS | undefined)[] = []
  const functions: (TextFunction | Conversion | undefined)[] = []
  const steady: number[] = []
  const states: number[] = []
  const numbers: number[] = []
  const micros: number[] = []
  const refs: unknown[] = []

  return {
    emit([what, a = -1, b = -1, c = -1], isSteady, { field, pattern, called, value, cells } = {}) {
      const node = states.length
      code.push(what, a, b, c)
      names.push(field?.name ?? '')
      inherited.push(field !== undefined && field.name in Object.prototype)
      optional.push(field?.field.presence === 'optional' ? 1 : 0)
      readings.push(field === undefined ? nothing : readingOf(field.field.type))
      patterns.push(pattern)
      functions.push(called)
      steady.push(isSteady ? 1 : 0)
      const constant = cells === undefined ? registersOf(value) : { state: state.list, number: 0, micros: 0, ref: cells }
      states.push(constant.state)
      numbers.push(constant.number)
      micros.push(constant.micros)
      refs.push(constant.ref)
      return node
    },
    range(nodes) {
      const start = pool.length
      pool.push(...nodes)
      return start
    },
    cellsOf: elements => ({
      length: elements.length,
      states: elements.map(element => states[element] ?? 0),
      numbers: elements.map(element => numbers[element] ?? 0),
      micros: elements.map(element => micros[element] ?? 0),
      slopes: elements.map(() => 0),
      refs: elements.map(element => refs[element]),
    }),
    column(list, { name, field }) {
      const key = `${list}.${name}`
      const earlier = columnIds.get(key)
      if (earlier !== undefined) return earlier
      const reading = readingOf(field.type)
      const id = columns.push({ list, name, inherited: name in Object.prototype, optional: field.presence === 'optional', reading }) - 1
      columnIds.set(key, id)
      return id
    },
    binder: binder => binders.push(binder) - 1,
    next: () => states.length,
    hasColumns(node) {
      const what = code[node * width]
      return (what === op.fact || what === op.select) && steady[node] === 1 && readings[node]?.of?.kind === 'record'
    },
    finish: (rules, rows) => ({
      rules,
      size: states.length,
      code: Int32Array.from(code),
      pool: Int32Array.from(pool),
      binders,
      columns,
      rowCode: Int32Array.from(rows.code),
      rowPool: Int32Array.from(rows.pool),
      rowLists: Int32Array.from(rows.lists),
      names,
      inherited,
      optional: Uint8Array.from(optional),
      readings,
      patterns,
      functions,
      steady: Uint8Array.from(steady),
      states: Uint8Array.from(states),
      numbers: Float64Array.from(numbers),
      micros: Float64Array.from(micros),
      refs,
    }),
  }
}

function readingOf(type: FactType): Reading {
  const values = type.kind === 'enum' ? type.values : []
  return type.kind === 'list'
    ? { kind: 'list', values, max: type.max, of: readingOf(type.of) }
    : { kind: type.kind, values, max: 0, of: undefined }
}

function registersOf(value: Value | undefined) {
  const registers = { state: state.none as number, number: 0, micros: 0, ref: undefined as unknown }
  if (typeof value === 'boolean') return { ...registers, state: value ? state.true : state.false }
  if (typeof value === 'number') return { ...registers, state: state.number, number: value }
  if (typeof value === 'string') return { ...registers, state: state.text, ref: value }
  if (value === undefined || value.kind === 'list' || value.kind === 'record') return registers
  split(value.micros, registers)
  return { ...registers, state: value.kind === 'timestamp' ? state.timestamp : state.duration }
}

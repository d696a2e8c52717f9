import type { FactField, FactType, FactValue } from '@muster/contracts'
import { formatDuration, formatTimestamp, parseDuration, parseTimestamp } from './time.ts'

/*
 * Values while an expression is evaluated, and how a fact becomes one.
 *
 * A time carries its slope: how many microseconds it moves while the clock moves one. Only `now` moves, and only sums and differences of
 * times exist, so every comparison of times is linear in `now` and it can be said exactly when it will come out otherwise.
 */

export interface Time {
  readonly kind: 'timestamp' | 'duration'
  readonly micros: bigint
  readonly slope: number
}
export interface ListValue {
  readonly kind: 'list'
  readonly elements: readonly Result[]
}
export interface RecordValue {
  readonly kind: 'record'
  readonly raw: { readonly [name: string]: FactValue }
}
export type Value = boolean | number | string | Time | ListValue | RecordValue

/** Where a value came from says its path; what was computed has none. */
export type Result =
  | { readonly kind: 'known'; readonly value: Value; readonly path?: string }
  /** `absent` when it is exactly an optional fact that is not there. */
  | { readonly kind: 'unknown'; readonly missing: readonly string[]; readonly absent?: boolean }
  | { readonly kind: 'error'; readonly errors: readonly string[] }

export const known = (value: Value): Result => ({ kind: 'known', value })
export const failed = (error: string): Result => ({ kind: 'error', errors: [error] })

/** A field of the facts, or of a record in them. Its own properties only: `constructor` is no fact. */
export function readField(raw: { readonly [name: string]: FactValue }, name: string, field: FactField, path: string): Result {
  const value = Object.hasOwn(raw, name) ? raw[name] : undefined
  if (value === undefined) return { kind: 'unknown', missing: [path], ...(field.presence === 'optional' && { absent: true }) }
  return readValue(value, field.type, path)
}

/** A fact that is not what its schema says is an error, never a guess. */
function readValue(raw: FactValue, type: FactType, path: string): Result {
  const wrong = (): Result => failed(`${path} is ${shorten(raw)}, not ${expectation(type)}`)
  const plain = (fits: boolean): Result => (fits ? { kind: 'known', value: raw as Value, path } : wrong())
  switch (type.kind) {
    case 'string':
      return plain(typeof raw === 'string')
    case 'bool':
      return plain(typeof raw === 'boolean')
    case 'int':
      return plain(Number.isSafeInteger(raw))
    case 'double':
      return plain(typeof raw === 'number' && Number.isFinite(raw))
    case 'enum':
      return plain(typeof raw === 'string' && type.values.includes(raw))
    case 'timestamp':
    case 'duration': {
      const read = type.kind === 'timestamp' ? parseTimestamp : parseDuration
      const micros = typeof raw === 'string' ? read(raw) : undefined
      return micros === undefined ? wrong() : { kind: 'known', value: { kind: type.kind, micros, slope: path === clock ? 1 : 0 }, path }
    }
    case 'record':
      return isRecord(raw) ? { kind: 'known', value: { kind: 'record', raw }, path } : wrong()
    case 'list': {
      if (!Array.isArray(raw)) return wrong()
      if (raw.length > type.max) return failed(`${path} has ${raw.length} elements; its cap is ${type.max}`)
      const elements = raw.map((element: FactValue, index) => readValue(element, type.of, `${path}[${index}]`))
      return { kind: 'known', value: { kind: 'list', elements }, path }
    }
  }
}

/** The fact that is the clock. */
export const clock = 'now'

export const isRecord = (raw: FactValue | undefined): raw is { readonly [name: string]: FactValue } =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw)

/** A scalar as it stands in a snapshot. Nothing for lists and records. */
export function toFactValue(value: Value): FactValue | undefined {
  if (typeof value !== 'object') return value
  switch (value.kind) {
    case 'timestamp':
      return formatTimestamp(value.micros)
    case 'duration':
      return formatDuration(value.micros)
    case 'list':
    case 'record':
      return undefined
  }
}

function shorten(raw: FactValue): string {
  if (typeof raw === 'object') return raw === null ? 'null' : Array.isArray(raw) ? 'a list' : 'a record'
  const text = JSON.stringify(raw)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function expectation(type: FactType): string {
  switch (type.kind) {
    case 'int':
      return 'an int'
    case 'enum':
      return `one of ${type.values.join(', ')}`
    case 'timestamp':
      return 'a timestamp of RFC 3339'
    case 'duration':
      return 'a duration such as P90D'
    case 'string':
    case 'bool':
    case 'double':
    case 'list':
    case 'record':
      return `a ${type.kind}`
  }
}

import { RE2JS } from 're2js'
import type { Conversion, TextFunction } from './checked.ts'
import { limits } from './limits.ts'
import { patternSize } from './pattern-size.ts'
import { nearest } from './suggestion.ts'
import { parseDuration, parseTimestamp } from './time.ts'
import type { Time } from './value.ts'

/* The functions of the language, and an answer for those that people look for and that are not in it. */

export const textFunctions: {
  readonly [name: string]: { readonly name: TextFunction; readonly takes: 0 | 1; readonly gives: 'bool' | 'string' }
} = {
  startsWith: { name: 'startsWith', takes: 1, gives: 'bool' },
  endsWith: { name: 'endsWith', takes: 1, gives: 'bool' },
  contains: { name: 'contains', takes: 1, gives: 'bool' },
  lowerAscii: { name: 'lowerAscii', takes: 0, gives: 'string' },
  upperAscii: { name: 'upperAscii', takes: 0, gives: 'string' },
  trim: { name: 'trim', takes: 0, gives: 'string' },
}

/** What each conversion takes. Nothing leads from a time to another type: that keeps every rule linear in the clock. */
export const conversions: { readonly [name: string]: { readonly to: Conversion; readonly from: readonly string[] } } = {
  int: { to: 'int', from: ['int', 'double'] },
  double: { to: 'double', from: ['int', 'double'] },
  string: { to: 'string', from: ['string', 'enum', 'int', 'bool'] },
}

const known = ['has', 'size', 'matches', 'timestamp', 'duration', 'all', 'exists', 'exists_one', 'filter', 'map']
const missing: { readonly [name: string]: string } = {
  now: 'there is no now(): the instant of the decision is the fact now',
  today: 'there is no today(): the instant of the decision is the fact now',
  type: 'there is no type(): every type is known when a rule is written',
  dyn: 'there is no dyn(): every type is known when a rule is written',
  uint: 'there are no unsigned integers: use int',
  bytes: 'there are no bytes in this language',
  bool: 'there is no bool(): compare the value',
  any: 'there is no any(): write exists(x, …)',
  some: 'there is no some(): write exists(x, …)',
  every: 'there is no every(): write all(x, …)',
  none: 'there is no none(): write !list.exists(x, …)',
  len: 'there is no len(): write size(x)',
  length: 'there is no length(): write size(x)',
  count: 'there is no count(): write size(list.filter(x, …))',
  lower: 'there is no lower(): write lowerAscii()',
  upper: 'there is no upper(): write upperAscii()',
  reduce: 'there is no reduce(): write filter, map and size',
  sort: 'there is no sort(): write all, exists or filter',
}

export function noSuchFunction(name: string): { readonly message: string; readonly suggestion?: string } {
  const message = Object.hasOwn(missing, name) ? missing[name] : undefined
  if (message !== undefined) return { message }
  if (/^get[A-Z]/.test(name)) return { message: `there is no ${name}(): times are compared and subtracted, their parts are not read` }
  const suggestion = nearest(name, [...known, ...Object.keys(textFunctions), ...Object.keys(conversions)])
  return { message: `unknown function "${name}"`, ...(suggestion !== undefined && { suggestion }) }
}

export function timeLiteral(kind: 'timestamp' | 'duration', text: string): Time | string {
  const micros = kind === 'timestamp' ? parseTimestamp(text) : parseDuration(text)
  if (micros !== undefined) return { kind, micros, slope: 0 }
  if (kind === 'timestamp') return `"${text}" is no timestamp: write it as 2026-03-31T00:00:00Z`
  if (/^-?P[^T]*[YM]/.test(text)) return `"${text}" has no fixed length: write it in days, such as P90D`
  return `"${text}" is no duration: write it as P90D, PT4H, 90d or 24h`
}

const repeatsTooMuch = 'the pattern repeats too much: it would be slow to match'

/** RE2: linear in the text, whatever the pattern; the pattern itself is bounded too, before it is compiled. */
export function compilePattern(pattern: string): RE2JS | string {
  if (pattern.length > limits.pattern) return `the pattern has more than ${limits.pattern} characters`
  if (patternSize(pattern) > limits.programs) return repeatsTooMuch
  if (/\(\?[a-zA-Z]*i/.test(pattern) && /\\[pPxQ]|[^\0-\x7F]/.test(pattern))
    return '(?i) goes with plain letters only: write x.lowerAscii().matches(…)'
  try {
    const compiled = RE2JS.compile(pattern)
    return compiled.programSize() > limits.program ? repeatsTooMuch : compiled
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return `the pattern is not valid in RE2 (no look-around, no back-references): ${reason}`
  }
}

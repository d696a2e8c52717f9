import { floorDivide, parseDuration, parseTimestamp } from '../time.ts'

/*
 * Times in two registers: whole seconds, and microseconds above them. Exact, as bigints are, for all that lies within 34,000 years;
 * beyond, the simple evaluator decides instead.
 */

export interface Registers {
  number: number
  micros: number
}

export class BeyondRegisters extends Error {
  override readonly name = 'BeyondRegisters'
}

const million = 1_000_000
const farthest = 2 ** 40

export function split(micros: bigint, into: Registers): void {
  const seconds = floorDivide(micros, 1_000_000n)
  into.number = Number(seconds)
  into.micros = Number(micros - seconds * 1_000_000n)
  if (Math.abs(into.number) > farthest) throw new BeyondRegisters('a time lies beyond 34,000 years')
}

export const joined = (seconds: number, micros: number): bigint => BigInt(seconds) * 1_000_000n + BigInt(micros)

export function readDuration(text: string, into: Registers): boolean {
  const micros = parseDuration(text)
  if (micros === undefined) return false
  split(micros, into)
  return true
}

/** The usual form, `2026-11-25T12:00:00Z` with none or three decimals, is read here; every other by `parseTimestamp`. */
export function readTimestamp(text: string, into: Registers): boolean {
  if (readUsual(text, into)) return true
  const micros = parseTimestamp(text)
  if (micros === undefined) return false
  split(micros, into)
  return true
}

function readUsual(text: string, into: Registers): boolean {
  const { length } = text
  if (length !== 20 && length !== 24) return false
  // 45 -, 58 :, 84 T, 90 Z, 46 .
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45 || text.charCodeAt(10) !== 84) return false
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58 || text.charCodeAt(length - 1) !== 90) return false
  if (length === 24 && text.charCodeAt(19) !== 46) return false
  const year = two(text, 0) * 100 + two(text, 2)
  const month = two(text, 5)
  const date = two(text, 8)
  const hours = two(text, 11)
  const minutes = two(text, 14)
  const seconds = two(text, 17)
  const thousandths = length === 24 ? two(text, 20) * 10 + (two(text, 21) % 10) : 0
  // Not a digit somewhere makes NaN, and every comparison with it false. A leap day is left to the other reader.
  if (
    !(
      year >= 1 &&
      month >= 1 &&
      month <= 12 &&
      date >= 1 &&
      date <= (month === 2 ? 28 : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31)
    )
  )
    return false
  if (!(hours <= 23 && minutes <= 59 && seconds <= 59 && thousandths >= 0)) return false
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1
  const days = era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  into.number = days * 86_400 + hours * 3_600 + minutes * 60 + seconds
  into.micros = thousandths * 1_000
  return true
}

function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

/** Seconds and microseconds of a sum or difference, the microseconds in [0, 1000000). */
export function add(seconds: number, micros: number, into: Registers): void {
  const over = Math.floor(micros / million)
  into.number = seconds + over
  into.micros = micros - over * million
}

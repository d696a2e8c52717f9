import type { Arithmetic, Comparison, Conversion, TextFunction } from './checked.ts'
import { compareTimes } from './clock.ts'
import { limits } from './limits.ts'
import { failed, known, type ListValue, type Result, type Time, type Value } from './value.ts'

/*
 * What operators and functions do with values that are there. The checker has made sure of their types.
 * A result that cannot be stated exactly (an int beyond 2^53, a double that is not finite) is an error: it must not decide anything.
 */

/** `watched` hears of every comparison of times that was made. */
export function compareValues(
  operator: Comparison,
  left: Value,
  right: Value,
  watched: (operator: Comparison, left: Time, right: Time) => void,
): Result {
  if (isTime(left) && isTime(right)) {
    watched(operator, left, right)
    return known(compareTimes(operator, left, right))
  }
  if (isList(left) && isList(right)) {
    const equal = equalLists(left, right, watched)
    return operator === '!=' && equal.kind === 'known' ? known(equal.value !== true) : equal
  }
  switch (operator) {
    case '==':
      return known(left === right)
    case '!=':
      return known(left !== right)
    case '<':
      return known(order(left, right) < 0)
    case '<=':
      return known(order(left, right) <= 0)
    case '>':
      return known(order(left, right) > 0)
    case '>=':
      return known(order(left, right) >= 0)
  }
}

function equalLists(left: ListValue, right: ListValue, watched: (operator: Comparison, left: Time, right: Time) => void): Result {
  const problem = [...left.elements, ...right.elements].find(({ kind }) => kind !== 'known')
  if (problem !== undefined) return problem
  if (left.elements.length !== right.elements.length) return known(false)
  const results = left.elements.map((one, index) => {
    const other = right.elements[index]
    return one.kind === 'known' && other?.kind === 'known' ? compareValues('==', one.value, other.value, watched) : known(false)
  })
  return results.find(result => result.kind !== 'known' || result.value !== true) ?? known(true)
}

function order(left: Value, right: Value): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return typeof left === 'string' && typeof right === 'string' ? orderOfTexts(left, right) : 0
}

/** By code point, so that no locale decides. */
function orderOfTexts(one: string, other: string): number {
  if (one === other) return 0
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  return rank(one.charCodeAt(at)) - rank(other.charCodeAt(at))
}

/** Surrogates stand for what lies above every other code unit; the end of a text is below all. */
function rank(unit: number): number {
  if (Number.isNaN(unit)) return -1
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

export function calculate(operator: Arithmetic, of: 'int' | 'double' | 'string' | 'time', left: Value, right: Value): Result {
  switch (of) {
    case 'string': {
      const text = (left as string) + (right as string)
      return text.length > limits.text ? failed('the text that was put together is too long') : known(text)
    }
    case 'time':
      return known(shift(operator, left as Time, right as Time))
    case 'int': {
      const [one, other] = [left as number, right as number]
      if (other === 0 && (operator === '/' || operator === '%')) return failed('division by zero')
      const whole = exact(operator, BigInt(one), BigInt(other))
      const value = Number(whole)
      return Number.isSafeInteger(value) ? known(value) : failed('the integer is beyond 9007199254740991')
    }
    case 'double': {
      const value = inexact(operator, left as number, right as number)
      return Number.isFinite(value) ? known(value) : failed('the number is not finite (a division by zero?)')
    }
  }
}

function exact(operator: Arithmetic, one: bigint, other: bigint): bigint {
  switch (operator) {
    case '+':
      return one + other
    case '-':
      return one - other
    case '*':
      return one * other
    case '/':
      return one / other
    case '%':
      return one % other
  }
}

function inexact(operator: Arithmetic, one: number, other: number): number {
  switch (operator) {
    case '+':
      return one + other
    case '-':
      return one - other
    case '*':
      return one * other
    case '/':
      return one / other
    case '%':
      return one % other
  }
}

/** Sums and differences of times: of two timestamps a duration, else what the timestamp is. */
function shift(operator: Arithmetic, left: Time, right: Time): Time {
  const sign = operator === '-' ? -1 : 1
  const kind = left.kind === right.kind ? 'duration' : 'timestamp'
  return { kind, micros: left.micros + BigInt(sign) * right.micros, slope: left.slope + sign * right.slope }
}

export function textFunction(name: TextFunction, text: string, argument = ''): boolean | string {
  switch (name) {
    case 'startsWith':
      return text.startsWith(argument)
    case 'endsWith':
      return text.endsWith(argument)
    case 'contains':
      return text.includes(argument)
    case 'lowerAscii':
      return text.replaceAll(/[A-Z]+/g, letters => letters.toLowerCase())
    case 'upperAscii':
      return text.replaceAll(/[a-z]+/g, letters => letters.toUpperCase())
    case 'trim':
      return text.trim()
  }
}

export function convert(to: Conversion, value: Value): Result {
  switch (to) {
    case 'string':
      return known(typeof value === 'object' ? '' : String(value))
    case 'double':
      return known(value)
    case 'int': {
      const whole = Math.trunc(value as number) + 0
      return Number.isSafeInteger(whole) ? known(whole) : failed('the integer is beyond 9007199254740991')
    }
  }
}

/** Elements of a list, code points of a text. */
export function sizeOf(value: Value): number {
  if (typeof value === 'string') return Array.from(value).length
  return isList(value) ? value.elements.length : 0
}

const isTime = (value: Value): value is Time => typeof value === 'object' && (value.kind === 'timestamp' || value.kind === 'duration')
const isList = (value: Value): value is ListValue => typeof value === 'object' && value.kind === 'list'

import type { Comparison } from './checked.ts'
import { floorDivide } from './time.ts'
import type { Time } from './value.ts'

/*
 * Comparisons with the clock, and when they will come out otherwise.
 * Both sides are linear in the clock, so their difference is: it is known to the microsecond when its sign changes.
 */

export function compareTimes(operator: Comparison, left: Time, right: Time): boolean {
  return holds(operator, left.micros - right.micros)
}

/** In how many microseconds from now the comparison first comes out otherwise, if ever. */
export function flipsIn(operator: Comparison, left: Time, right: Time): bigint | undefined {
  const slope = BigInt(left.slope - right.slope)
  if (slope === 0n) return undefined
  const difference = left.micros - right.micros
  const present = holds(operator, difference)
  // The sign changes when the difference reaches or leaps over zero, and again when it leaves it.
  const reaches = -floorDivide(slope > 0n ? difference : -difference, abs(slope))
  const passes = floorDivide(slope > 0n ? -difference : difference, abs(slope)) + 1n
  return [reaches, passes].find(step => step >= 1n && holds(operator, difference + slope * step) !== present)
}

function holds(operator: Comparison, difference: bigint): boolean {
  switch (operator) {
    case '==':
      return difference === 0n
    case '!=':
      return difference !== 0n
    case '<':
      return difference < 0n
    case '<=':
      return difference <= 0n
    case '>':
      return difference > 0n
    case '>=':
      return difference >= 0n
  }
}

const abs = (amount: bigint): bigint => (amount < 0n ? -amount : amount)

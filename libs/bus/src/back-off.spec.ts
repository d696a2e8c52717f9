import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backOffFor } from './back-off.ts'

const backOff = { first: 100, longest: 5_000 }
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('A back-off', () => {
  it('doubles with each failure in a row', () => {
    expect([1, 2, 3, 4].map(failures => backOffFor(failures, backOff, () => 0))).toEqual([100, 200, 400, 800])
  })

  it('never waits longer than its bound, and never less than half of its step', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), random, (failures, chance) => {
        const wait = backOffFor(failures, backOff, () => chance)
        expect(wait).toBeGreaterThanOrEqual(50)
        expect(wait).toBeLessThanOrEqual(5_000)
      }),
    )
  })
})

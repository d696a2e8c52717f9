import { describe, expect, it } from 'vitest'
import { median, percentile, rounded } from './statistics.ts'

describe('The statistics of a bench', () => {
  it('take the middle of an odd count, and the mean of the middle two of an even one', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([1, 9, 5, 3])).toBe(4)
  })

  it('take percentiles by nearest rank, so that each was really seen', () => {
    const hundred = Array.from({ length: 100 }, (_, n) => 100 - n)
    expect(percentile(hundred, 0.5)).toBe(50)
    expect(percentile(hundred, 0.99)).toBe(99)
    expect(percentile([7], 0.99)).toBe(7)
  })

  it('say no more digits than were measured', () => expect(rounded(1234.56)).toBe(1230))
})

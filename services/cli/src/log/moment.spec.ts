import { describe, expect, it } from 'vitest'
import { instantOf, momentOf } from './moment.ts'

const now = new Date('2026-11-25T12:00:00.000Z')

describe('A time that somebody types', () => {
  it.each([
    ['1h', '2026-11-25T11:00:00.000Z'],
    ['90s', '2026-11-25T11:58:30.000Z'],
    ['2w', '2026-11-11T12:00:00.000Z'],
    ['2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01T08:00:00Z', '2026-11-01T08:00:00.000Z'],
    ['2026-11-01T08:00:00.5+02:00', '2026-11-01T06:00:00.500Z'],
  ])('%s is %s', (text, instant) => expect(instantOf(text, now)).toBe(instant))

  it.each(['', 'yesterday', '1y', '-1h', '2026-11-01T08:00:00', '2026-13-01', '17'])('%s is none', text =>
    expect(() => instantOf(text, now)).toThrow('is wanted'),
  )

  it('is a position where it is a number', () =>
    expect([momentOf('17', now), momentOf('1d', now)]).toEqual(['17', '2026-11-24T12:00:00.000Z']))
})

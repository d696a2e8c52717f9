import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDuration, formatTimestamp, parseDuration, parseTimestamp } from './time.ts'

const day = 86_400_000_000n

describe('A timestamp', () => {
  it('is read as JavaScript reads it, and written back the same', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
        date => {
          const micros = parseTimestamp(date.toISOString())
          expect(micros).toBe(BigInt(date.getTime()) * 1_000n)
          expect(parseTimestamp(formatTimestamp(micros ?? 0n))).toBe(micros)
        },
      ),
    )
  })

  it('keeps microseconds and cuts off what is finer', () => {
    expect(formatTimestamp(parseTimestamp('2026-03-01T10:00:00.000001Z') ?? 0n)).toBe('2026-03-01T10:00:00.000001Z')
    expect(formatTimestamp(parseTimestamp('2026-03-01T10:00:00.123456789Z') ?? 0n)).toBe('2026-03-01T10:00:00.123456Z')
    expect(formatTimestamp(parseTimestamp('2026-03-01T10:00:00.250+02:00') ?? 0n)).toBe('2026-03-01T08:00:00.250Z')
  })

  it.each([
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:60Z',
    '2026-01-01',
    '2026-01-01T00:00:00',
    'now',
    '',
  ])('is not %s', text => expect(parseTimestamp(text)).toBeUndefined())
})

describe('A duration', () => {
  it.each([
    ['P90D', 90n * day],
    ['P2W', 14n * day],
    ['PT4H', 4n * 3_600_000_000n],
    ['P1DT2H3M4.5S', day + 7_384_500_000n],
    ['-P1D', -day],
    ['90d', 90n * day],
    ['24h', day],
    ['1h30m', 5_400_000_000n],
    ['1.5h', 5_400_000_000n],
    ['250ms', 250_000n],
    ['-7us', -7n],
    ['0', 0n],
  ])('may be written as %s', (text, micros) => expect(parseDuration(text)).toBe(micros))

  it.each(['P1M', 'P1Y', 'P', 'PT', 'P1DT', '1', '1 h', '1y', '', '1h-2m', 'PT1.2345678S', `P${'9'.repeat(200)}D`])('is not %s', text =>
    expect(parseDuration(text)).toBeUndefined(),
  )

  it('is written so that it can be read', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), micros => {
        expect(parseDuration(formatDuration(micros))).toBe(micros)
      }),
    )
  })
})

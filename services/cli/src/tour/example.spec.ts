import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shiftOf, shifted, type Example, type ExampleEvent } from './example.ts'

const day = 86_400_000
const event = (id: string, type: string, subject: string, data: object): ExampleEvent => ({
  id,
  type: `dev.muster.${type}.v1`,
  subject,
  time: '2026-11-25T08:00:00.000Z',
  data: data as ExampleEvent['data'],
})
const example: Example = {
  events: [
    event('m', 'model.registered', 'credit', {}),
    event('t', 'version.trained', 'credit@1', { endedAt: '2026-11-25T07:59:00.000Z', runId: 'r' }),
  ],
  intents: [event('i', 'intent.declared', 'credit-v1', { model: 'credit', version: '1' })],
  rollouts: [event('r', 'rollout.observed', 'production/desk', { model: 'credit', version: '1' })],
}
const after = (days: number): Date => new Date(Date.parse('2026-11-25T08:00:00.000Z') + days * day)

describe('The example run', () => {
  it('is played as it is while it is fresh', () => {
    expect([0, 1, 59.9].map(days => shiftOf(example, after(days)))).toEqual([0, 0, 0])
    expect(shifted(example, 0)).toBe(example)
  })

  it('is played with other times, ids and names later, but for what has no age', () => {
    const { events, intents, rollouts } = shifted(example, 60)
    expect(events[0]).toEqual(example.events[0])
    expect(events[1]).toMatchObject({ id: 't-60d', subject: 'credit@1-60d', time: '2027-01-24T08:00:00.000Z' })
    expect(events[1]?.data).toEqual({ endedAt: '2027-01-24T07:59:00.000Z', runId: 'r' })
    expect(intents[0]).toMatchObject({ id: 'i-60d', subject: 'credit-v1-60d', data: { model: 'credit', version: '1-60d' } })
    expect(rollouts[0]).toMatchObject({ id: 'r-60d', subject: 'production/desk', data: { version: '1-60d' } })
  })

  it('is never from the future, nor as old as evidence may be, on whatever day it is played', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 20_000, noNaN: true }), days => {
        const now = after(days)
        const age = now.getTime() - Date.parse(shifted(example, shiftOf(example, now)).intents[0]?.time ?? '')
        expect(age).toBeGreaterThanOrEqual(0)
        expect(age).toBeLessThanOrEqual(60 * day)
      }),
    )
  })
})

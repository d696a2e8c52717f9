import { streamName } from '@muster/contracts'
import { memoryEventStore } from '@muster/event-store'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { record } from '../../../infra/test/log.ts'
import { positionBefore } from './log-time.ts'

const start = Date.parse('2026-11-01T00:00:00.000Z')
const instant = (milliseconds: number): string => new Date(start + milliseconds).toISOString()

describe('The position of a time', () => {
  it('is that of the newest event recorded before it, whatever was recorded at the same instant', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 20 }), fc.nat(40), async (steps, asked) => {
        let now = 0
        const store = memoryEventStore({ now: () => instant(now) })
        const times: number[] = []
        for (const step of steps) {
          now += step
          times.push(now)
          await record(store, streamName('model', 'credit'), 'credit', { type: 'model.owner-assigned', owner: `group:${times.length}` })
        }
        expect(await positionBefore(store, instant(asked))).toBe(times.filter(time => time < asked).length)
      }),
      { numRuns: 60 },
    )
  })

  it('is found in a log whose positions have gaps', async () => {
    const dense = memoryEventStore({ now: () => instant(5) })
    await record(dense, streamName('model', 'credit'), 'credit', { type: 'model.owner-assigned', owner: 'group:a' })
    const [event] = await dense.readLog('start', {}, 1)
    if (event === undefined) throw new Error('nothing was recorded')
    const log = [100, 250, 251, 9_000].map((position, index) => ({ ...event, position, recordedtime: instant(index * 10) }))
    const sparse = {
      ...dense,
      head: async () => 9_000,
      readLog: async (after: string, _: object, limit: number) =>
        log.filter(({ position }) => position > Number(after === 'start' ? 0 : after)).slice(0, limit),
    }
    const found = await Promise.all([0, 1, 10, 11, 20, 30, 31].map(time => positionBefore(sparse, instant(time))))
    expect(found).toEqual([0, 100, 100, 250, 250, 251, 9_000])
  })
})

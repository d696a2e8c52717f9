import { matches, type Filter, type RecordedEvent } from '@muster/event-store'
import { someEvent, someStream } from '@muster/event-store/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tailOf } from './tail.ts'

const categories = ['model', 'intent', 'policy'] as const
const filters = fc.record(
  {
    categories: fc.subarray([...categories], { minLength: 1 }),
    except: fc.subarray(['model.noted', 'intent.noted']),
  },
  { requiredKeys: [] },
)
const recorded = (category: (typeof categories)[number], position: number): RecordedEvent => {
  const stream = someStream(category)
  return { ...someEvent(stream, { text: 'x'.repeat(100) }), stream, revision: 0, position, cursor: String(position), recordedtime: '' }
}

/** A log that grows while it is read; what a read sees is decided when it begins. */
function logWith(kinds: readonly (typeof categories)[number][], scheduler: fc.Scheduler) {
  const log: RecordedEvent[] = []
  let reads = 0
  const waiting: (() => void)[] = []
  const all = (position: number, filter: Filter) => log.filter(event => event.position > position && matches(event, filter))
  return {
    all,
    reads: () => reads,
    length: () => log.length,
    grown: () => new Promise<void>(resolve => waiting.push(resolve)),
    read: (position: number, filter: Filter) => {
      reads += 1
      return scheduler.schedule(Promise.resolve(all(position, filter).slice(0, 3)))
    },
    append: async () => {
      for (const [index, kind] of kinds.entries()) {
        await scheduler.schedule(Promise.resolve())
        log.push(recorded(kind, index + 1))
        for (const wake of waiting.splice(0)) wake()
      }
    },
  }
}

describe('The end of the log', () => {
  it('is told to each subscription in order, once and without a gap, whenever it comes and whatever others want', () =>
    fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.constantFrom(...categories), { maxLength: 20 }),
        fc.array(fc.tuple(filters, fc.nat({ max: 12 }), fc.nat({ max: 20 })), { minLength: 1, maxLength: 5 }),
        async (scheduler, kinds, readers) => {
          const log = logWith(kinds, scheduler)
          const tail = tailOf(log.read, 250)
          const follow = async (filter: Filter, start: number, later: number): Promise<void> => {
            for (let turn = 0; turn < later; turn += 1) await scheduler.schedule(Promise.resolve())
            const leave = tail.join(filter)
            const seen: number[] = []
            for (let position = start; ;) {
              const [length, grown] = [log.length(), log.grown()]
              const committed = log.all(start, filter).map(event => event.position)
              const { events, through } = await tail.next(position, filter)
              seen.push(...events.map(event => event.position))
              position = through
              if (events.length > 0) continue
              expect(seen.slice(0, committed.length)).toEqual(committed)
              if (length === kinds.length) break
              await grown
            }
            expect(seen).toEqual(log.all(start, filter).map(event => event.position))
            leave()
          }
          const work = Promise.all([log.append(), ...readers.map(reader => follow(...reader))])
          await scheduler.waitFor(work)
        },
      ),
      { numRuns: 500 },
    ))

  it('is read once for all who stand there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async scheduler => {
        const log = logWith(['model', 'intent'], scheduler)
        const tail = tailOf(log.read, 10_000)
        const [all, intents] = [{}, { categories: ['intent' as const] }]
        tail.join(all)
        tail.join(intents)
        await scheduler.waitFor(Promise.all([tail.next(0, all), tail.next(0, intents)]))
        await scheduler.waitFor(log.append())
        const before = log.reads()
        const pages = await scheduler.waitFor(Promise.all([tail.next(0, all), tail.next(0, intents)]))
        expect(pages.map(({ events }) => events.map(({ position }) => position))).toEqual([[1, 2], [2]])
        expect(log.reads() - before).toBeLessThanOrEqual(2)
      }),
    )
  })

  it('is told to those who wait, while another who wants nothing of it keeps looking', async () => {
    const [models, policies]: [Filter, Filter] = [{ categories: ['model'] }, { categories: ['policy'] }]
    const log = [recorded('model', 1)]
    const turn = () => new Promise(resolve => setImmediate(resolve))
    const tail = tailOf(async (position, filter) => {
      await turn()
      return log.filter(event => event.position > position && matches(event, filter)).slice(0, 3)
    }, 10_000)
    tail.join(models)
    tail.join(policies)
    await tail.next(0, models)
    await tail.next(1, models)
    const told = new AbortController()
    const waitingFor = async () => {
      const page = await tail.next(1, models)
      told.abort()
      return page
    }
    const growing = async (): Promise<void> => {
      for (; !told.signal.aborted; await turn()) log.push(recorded('model', log.length + 1))
    }
    // Were it told only when nothing comes any more, this would not end.
    const [, , page] = await Promise.all([growing(), tail.next(1, policies), waitingFor()])
    expect(page.events[0]?.position).toBe(2)
  })
})

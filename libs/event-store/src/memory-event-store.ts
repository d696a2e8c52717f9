import type { StreamName } from '@muster/contracts'
import { isNonEmpty, type Clock, type NonEmpty } from '@muster/kernel'
import { largestBatch, type Cursor, type EventStore, type Filter, type RecordedEvent } from './event-store.ts'
import { matches } from './filter.ts'
import { judge, type Recognised } from './judge.ts'

/**
 * The reference: what the port says, in the fewest words. For tests and for reading; it forgets when the process ends.
 * One thread runs it, and no method waits between reading and writing, so there is nothing to lock.
 */
export function memoryEventStore({ now }: { readonly now: Clock }): EventStore {
  const log: RecordedEvent[] = []
  const streams = new Map<StreamName, RecordedEvent[]>()
  const byId = new Map<string, RecordedEvent>()
  const waiting = new Set<() => void>()

  const recognised = ({ stream, revision, position, type, context, data }: RecordedEvent): Recognised => ({
    stream,
    revision,
    position,
    type,
    subject: context.subject,
    data,
  })
  const standing = {
    current: (stream: StreamName) => streams.get(stream)?.at(-1),
    find(id: string) {
      const event = byId.get(id)
      return event && recognised(event)
    },
  }

  const behind = (after: Cursor | 'start'): number => (after === 'start' ? 0 : positionOf(after))
  function page(position: number, filter: Filter, limit: number): RecordedEvent[] {
    const found: RecordedEvent[] = []
    for (let index = position; index < log.length && found.length < limit; index += 1) {
      const event = log[index]
      if (event !== undefined && matches(event, filter)) found.push(event)
    }
    return found
  }

  return {
    async append(writes) {
      const { rows, results } = judge(writes, standing)
      const base = log.length
      const time = latest(now(), log.at(-1)?.recordedtime)
      for (const { stream, revision, event } of rows) {
        const position = log.length + 1
        const recorded = { ...event, stream, revision, position, cursor: String(position), recordedtime: time }
        log.push(recorded)
        byId.set(event.id, recorded)
        const events = streams.get(stream)
        if (events === undefined) streams.set(stream, [recorded])
        else events.push(recorded)
      }
      for (const wake of waiting) wake()
      return results(base)
    },

    async read(names, { through = Infinity } = {}) {
      return [...new Set(names)]
        .flatMap(name => streams.get(name) ?? [])
        .filter(({ position }) => position <= through)
        .toSorted((a, b) => a.position - b.position)
    },

    readLog: async (after, filter, limit) => page(behind(after), filter, limit),

    async *subscribe(after, filter, signal): AsyncGenerator<NonEmpty<RecordedEvent>> {
      let position = behind(after)
      while (!signal.aborted) {
        const batch = page(position, filter, largestBatch)
        if (isNonEmpty(batch)) {
          position = batch.at(-1)?.position ?? position
          yield batch
          continue
        }
        position = log.length
        await new Promise<void>(resolve => {
          const wake = (): void => {
            waiting.delete(wake)
            signal.removeEventListener('abort', wake)
            resolve()
          }
          waiting.add(wake)
          signal.addEventListener('abort', wake)
        })
      }
    },

    head: async () => log.length,
    cursorAt: String,
    reachable: async () => true,
  }
}

const latest = (now: string, last: string | undefined): string => (last !== undefined && last > now ? last : now)

function positionOf(cursor: Cursor): number {
  if (!/^\d{1,15}$/.test(cursor)) throw new RangeError(`"${cursor}" is not a cursor of this store`)
  return Number(cursor)
}

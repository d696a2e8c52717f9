import type { StreamName } from '@muster/contracts'
import type { NewEvent } from '@muster/event-store'
import { isNonEmpty } from '@muster/kernel'
import { postgresEventStore } from '@muster/event-store-postgres'
import { Client } from 'pg'
import { freshDatabase } from '../../infra/test/database.ts'
import { eventsOf, streamOf } from './events.ts'

/*
 * Many events under what makes readers of other logs miss some: two stores write side by side, a reader's transaction is open from before the first
 * event to the last, and others take the head's lock, move it, and give up. A subscriber that began before all of it must see every
 * position once and in order, and exactly the ids that were answered as written.
 */

export interface Soaked {
  readonly perSecond: number
  readonly rolledBack: number
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const now = (): string => new Date().toISOString()
const [writers, together] = [100, 10]

/** @throws Error when the subscriber missed an event, saw one twice or out of order, or one that nobody wrote. */
export async function soak(server: string, events: number, say: (line: string) => void): Promise<Soaked> {
  const database = await freshDatabase(server)
  const open = () => postgresEventStore({ url: database.url, now, logger: quiet })
  const [one, two] = [await open(), await open()]
  const [long, other] = [new Client({ connectionString: database.url }), new Client({ connectionString: database.url })]
  const [leaving, over] = [new AbortController(), new AbortController()]
  let last: Promise<unknown> = Promise.resolve()
  try {
    await Promise.all([long.connect(), other.connect()])
    await long.query('begin isolation level repeatable read')
    await long.query('select count(*) from log.events')

    const written = new Set<string>()
    const seen = new Set<string>()
    const total = Math.ceil(events / (writers * together)) * writers * together
    const subscriber = (async () => {
      for await (const batch of two.subscribe('start', {}, leaving.signal)) {
        for (const { position, id } of batch) {
          if (position !== seen.size + 1) throw new Error(`position ${position} came after ${seen.size}`)
          seen.add(id)
          if (seen.size !== position) throw new Error(`the event at ${position} came twice`)
          if (position % 100_000 === 0) say(`${position} events seen`)
        }
        if (seen.size >= total) return
      }
    })()

    const givingUp = (async () => {
      let count = 0
      for (; !over.signal.aborted; count += 1) {
        await other.query('begin')
        await other.query('update log.head set position = position + 5')
        await other.query('select pg_sleep(0.02)')
        await other.query('rollback')
        await other.query('select pg_sleep(0.05)')
      }
      return count
    })()
    last = givingUp

    const write = async (writer: number): Promise<void> => {
      const stream: StreamName = streamOf(writer)
      const store = writer % 2 === 0 ? one : two
      const own = eventsOf(stream, total / writers)
      for (let revision = -1; revision + 1 < total / writers; revision += together) {
        const part = next(own)
        if (!isNonEmpty(part)) throw new Error('there are no more events')
        const [result] = await store.append([{ stream, expected: revision < 0 ? 'no-stream' : revision, events: part }])
        if (result?.kind !== 'written') throw new Error(`not written: ${JSON.stringify(result)}`)
        for (const { id } of part) written.add(id)
      }
    }
    const began = performance.now()
    const writing = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))
    await Promise.all([writing, subscriber])
    const perSecond = (total * 1_000) / (performance.now() - began)
    over.abort()
    const rolledBack = await givingUp
    const missed = [...written].filter(id => !seen.has(id)).length
    if (missed > 0 || seen.size !== written.size) throw new Error(`${written.size} were written, ${seen.size} seen, ${missed} missed`)
    await long.query('rollback')
    return { perSecond, rolledBack }
  } finally {
    leaving.abort()
    over.abort()
    await Promise.allSettled([last])
    await Promise.all([one.close(), two.close(), long.end(), other.end()])
    await database.drop()
  }
}

function next(own: Iterator<NewEvent>): NewEvent[] {
  const part: NewEvent[] = []
  for (let n = 0; n < together; n += 1) {
    const { done, value } = own.next()
    if (done !== true) part.push(value)
  }
  return part
}

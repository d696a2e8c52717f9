import { StoreUnavailable, type Filter, type Logger } from '@muster/event-store'
import { appendAnyhow, appendOne, eventStoreContract, listOf, someEvent, someStream, take } from '@muster/event-store/testing'
import type { Clock } from '@muster/kernel'
import { Client } from 'pg'
import { afterAll, afterEach, describe, expect, inject, it, vi } from 'vitest'
import { freshDatabase } from '../../../infra/test/database.ts'
import { postgresEventStore, type PostgresEventStore } from './postgres-event-store.ts'
import { NewerLog } from './schema.ts'

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} }
const database = await freshDatabase(inject('databaseUrl'))
afterAll(() => database.drop())

const open: PostgresEventStore[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(store => store.close()))
})
async function openStore(now: Clock = () => new Date().toISOString(), url = database.url): Promise<PostgresEventStore> {
  const store = await postgresEventStore({ url, now, logger: silent })
  open.push(store)
  return store
}

async function sql<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: database.url })
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}
const empty = () => sql('DROP SCHEMA IF EXISTS log CASCADE')
const killAll = () =>
  sql<{ pid: number }>(
    `SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'muster log'`,
  )

eventStoreContract('PostgreSQL', async now => {
  await empty()
  return await openStore(now)
})

describe('The log on PostgreSQL', () => {
  it('is written by several processes at once without a gap, and each hears what the others wrote', async () => {
    await empty()
    const [one, two] = [await openStore(), await openStore()]
    const leaving = new AbortController()
    const seen = Promise.all([one, two].map(store => take(store.subscribe('start', {}, leaving.signal), 200)))
    await Promise.all(
      listOf(20, async n => {
        const stream = someStream()
        for (let i = 0; i < 10; i += 1) await appendAnyhow(n % 2 === 0 ? one : two, stream, [someEvent(stream)])
      }),
    )
    for (const events of await seen) expect(events.map(({ position }) => position)).toEqual(listOf(200, n => n + 1))
    leaving.abort()
  })

  it('does not try for ever what comes to nothing each time, and says where', async () => {
    await empty()
    const store = await openStore()
    await sql(`CREATE FUNCTION log.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE unique_violation; END $$`)
    await sql('CREATE TRIGGER refuse BEFORE INSERT ON log.events FOR EACH ROW EXECUTE FUNCTION log.refuse()')
    const stream = someStream()
    await expect(appendAnyhow(store, stream, [someEvent(stream)])).rejects.toThrow(`something else writing to ${stream}?`)
  })

  it('is subscribed to across lost connections without a gap or a repeat', async () => {
    await empty()
    const store = await openStore()
    const leaving = new AbortController()
    const taking = take(store.subscribe('start', { categories: ['model'] }, leaving.signal), 300)
    const stream = someStream()
    const events = listOf(300, n => someEvent(stream, { n }))
    for (const [n, event] of events.entries()) {
      if (n % 50 === 25) await killAll()
      // A repeat is a no-op, so an append whose answer was lost is simply sent again.
      for (;;) {
        const result = await appendOne(store, { stream, expected: n === 0 ? 'no-stream' : n - 1, events: [event] }).catch(
          (error: unknown) => error,
        )
        if (!(result instanceof Error)) break
        expect(result).toBeInstanceOf(StoreUnavailable)
      }
    }
    expect((await taking).map(({ id }) => id)).toEqual(events.map(({ id }) => id))
    leaving.abort()
  })

  it('answers each of many that are written together by itself', async () => {
    await empty()
    const store = await openStore()
    const [taken, fresh, gap] = [someStream(), someStream(), someStream()]
    const event = someEvent(taken)
    await appendOne(store, { stream: taken, expected: 'no-stream', events: [event] })
    const results = await Promise.all([
      appendOne(store, { stream: fresh, expected: 'no-stream', events: [someEvent(fresh)] }),
      appendOne(store, { stream: taken, expected: 'no-stream', events: [event] }),
      appendOne(store, { stream: taken, expected: 'no-stream', events: [someEvent(taken)] }),
      appendOne(store, { stream: gap, expected: 4, events: [someEvent(gap)] }),
      appendOne(store, { stream: fresh, expected: 0, events: [someEvent(fresh)] }),
      appendOne(store, { stream: fresh, expected: 0, events: [{ ...event, context: { ...event.context } }] }),
    ])
    expect(results.map(({ kind }) => kind)).toEqual(['written', 'repeated', 'wrong-revision', 'wrong-revision', 'written', 'id-reused'])
    expect((await store.readLog('start', {}, 10)).map(({ position }) => position)).toEqual([1, 2, 3])
  })

  it('has every event once, though connections are lost in the middle of what many write together', async () => {
    await empty()
    const store = await openStore()
    const streams = listOf(40, () => someStream())
    let unavailable = 0
    const write = async (stream: (typeof streams)[number]): Promise<void> => {
      for (let revision = 0; revision < 25; revision += 1) {
        const events = [someEvent(stream, { revision })] as const
        for (;;) {
          const answer = await appendOne(store, {
            stream,
            expected: revision === 0 ? 'no-stream' : revision - 1,
            events: [...events],
          }).catch((error: unknown) => error)
          if (!(answer instanceof Error)) {
            expect(answer).toMatchObject({ kind: expect.stringMatching(/^(written|repeated)$/), revision })
            break
          }
          expect(answer).toBeInstanceOf(StoreUnavailable)
          unavailable += 1
        }
      }
    }
    const over = new AbortController()
    const killing = (async () => {
      while (!over.signal.aborted) await killAll()
    })()
    await Promise.all(streams.map(write)).finally(() => over.abort())
    await killing
    const log = await store.readLog('start', {}, 2_000)
    expect(log.map(({ position }) => position)).toEqual(listOf(1_000, n => n + 1))
    expect(unavailable).toBeGreaterThan(0)
  })

  it('is subscribed to by one who misses nothing, beside long transactions, rolled back ones and writers of two processes', async () => {
    await empty()
    const [one, two] = [await openStore(), await openStore()]
    const leaving = new AbortController()
    const seen = take(two.subscribe('start', {}, leaving.signal), 20_000)
    const long = new Client({ connectionString: database.url })
    await long.connect()
    // A reader that began before all of it, and a writer that gives up what it wrote.
    await long.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
    await long.query('SELECT count(*) FROM log.events')
    const givingUp = async (): Promise<void> => {
      await sql(`DO $$ BEGIN UPDATE log.head SET position = position + 5; PERFORM pg_sleep(0.02); RAISE 'given up'; END $$`).catch(
        () => undefined,
      )
    }
    await Promise.all([
      ...listOf(100, async n => {
        const stream = someStream()
        for (let written = 0; written < 200; written += 20)
          await appendOne(n % 2 === 0 ? one : two, {
            stream,
            expected: written === 0 ? 'no-stream' : written - 1,
            events: [someEvent(stream), ...listOf(19, () => someEvent(stream))],
          })
      }),
      ...listOf(5, givingUp),
    ])
    expect((await seen).map(({ position }) => position)).toEqual(listOf(20_000, n => n + 1))
    leaving.abort()
    await long.query('ROLLBACK')
    await long.end()
  })

  it.each([[{}], [{ categories: ['model' as const] }]])('is told in batches that fit into memory, of filter %j', async filter => {
    await empty()
    const store = await openStore()
    const stream = someStream()
    const text = 'x'.repeat(250_000)
    await appendOne(store, { stream, expected: 'no-stream', events: listOf(40, n => someEvent(stream, { n, text })) })
    const leaving = new AbortController()
    const sizes: number[] = []
    const revisions: number[] = []
    for await (const batch of store.subscribe('start', filter, leaving.signal)) {
      sizes.push(batch.length)
      revisions.push(...batch.map(({ revision }) => revision))
      if (revisions.length === 40) break
    }
    expect(revisions).toEqual(listOf(40, Number))
    expect(Math.max(...sizes)).toBeLessThan(20)
  })

  it('is followed at its end without being read from its beginning', async () => {
    await empty()
    const store = await openStore()
    for (let written = 0; written < 8; written += 1) {
      const stream = someStream()
      await appendOne(store, { stream, expected: 'no-stream', events: [someEvent(stream), ...listOf(999, () => someEvent(stream))] })
    }
    const leaving = new AbortController()
    const filters: Filter[] = [{}, { categories: ['model'] }, { except: ['model.registered'] }, { categories: ['model'], except: ['none'] }]
    // More often than it takes PostgreSQL to settle for one plan.
    for (const filter of filters.flatMap(each => listOf(8, () => each))) {
      expect(await store.readLog(store.cursorAt(7_995), filter, 1_000)).toHaveLength(5)
      await take(store.subscribe(store.cursorAt(7_995), filter, leaving.signal), 5)
    }
    leaving.abort()
    // What a connection did is counted when it ends.
    await store.close()
    open.pop()
    const counted = () =>
      sql<{ whole: number; looks: number; indexes: number }>(
        `SELECT seq_scan::int AS whole, idx_scan::int AS looks, (SELECT count(*)::int FROM pg_indexes WHERE schemaname = 'log' AND tablename = 'events') AS indexes
           FROM pg_stat_user_tables WHERE schemaname = 'log' AND relname = 'events'`,
      )
    await vi.waitFor(async () => expect((await counted())[0]?.looks).toBeGreaterThanOrEqual(64), 10_000)
    // To make an index is to read the whole table, which was empty then.
    const [{ whole, indexes } = { whole: 0, indexes: 0 }] = await counted()
    expect(whole).toBe(indexes)
  })

  it('has no gap where an append was refused by a race', async () => {
    await empty()
    const store = await openStore()
    const streams = listOf(5, () => someStream())
    await Promise.all(
      listOf(50, n => {
        const stream = streams[n % 5] ?? someStream()
        return appendOne(store, { stream, expected: 'no-stream', events: [someEvent(stream), someEvent(stream)] })
      }),
    )
    expect((await store.readLog('start', {}, 100)).map(({ position }) => position)).toEqual(listOf(10, n => n + 1))
    expect(await store.head()).toBe(10)
  })

  it('finds an id that another stream has', async () => {
    await empty()
    const store = await openStore()
    const [here, there] = [someStream(), someStream()]
    const event = someEvent(here)
    await appendOne(store, { stream: here, expected: 'no-stream', events: [event] })
    expect(await appendOne(store, { stream: there, expected: 'no-stream', events: [event] })).toEqual({ kind: 'id-reused', id: event.id })
  })

  it('lets nobody change or remove what was recorded', async () => {
    await empty()
    const store = await openStore()
    const stream = someStream()
    await appendAnyhow(store, stream, [someEvent(stream)])
    for (const text of [`UPDATE log.events SET data = '{}'`, 'DELETE FROM log.events', 'TRUNCATE log.events'])
      await expect(sql(text)).rejects.toThrow('only ever added to')
  })

  it('is made once by many that start at once', async () => {
    await empty()
    const stores = await Promise.all(listOf(6, () => openStore()))
    const stream = someStream()
    await Promise.all(stores.map(store => appendAnyhow(store, stream, [someEvent(stream)])))
    expect(await stores[0]?.head()).toBe(6)
  })

  it('of a newer release is refused in one sentence', async () => {
    await empty()
    await openStore()
    await sql('UPDATE log.schema_version SET version = 99')
    await expect(openStore()).rejects.toThrow(NewerLog)
    await expect(openStore()).rejects.toThrow(/schema version 99, and this release of Muster knows versions up to 1/)
  })

  it('says that it is unavailable when nobody answers', async () => {
    await expect(openStore(undefined, 'postgres://nobody@127.0.0.1:1/none')).rejects.toThrow(StoreUnavailable)
  })
})

import { streamName } from '@muster/contracts'
import { decode, derivedEventId, StoreUnavailable, type EventStore, type Recorded } from '@muster/event-store'
import { appendAnyhow, appendOne, someEvent, someStream } from '@muster/event-store/testing'
import type { NonEmpty } from '@muster/kernel'
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { freshDatabase } from '../../../infra/test/database.ts'
import { caughtUp, seenThrough } from './caught-up.ts'
import { assign, endSessions, eventually, newStore, now, open, silent, start, type Runner } from './testing/fixture.ts'
import { countParked, listParked, park, requestRetry } from './parked.ts'
import { runSubscription } from './runner.ts'
import type { Database, Sql } from './sql.ts'
import type { Subscription } from './subscription.ts'

const fresh = await freshDatabase(inject('databaseUrl'))
const database = await open(fresh.url)
await database.query('CREATE TABLE seen (n bigserial, position bigint, model text, owner text)')
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

let store: EventStore
let name: string
const running: Runner[] = []
beforeEach(async () => {
  store = newStore()
  name = `test-${randomUUID()}`
  await database.query('TRUNCATE seen')
})
afterEach(async () => {
  await Promise.all(running.splice(0).map(runner => runner.stop()))
})

type Handle = Subscription['handle']
const ownerOf = ({ event }: Recorded): string => ('owner' in event && typeof event.owner === 'string' ? event.owner : '')
const write: Handle = async (batch, sql) => {
  for (const recorded of batch)
    await sql.query('INSERT INTO seen (position, model, owner) VALUES ($1, $2, $3)', [
      recorded.position,
      recorded.context.partitionkey,
      ownerOf(recorded),
    ])
}
const subscriptionWith = (handle: Handle): Subscription => ({ name, filter: { categories: ['model'] }, handle })
const run = (handle: Handle, on: Database = database): Runner => {
  const runner = start(store, on, subscriptionWith(handle))
  running.push(runner)
  return runner
}
const seen = async (): Promise<string[]> =>
  (await database.query<{ place: string }>(`SELECT model || ' ' || owner AS place FROM seen ORDER BY n`)).map(({ place }) => place)
const until = (places: string[]) =>
  eventually(`${places.length} events`, async () => (await seen()).length >= places.length).then(async () =>
    expect(await seen()).toEqual(places),
  )
const parkingEvents = async () =>
  (await store.readLog('start', { categories: ['parking'] }, 100)).map(decode).map(({ stream, event }) => ({ stream, ...event }))
const keys = async () =>
  (await listParked(database, { subscription: name })).items.map(({ key, events, reason }) => ({ key, events, reason }))

describe('A subscription', () => {
  it('handles every event once, in order, and goes on where it stood', async () => {
    await assign(store, 'fraud', 'ana')
    await assign(store, 'churn', 'ben')
    const first = run(write)
    await until(['fraud ana', 'churn ben'])
    await first.stop()
    await assign(store, 'fraud', 'cleo')
    run(write)
    await until(['fraud ana', 'churn ben', 'fraud cleo'])
  })

  it('that need not be at the newest event at once rests after a batch, until somebody waits for it', async () => {
    const batches: number[][] = []
    const handle: Handle = async (batch, sql) => {
      batches.push(batch.map(({ position }) => position))
      await write(batch, sql)
    }
    const paced = { ...subscriptionWith(handle), pace: 60_000 }
    running.push(start(store, database, paced))
    await assign(store, 'fraud', 'ana')
    await until(['fraud ana'])
    await assign(store, 'churn', 'ben')
    // Long enough for somebody who does not rest.
    for (let looks = 0; looks < 20; looks += 1) expect(await seen()).toEqual(['fraud ana'])
    const position = await assign(store, 'fraud', 'cleo')
    expect(await caughtUp({ store, sql: database }, paced, position, 5_000)).toBe(true)
    expect(batches).toEqual([[1], [2, 3]])
  })

  it('gives the same batch again to a handler whose failure passes, and keeps nothing of the failed attempt', async () => {
    const batches: number[][] = []
    const runner = run(async (batch, sql) => {
      batches.push(batch.map(({ position }) => position))
      await write(batch, sql)
      if (batches.length <= 2) throw new StoreUnavailable('away for a moment')
    })
    await assign(store, 'fraud', 'ana')
    await until(['fraud ana'])
    expect(batches).toEqual([[1], [1], [1]])
    expect(runner.failures).toHaveLength(2)
    expect(await countParked(database)).toEqual([])
  })

  it('neither loses nor doubles what was appended and written when it is killed between the append and the commit', async () => {
    const answers: string[] = []
    run(async (batch, sql) => {
      for (const { id } of batch) {
        const stream = streamName('policy', id)
        const effect = someEvent(stream, { of: id }, derivedEventId(id, stream, 0))
        answers.push((await appendOne(store, { stream, expected: 'no-stream', events: [effect] })).kind)
      }
      await write(batch, sql)
      if (answers.filter(kind => kind === 'repeated').length < 2) await sql.query('SELECT pg_terminate_backend(pg_backend_pid())', [])
    })
    await assign(store, 'fraud', 'ana')
    await assign(store, 'fraud', 'ben')
    await until(['fraud ana', 'fraud ben'])
    expect(answers.filter(kind => kind === 'written')).toHaveLength(2)
    expect(await store.readLog('start', { categories: ['policy'] }, 10)).toHaveLength(2)
  })

  it('parks the key of an event that cannot be processed, with all behind it, while others go on', async () => {
    let broken = true
    const handle: Handle = async (batch, sql) => {
      await write(batch, sql)
      if (broken && batch.some(recorded => ownerOf(recorded) === 'poison')) throw new TypeError('cannot read this')
    }
    for (const [model, owner] of [
      ['fraud', 'a'],
      ['churn', 'b'],
      ['fraud', 'poison'],
      ['churn', 'c'],
      ['fraud', 'd'],
    ] as const)
      await assign(store, model, owner)
    run(handle)
    await until(['fraud a', 'churn b', 'churn c'])
    await assign(store, 'fraud', 'e')
    await assign(store, 'churn', 'f')
    await until(['fraud a', 'churn b', 'churn c', 'churn f'])

    await eventually('three to wait', async () => (await keys())[0]?.events === 3)
    expect(await listParked(database, { subscription: name })).toMatchObject({
      items: [
        { key: 'fraud', events: 3, position: 3, type: 'model.owner-assigned.v1', reason: 'TypeError: cannot read this', attempts: 1 },
      ],
    })
    const stream = `parking-${name}/fraud`
    const entered = { stream, type: 'parking.entered', position: 3, reason: 'TypeError: cannot read this' }
    await eventually('the log to be told', async () => (await parkingEvents()).length === 1)
    expect(await parkingEvents()).toMatchObject([entered])

    // Still broken: it stays, and has the attempt on record.
    expect(await requestRetry(database, name, 'fraud')).toBe(true)
    await eventually('a second attempt', async () => (await listParked(database, { subscription: name })).items[0]?.attempts === 2)
    expect((await listParked(database, { subscription: name })).items[0]).toMatchObject({ events: 3, retryRequested: false })

    broken = false
    await requestRetry(database, name, 'fraud')
    await until(['fraud a', 'churn b', 'churn c', 'churn f', 'fraud poison', 'fraud d', 'fraud e'])
    await eventually('its release', async () => (await keys()).length === 0)
    expect(await parkingEvents()).toMatchObject([entered, { stream, type: 'parking.released', events: 3 }])

    await assign(store, 'fraud', 'g')
    await until(['fraud a', 'churn b', 'churn c', 'churn f', 'fraud poison', 'fraud d', 'fraud e', 'fraud g'])
    expect(await requestRetry(database, name, 'fraud')).toBe(false)
  })

  it('keeps the progress of a retry that fails half-way, and what failed anew', async () => {
    const bad = new Set(['poison', 'venom'])
    const handle: Handle = async (batch, sql) => {
      await write(batch, sql)
      const owner = batch.map(ownerOf).find(each => bad.has(each))
      if (owner !== undefined) throw new Error(owner)
    }
    for (const owner of ['poison', 'a', 'venom', 'b']) await assign(store, 'fraud', owner)
    run(handle)
    await eventually('four to wait', async () => (await keys())[0]?.events === 4)
    bad.delete('poison')
    await requestRetry(database, name, 'fraud')
    await eventually('two to wait', async () => (await keys())[0]?.events === 2)
    expect(await keys()).toEqual([{ key: 'fraud', events: 2, reason: 'Error: venom' }])
    expect(await seen()).toEqual(['fraud poison', 'fraud a'])
    bad.clear()
    await requestRetry(database, name, 'fraud')
    await until(['fraud poison', 'fraud a', 'fraud venom', 'fraud b'])
    await eventually('its release', async () => (await keys()).length === 0)
    expect((await parkingEvents()).map(({ type }) => type)).toEqual(['parking.entered', 'parking.released'])
  })

  it('never skips a type that it does not know', async () => {
    await assign(store, 'fraud', 'a')
    await assign(store, 'fraud', 'b', 'model.teleported.v9')
    await assign(store, 'churn', 'c')
    run(write)
    await until(['fraud a', 'churn c'])
    expect(await keys()).toEqual([
      { key: 'fraud', events: 1, reason: 'UnknownEventType: event type "model.teleported.v9" is not known to this release' },
    ])
  })

  it('tells the log what was parked when a kill came between', async () => {
    await assign(store, 'fraud', 'a')
    const [recorded] = await store.readLog('start', {}, 1)
    if (recorded === undefined) throw new Error('nothing was recorded')
    await database.query(`INSERT INTO muster.cursors VALUES ($1, $2, 1, $3)`, [name, recorded.cursor, now()])
    await park(database, name, [{ recorded, reason: 'Error: killed' }], now())
    run(write)
    await eventually('the log to be told', async () => (await parkingEvents()).length === 1)
    await requestRetry(database, name, 'fraud')
    await until(['fraud a'])
    expect((await parkingEvents()).map(({ type }) => type)).toEqual(['parking.entered', 'parking.released'])
  })

  it('is held by one process; another takes over when the holder loses its lock', async () => {
    const [one, two] = [await open(fresh.url), await open(fresh.url)]
    try {
      const handledBy: string[] = []
      const as =
        (who: string): Handle =>
        (batch, sql) => {
          for (const recorded of batch) handledBy.push(`${who} ${ownerOf(recorded)}`)
          return write(batch, sql)
        }
      const holder = run(as('one'), one)
      await assign(store, 'fraud', 'a')
      await until(['fraud a'])
      run(as('two'), two)
      await assign(store, 'fraud', 'b')
      await until(['fraud a', 'fraud b'])
      expect(handledBy).toEqual(['one a', 'one b'])

      await holder.stop()
      await assign(store, 'fraud', 'c')
      await until(['fraud a', 'fraud b', 'fraud c'])
      expect(handledBy.at(-1)).toBe('two c')

      run(as('one'), one)
      for (const owner of ['d', 'e', 'f']) {
        await endSessions(database)
        await assign(store, 'fraud', owner)
        await eventually(`event ${owner}`, async () => (await seen()).includes(`fraud ${owner}`))
      }
      expect(await seen()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].map(owner => `fraud ${owner}`))
    } finally {
      await Promise.all(running.splice(0).map(runner => runner.stop()))
      await Promise.all([one.close(), two.close()])
    }
  })

  it('is not handled by a new holder while the old one, which lost its lock, is still at work', async () => {
    const [one, two] = [await open(fresh.url), await open(fresh.url)]
    let finish = (): void => {}
    try {
      const steps: string[] = []
      let entered = false
      run(async (batch, sql) => {
        await write(batch, sql)
        // It may be the next holder too, who does not wait.
        if (entered) return
        steps.push('old begins')
        entered = true
        await new Promise<void>(resolve => (finish = resolve))
        steps.push('old ends')
      }, one)
      await assign(store, 'fraud', 'a')
      await eventually('the old holder to be at work', () => entered)
      run(async (batch, sql) => {
        steps.push('new begins')
        await write(batch, sql)
      }, two)
      await endSessions(database)
      await eventually('the new holder to wait', async () => {
        const [row] = await database.query<{ waiting: number }>(
          `SELECT count(*) AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        )
        return (row?.waiting ?? 0) > 0
      })
      expect(steps).toEqual(['old begins'])
      finish()
      await until(['fraud a'])
      await assign(store, 'fraud', 'b')
      await eventually('the next event', async () => (await seen()).includes('fraud b'))
      expect(await seen()).toEqual(['fraud a', 'fraud b'])
      expect(steps.slice(0, 2)).toEqual(['old begins', 'old ends'])
    } finally {
      // Whatever failed is told, and not that the old holder never ended.
      finish()
      await Promise.all(running.splice(0).map(runner => runner.stop()))
      await Promise.all([one.close(), two.close()])
    }
  })

  it('ticks between batches, on one process, and goes on when a tick fails', async () => {
    let ticks = 0
    let inside = false
    const ticking: Subscription = {
      ...subscriptionWith(async (batch, sql) => {
        expect(inside).toBe(false)
        await write(batch, sql)
      }),
      async tick(sql) {
        inside = true
        ticks += 1
        await sql.query('INSERT INTO seen (model, owner) VALUES ($1, $2)', ['tick', String(ticks)])
        inside = false
        if (ticks === 1) throw new Error('not yet')
      },
    }
    const runner = start(store, database, ticking)
    running.push(runner, start(store, database, ticking))
    await eventually('two ticks', () => ticks === 2)
    await until(['tick 2'])
    expect(runner.failures).toEqual([new Error('not yet')])
  })

  it('resolves promptly when told to stop, also while it stands by or its batch fails again and again', async () => {
    const stopping = new AbortController()
    const failing = subscriptionWith(() => Promise.reject(new StoreUnavailable('gone')))
    await assign(store, 'fraud', 'a')
    let failures = 0
    const deps = { store, database, logger: silent, now, onFailure: () => (failures += 1) }
    const ended = Promise.all([runSubscription(deps, failing, stopping.signal), runSubscription(deps, failing, stopping.signal)])
    await eventually('failures', () => failures > 2)
    stopping.abort()
    const started = Date.now()
    await ended
    expect(Date.now() - started).toBeLessThan(1_000)
  })
})

describe('Whoever wrote something', () => {
  const slow = async (batch: NonEmpty<Recorded>, sql: Sql): Promise<void> => {
    await sql.query('SELECT pg_sleep(0.05)', [])
    await write(batch, sql)
  }

  it('can wait until a subscription has seen it', async () => {
    const deps = { store, sql: database }
    run(slow)
    const position = await assign(store, 'fraud', 'a')
    expect(await caughtUp(deps, subscriptionWith(write), position, 5_000)).toBe(true)
    expect(await seen()).toEqual(['fraud a'])
  })

  it('need not wait for events that the subscription never sees', async () => {
    const deps = { store, sql: database }
    run(write)
    await assign(store, 'fraud', 'a')
    await until(['fraud a'])
    const stream = someStream('intent')
    await appendAnyhow(store, stream, [someEvent(stream)])
    expect(await caughtUp(deps, subscriptionWith(write), 2, 1_000)).toBe(true)
    expect(await seenThrough(deps, { name, filter: { categories: ['intent'] } })).toBe(1)
  })

  it('is told when the time is up, and when the position does not exist yet', async () => {
    const deps = { store, sql: database }
    const position = await assign(store, 'fraud', 'a')
    expect(await caughtUp(deps, subscriptionWith(write), position, 100)).toBe(false)
    run(write)
    await until(['fraud a'])
    expect(await caughtUp(deps, subscriptionWith(write), position + 5, 100)).toBe(false)
  })
})

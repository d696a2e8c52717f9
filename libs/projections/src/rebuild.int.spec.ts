import type { EventStore } from '@muster/event-store'
import { afterAll, afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { freshDatabase } from '../../../infra/test/database.ts'
import { caughtUp } from './caught-up.ts'
import { subscriptionOf, type ReadModel } from './model.ts'
import { prepareReadModel, runReadModel } from './read-model.ts'
import { rebuildReadModel, requestRebuild, type RebuildProgress } from './rebuild.ts'
import type { Sql } from './sql.ts'
import { assign, eventually, newStore, now, open, silent } from './testing/fixture.ts'

const fresh = await freshDatabase(inject('databaseUrl'))
const database = await open(fresh.url)
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

type Project = ReadModel['project']
const write: Project = async (batch, sql, schema) => {
  await sql.query(`INSERT INTO ${schema}.owners SELECT * FROM unnest($1::bigint[], $2::text[])`, [
    batch.map(({ position }) => position),
    batch.map(({ event }) => (event.type === 'model.owner-assigned' ? event.owner : '')),
  ])
}
/** `meanwhile` happens before a batch of the rebuild is written. */
const owners = (meanwhile: (sql: Sql) => Promise<void> = () => Promise.resolve()): ReadModel => ({
  name: 'owners',
  version: 1,
  tables: 'CREATE TABLE owners (position bigint PRIMARY KEY, owner text NOT NULL)',
  publish: 'CREATE SCHEMA IF NOT EXISTS compliance; CREATE OR REPLACE VIEW compliance.owners AS SELECT * FROM owners',
  filter: { categories: ['model'] },
  async project(batch, sql, schema) {
    if (schema.endsWith('_next')) await meanwhile(sql)
    await write(batch, sql, schema)
  },
})

let store: EventStore
let stop: (() => Promise<void>) | undefined
beforeEach(async () => {
  store = newStore()
  await database.query(`DROP SCHEMA IF EXISTS owners_v1, owners_v1_next, owners_v1_old, compliance CASCADE;
    TRUNCATE muster.read_models, muster.cursors, muster.parked`)
})
afterEach(async () => {
  await stop?.()
  stop = undefined
})

const deps = () => ({ store, database, logger: silent, now })
async function run(): Promise<void> {
  await prepareReadModel(deps(), owners())
  const stopping = new AbortController()
  const ended = runReadModel(deps(), owners(), stopping.signal)
  stop = async () => {
    stopping.abort()
    await ended
  }
}
const record = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1) await assign(store, `model-${n % 7}`, `owner-${n}`)
}
const caught = async () => expect(await caughtUp({ store, sql: database }, subscriptionOf(owners()), await store.head(), 10_000)).toBe(true)
const rows = (from = 'compliance') => database.query<{ position: number; owner: string }>(`SELECT * FROM ${from}.owners ORDER BY position`)
const forge = () => database.query(`UPDATE owners_v1.owners SET owner = 'forged'`)
const schemas = async () =>
  (await database.query<{ name: string }>(`SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'owners_v1%' ORDER BY 1`)).map(
    ({ name }) => name,
  )

describe('A rebuild', () => {
  it('is not seen until it is done: the rows of before are read, and filled, meanwhile', async () => {
    await record(1_500)
    await run()
    await caught()
    await forge()
    const seen: string[] = []
    const watching = owners(async () => {
      const before = await rows()
      seen.push(...new Set(before.map(({ owner }) => owner)), String(before.length))
    })
    expect(await rebuildReadModel(deps(), watching)).toBe(true)
    expect(new Set(seen)).toEqual(new Set(['forged', '1500']))
    await assign(store, 'model-0', 'later')
    await caught()
    const after = await rows()
    expect(after.map(({ owner }) => owner)).toEqual([...Array.from({ length: 1_500 }, (_, n) => `owner-${n}`), 'later'])
    expect(await schemas()).toEqual(['owners_v1'])
  })

  it('has what is recorded while it goes on, once', async () => {
    await record(1_200)
    await run()
    await caught()
    let more = 3
    const busy = owners(async () => {
      if (more-- > 0) await record(50)
    })
    expect(await rebuildReadModel(deps(), busy)).toBe(true)
    await record(1)
    await caught()
    const positions = (await rows()).map(({ position }) => position)
    expect(positions).toEqual(Array.from({ length: await store.head() }, (_, n) => n + 1))
  })

  it.each(['in its first batch', 'in its last batch', 'in its swap'])(
    'that is killed %s leaves what was there, and the next one begins clean',
    async when => {
      await record(2_500)
      await run()
      await caught()
      await forge()
      const end = 'SELECT pg_terminate_backend(pg_backend_pid())'
      let batches = 0
      const dying = owners(async sql => {
        batches += 1
        if (when === 'in its first batch' || (when === 'in its last batch' && batches === 3)) await sql.query(end)
      })
      const doomed = when === 'in its swap' ? { ...dying, publish: `${dying.publish}; ${end}` } : dying
      await expect(rebuildReadModel(deps(), doomed)).rejects.toThrow('terminating connection')
      const left = await rows()
      expect([left.length, new Set(left.map(({ owner }) => owner))]).toEqual([2_500, new Set(['forged'])])
      await assign(store, 'model-0', 'meanwhile')
      await caught()
      expect((await rows()).at(-1)?.owner).toBe('meanwhile')

      expect(await rebuildReadModel(deps(), owners())).toBe(true)
      expect((await rows()).map(({ owner }) => owner)).toEqual([...Array.from({ length: 2_500 }, (_, n) => `owner-${n}`), 'meanwhile'])
      expect(await schemas()).toEqual(['owners_v1'])
    },
  )

  it('tells how far it is', async () => {
    await record(2_100)
    await run()
    const told: RebuildProgress[] = []
    await rebuildReadModel(deps(), owners(), { onProgress: progress => told.push(progress) })
    expect(told.map(({ position }) => position)).toEqual([1_000, 2_000, 2_100])
    expect(new Set(told.map(({ head }) => head))).toEqual(new Set([2_100]))
  })

  it('is done by one process at a time', async () => {
    await record(10)
    await run()
    let other: boolean | undefined
    await rebuildReadModel(
      deps(),
      owners(async () => {
        other ??= await rebuildReadModel(deps(), owners())
      }),
    )
    expect(other).toBe(false)
  })

  it('is done by whoever runs the read model, when anybody asks for it', async () => {
    await record(20)
    await run()
    await caught()
    await eventually('its being live', async () => (await database.query('SELECT 1 FROM muster.read_models WHERE live')).length === 1)
    await forge()
    expect(await requestRebuild(database, 'owners')).toBe(true)
    await eventually('the rows anew', async () => (await rows())[0]?.owner === 'owner-0')
    expect(await requestRebuild(database, 'nobody')).toBe(false)
  })
})

import type { EventStore } from '@muster/event-store'
import { afterAll, afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { freshDatabase } from '../../../infra/test/database.ts'
import { caughtUp } from './caught-up.ts'
import { assign, eventually, newStore, now, open, silent } from './testing/fixture.ts'
import { countParked } from './parked.ts'
import { subscriptionOf, type ReadModel } from './model.ts'
import { prepareReadModel, runReadModel } from './read-model.ts'
import { rebuildReadModel } from './rebuild.ts'
import { projectAll } from './testing/index.ts'
import type { Database } from './sql.ts'

const fresh = await freshDatabase(inject('databaseUrl'))
const database = await open(fresh.url)
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

const owners = (version: number, more: Partial<ReadModel> = {}): ReadModel => ({
  name: 'model-owners',
  version,
  tables: `CREATE TABLE owners (position bigint PRIMARY KEY, model text NOT NULL, owner text NOT NULL)`,
  publish: 'CREATE SCHEMA IF NOT EXISTS compliance; CREATE OR REPLACE VIEW compliance.owners AS SELECT position, model, owner FROM owners',
  filter: { categories: ['model'] },
  async project(batch, sql, schema) {
    await sql.query(
      `INSERT INTO ${schema}.owners
       SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[])`,
      [
        batch.map(({ position }) => position),
        batch.map(({ context }) => context.subject),
        batch.map(({ event }) => (event.type === 'model.owner-assigned' ? `${event.owner} of v${version}` : '')),
      ],
    )
  },
  ...more,
})

let store: EventStore
const stops: (() => Promise<void>)[] = []
beforeEach(async () => {
  store = newStore()
  await database.query(`DROP SCHEMA IF EXISTS model_owners_v1, model_owners_v2, compliance CASCADE;
    TRUNCATE muster.read_models, muster.cursors, muster.parked`)
})
afterEach(async () => {
  await Promise.all(stops.splice(0).map(stop => stop()))
})

async function run(model: ReadModel, on: Database = database): Promise<() => Promise<void>> {
  const deps = { store, database: on, logger: silent, now }
  await prepareReadModel(deps, model)
  const stopping = new AbortController()
  const ended = runReadModel(deps, model, stopping.signal)
  const stop = async (): Promise<void> => {
    stopping.abort()
    await ended
  }
  stops.push(stop)
  return stop
}
const wait = (model: ReadModel) => store.head().then(head => caughtUp({ store, sql: database }, subscriptionOf(model), head, 10_000))
const rows = (from = 'compliance') => database.query<{ owner: string }>(`SELECT * FROM ${from}.owners ORDER BY position`)
const exists = async (schema: string) => (await database.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema])).length > 0

describe('A read model', () => {
  it('has a row for each event, once, however the log is cut into batches', async () => {
    for (let n = 0; n < 50; n += 1) await assign(store, `model-${n % 7}`, `owner-${n}`)
    await run(owners(1))
    expect(await wait(owners(1))).toBe(true)
    const built = await rows()
    expect(built).toHaveLength(50)
    await stops.splice(0)[0]?.()
    await database.query('TRUNCATE model_owners_v1.owners')
    await projectAll({ store, database }, owners(1), 3)
    expect(await rows()).toEqual(built)
  })

  it('is rebuilt on demand, while it runs, to the same rows', async () => {
    for (let n = 0; n < 30; n += 1) await assign(store, `model-${n % 3}`, `owner-${n}`)
    await run(owners(1))
    await wait(owners(1))
    const before = await rows()
    await database.query(`UPDATE model_owners_v1.owners SET owner = 'forged'`)
    await rebuildReadModel({ store, database, now }, owners(1))
    await assign(store, 'model-0', 'one more')
    expect(await wait(owners(1))).toBe(true)
    const after = await rows()
    expect(after.slice(0, -1)).toEqual(before)
    expect(after.at(-1)).toMatchObject({ owner: 'one more of v1' })
  })

  it('forgets on a rebuild what was parked, and says so', async () => {
    let broken = true
    const { project } = owners(1)
    const model = owners(1, { project: (...args) => (broken ? Promise.reject(new Error('broken')) : project(...args)) })
    await assign(store, 'fraud', 'ana')
    await run(model)
    await eventually('a parked key', async () => (await store.readLog('start', { categories: ['parking'] }, 9)).length === 1)
    broken = false
    await rebuildReadModel({ store, database, now }, model)
    await eventually('the row', async () => (await rows()).length === 1)
    expect(await countParked(database)).toEqual([])
    expect((await store.readLog('start', { categories: ['parking'] }, 9)).map(({ type }) => type)).toEqual([
      'parking.entered.v1',
      'parking.released.v1',
    ])
  })

  it('is built anew when its tables were changed', async () => {
    await assign(store, 'fraud', 'ana')
    const stop = await run(owners(1))
    await wait(owners(1))
    await stop()
    const changed = owners(1, { tables: `${owners(1).tables}; CREATE INDEX ON owners (model)` })
    await run(changed)
    await wait(changed)
    expect(await rows()).toEqual([{ position: 1, model: 'fraud', owner: 'ana of v1' }])
  })

  it('of a new version is built beside the live one and takes its place; the old one goes when nobody holds it', async () => {
    await assign(store, 'fraud', 'ana')
    const older = await open(fresh.url)
    try {
      const stopOld = await run(owners(1), older)
      await wait(owners(1))
      let letGo = (): void => {}
      const gate = new Promise<void>(resolve => (letGo = resolve))
      const { project } = owners(2)
      const next = owners(2, { project: (...args) => gate.then(() => project(...args)) })
      await run(next)
      expect(await rows()).toMatchObject([{ owner: 'ana of v1' }])
      expect(await rows('model_owners_v2')).toEqual([])

      letGo()
      await eventually('the swap', async () => (await rows())[0]?.owner === 'ana of v2')
      expect(await rows('model_owners_v1')).toMatchObject([{ owner: 'ana of v1' }])
      await stopOld()
      await eventually('the old one to go', async () => !(await exists('model_owners_v1')))
      expect(await rows()).toMatchObject([{ owner: 'ana of v2' }])
    } finally {
      await Promise.all(stops.splice(0).map(stop => stop()))
      await older.close()
    }
  })
})

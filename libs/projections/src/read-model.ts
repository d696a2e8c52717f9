import { parseStream } from '@muster/contracts'
import type { Filter, Recorded } from '@muster/event-store'
import { pause, type NonEmpty } from '@muster/kernel'
import { caughtUp } from './caught-up.ts'
import { lockOf, runSubscription, type RunnerDeps } from './runner.ts'
import { tryLock } from './lock.ts'
import { tellReleased } from './parking.ts'
import { forgetPerson, forgetting, type PersonalColumn } from './personal/forget.ts'
import { channel } from './session.ts'
import type { Database, Sql } from './sql.ts'
import type { Subscription } from './subscription.ts'

/*
 * A read model: tables that a subscription fills, exactly once, since rows and cursor are one transaction.
 *
 * Each version has a schema of its own, `<name>_v<version>`, and a cursor of that name, so a new version is built beside the live one.
 * A release reads its own version by `schemaOf`. What others read (views of analysts) is `publish`: it is moved to the new version in one
 * transaction when that has caught up; then older versions are dropped, as soon as no process of an older release holds them any more.
 */

export interface ReadModel {
  /** Lower case, digits, underscores or hyphens. */
  readonly name: string
  /** Higher whenever the tables or what is written into them change. */
  readonly version: number
  /** SQL that makes the tables, without schema names: they come into the version's own schema. */
  readonly tables: string
  readonly filter: Filter
  /** Writes the batch's rows through `sql`, into the schema that `schemaOf` names. Batches have at most 1,000 events: write them by unnest. */
  project(batch: NonEmpty<Recorded>, sql: Sql): Promise<void>
  /** Columns that hold what people wrote: when one of them is erased, the model hears of it in its place in the log, and the text is gone. */
  readonly personal?: readonly PersonalColumn[]
  /** SQL that (re)makes what lies outside the schema and reads its tables, which it names without schema. It MUST bear to be repeated. */
  readonly publish?: string
}

export type ReadModelDeps = Pick<RunnerDeps, 'store' | 'database' | 'now'>
type Version = Pick<ReadModel, 'name' | 'version'>

/** The schema of its tables, to write before each table's name: `${schemaOf(model)}.deployments`. */
export function schemaOf({ name, version }: Version): string {
  if (!/^[a-z][a-z0-9_-]{0,50}$/.test(name)) throw new RangeError(`"${name}" cannot be the name of a read model`)
  return `${name.replaceAll('-', '_')}_v${version}`
}

/** The subscription that fills it; `caughtUp` takes it. */
export function subscriptionOf(model: ReadModel): Subscription {
  const name = schemaOf(model)
  const { filter, personal = [] } = model
  if (personal.length === 0) return { name, filter, handle: (batch, sql) => model.project(batch, sql) }
  const { categories } = filter
  return {
    name,
    filter: categories === undefined ? filter : { ...filter, categories: [...new Set([...categories, 'person' as const])] },
    handle: (batch, sql) =>
      forgetting(
        batch,
        ({ stream }) => categories === undefined || categories.includes(parseStream(stream).category),
        wanted => model.project(wanted, sql),
        async person => {
          for (const column of personal) await forgetPerson(sql, name, column, person)
        },
      ),
  }
}

/**
 * Makes the tables of this version when they are missing, or anew when their text has changed without a new version (then it is built again
 * from the start of the log). Must be done before it is run or read. Several processes may do so at once.
 */
export async function prepareReadModel(deps: ReadModelDeps, model: ReadModel): Promise<void> {
  await deps.database.transaction(async tx => {
    await lockModels(tx)
    const [row] = await tx.query<{ tables: string; live: boolean; published: string | null }>(
      'SELECT tables, live, published FROM muster.read_models WHERE name = $1 AND version = $2',
      [model.name, model.version],
    )
    if (row?.tables === model.tables) {
      // What is published already is left alone: others build on it, and may be reading it.
      if (row.live && row.published !== (model.publish ?? '')) await publish(tx, model)
      return
    }
    await makeTables(deps, tx, model)
    const [other] = await tx.query('SELECT 1 FROM muster.read_models WHERE name = $1 AND live', [model.name])
    const live = row?.live ?? other === undefined
    await tx.query(
      `INSERT INTO muster.read_models (name, version, tables, live) VALUES ($1, $2, $3, $4)
       ON CONFLICT (name, version) DO UPDATE SET tables = excluded.tables`,
      [model.name, model.version, model.tables, live],
    )
    if (live) await publish(tx, model)
  })
}

/** Fills it until the signal aborts, on one process at a time, and publishes it once it has caught up. */
export async function runReadModel(deps: RunnerDeps, model: ReadModel, signal: AbortSignal): Promise<void> {
  await Promise.all([runSubscription(deps, subscriptionOf(model), signal), replaceOlder(deps, model, signal)])
}

/** Empties this version and builds it again from the start of the log, while it is in use. Any process may ask for it. */
export async function rebuildReadModel(deps: ReadModelDeps, model: ReadModel): Promise<void> {
  const name = schemaOf(model)
  await deps.database.transaction(async tx => {
    await lockModels(tx)
    // The row's lock waits for the batch in hand; the holder then finds another cursor than its own and begins again.
    await tx.query('SELECT 1 FROM muster.cursors WHERE name = $1 FOR UPDATE', [name])
    await makeTables(deps, tx, model)
    const [row] = await tx.query<{ live: boolean }>('SELECT live FROM muster.read_models WHERE name = $1 AND version = $2', [
      model.name,
      model.version,
    ])
    if (row?.live === true) await publish(tx, model)
    await tx.query(`SELECT pg_notify('${channel}', $1)`, [name])
  })
}

/** Empty tables, and a cursor at the start of the log. */
async function makeTables(deps: ReadModelDeps, tx: Sql, model: ReadModel): Promise<void> {
  const schema = schemaOf(model)
  await forgetParked(deps, tx, schema)
  await tx.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE; CREATE SCHEMA ${schema}`)
  await inSchema(tx, schema, model.tables)
  await tx.query(`UPDATE muster.cursors SET cursor = 'start', position = 0 WHERE name = $1`, [schema])
}

/** What was parked is built anew with all the rest, or gone. Killed before the commit, the rows stand and the next holder enters them again. */
async function forgetParked(deps: ReadModelDeps, tx: Sql, subscription: string): Promise<void> {
  await tellReleased(deps, tx, subscription)
  await tx.query('DELETE FROM muster.parked WHERE subscription = $1', [subscription])
}

async function publish(tx: Sql, model: ReadModel): Promise<void> {
  if (model.publish !== undefined) await inSchema(tx, schemaOf(model), model.publish)
  await tx.query('UPDATE muster.read_models SET published = $3 WHERE name = $1 AND version = $2', [
    model.name,
    model.version,
    model.publish ?? '',
  ])
}

async function inSchema(tx: Sql, schema: string, text: string): Promise<void> {
  await tx.query(`SET LOCAL search_path TO ${schema}`)
  await tx.query(text)
  await tx.query('SET LOCAL search_path TO DEFAULT')
}

const lockModels = (tx: Sql): Promise<unknown> => tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('muster read models', 0))`)

/** How long between two looks at whether it has caught up, or whether an older release has stopped, in milliseconds. */
const patience = 1_000

async function replaceOlder(deps: RunnerDeps, model: ReadModel, signal: AbortSignal): Promise<void> {
  const { store, database, logger } = deps
  while (!signal.aborted) {
    try {
      if (!(await isLive(database, model))) {
        const caught = await caughtUp({ store, sql: database }, subscriptionOf(model), await store.head(), patience)
        if (!caught) continue
        await swap(database, model)
        logger.info({ readModel: model.name, version: model.version }, 'a read model is live')
      }
      if (await dropOlder(deps, model)) return
    } catch (error) {
      logger.warn({ err: error, readModel: model.name }, 'an older version of a read model could not be replaced yet')
    }
    await pause(patience, signal)
  }
}

/** Also when a newer one is live: then this is the older release, and has nothing to replace. */
async function isLive(sql: Sql, { name, version }: Version): Promise<boolean> {
  const [live] = await sql.query<{ version: number }>('SELECT version FROM muster.read_models WHERE name = $1 AND live', [name])
  return live !== undefined && live.version >= version
}

async function swap(database: Database, model: ReadModel): Promise<void> {
  await database.transaction(async tx => {
    await lockModels(tx)
    await publish(tx, model)
    await tx.query('UPDATE muster.read_models SET live = (version = $2) WHERE name = $1', [model.name, model.version])
  })
}

/** Whether no older version is left. One that is held by a process of an older release stays until that has stopped. */
async function dropOlder(deps: ReadModelDeps, { name, version }: Version): Promise<boolean> {
  const { database } = deps
  const older = await database.query<Version>('SELECT name, version FROM muster.read_models WHERE name = $1 AND version < $2', [
    name,
    version,
  ])
  let left = 0
  for (const old of older) {
    const schema = schemaOf(old)
    const hold = await tryLock(database, lockOf(schema))
    if (hold === undefined) {
      left += 1
      continue
    }
    try {
      await database.transaction(async tx => {
        await lockModels(tx)
        await tx.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
        await tx.query('DELETE FROM muster.cursors WHERE name = $1', [schema])
        await forgetParked(deps, tx, schema)
        await tx.query('DELETE FROM muster.read_models WHERE name = $1 AND version = $2', [old.name, old.version])
      })
    } finally {
      await hold.release()
    }
  }
  return left === 0
}

import { pause } from '@muster/kernel'
import { caughtUp } from './caught-up.ts'
import { tryLock } from './lock.ts'
import { schemaOf, subscriptionOf, type ReadModel, type Version } from './model.ts'
import { forgetParked, lockModels, makeTables, publish, type ReadModelDeps } from './model-tables.ts'
import { clearRebuild, rebuildWhenAsked } from './rebuild.ts'
import { lockOf, runSubscription, type RunnerDeps } from './runner.ts'
import type { Database, Sql } from './sql.ts'

/*
 * A read model as it runs: its tables are made, filled, published and replaced.
 *
 * Each version has a schema of its own, `<name>_v<version>`, and a cursor of that name, so a new version is built beside the live one.
 * A release reads its own version by `schemaOf`. What others read (views of analysts) is `publish`: it is moved to the new version in one
 * transaction when that has caught up; then older versions are dropped, as soon as no process of an older release holds them any more.
 */

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

/** Fills it until the signal aborts, on one process at a time, publishes it once it has caught up, and builds it again when that is asked for. */
export async function runReadModel(deps: RunnerDeps, model: ReadModel, signal: AbortSignal): Promise<void> {
  await Promise.all([
    runSubscription(deps, subscriptionOf(model), signal),
    replaceOlder(deps, model, signal),
    rebuildWhenAsked(deps, model, signal),
  ])
}

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
        await clearRebuild(tx, old)
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

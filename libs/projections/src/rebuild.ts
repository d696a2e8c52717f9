import { largestBatch, type Logger, type Position, type RecordedEvent } from '@muster/event-store'
import { isNonEmpty, pause, type NonEmpty } from '@muster/kernel'
import { CursorMoved, holdCursor, lockCursor, moveCursor, resetCursor, type Standing } from './cursors.ts'
import { handleAlone, handleTogether } from './handle.ts'
import { tryLock } from './lock.ts'
import { schemaOf, subscriptionOf, type ReadModel, type Version } from './model.ts'
import { forgetParked, lockModels, makeSchema, publish, type ReadModelDeps } from './model-tables.ts'
import { park } from './parked.ts'
import { cursorMoved } from './progress.ts'
import type { RunnerDeps } from './runner.ts'
import { channel } from './session.ts'
import type { Sql } from './sql.ts'
import type { Subscription } from './subscription.ts'
import { isTransient, isUnavailable } from './transient.ts'

/*
 * A rebuild: the tables are made again from the start of the log, beside those that are read, and take their place.
 *
 * The new ones stand in `<schema>_next`, with a cursor and parked events of that name; a batch's rows and its cursor are one transaction.
 * When they are near the end of the log, one short transaction holds the old cursor, so that nobody writes there; handles the rest, so that
 * the new rows are never behind the old ones; renames the schemas, which waits for no reader; publishes; and moves the cursor with a higher
 * epoch, at which whoever filled the old tables begins again. Then the old tables are dropped, when their last reader is done.
 *
 * Killed before that transaction commits: the old tables stand, are read and filled as if nothing had been, and another rebuild begins clean.
 * Killed after: the new ones stand; what is left of the old ones goes with the next rebuild.
 */

export interface RebuildProgress {
  /** Up to where the new tables are filled. */
  readonly position: Position
  readonly head: Position
}

export interface RebuildOptions {
  readonly signal?: AbortSignal
  /** After each batch. */
  readonly onProgress?: (progress: RebuildProgress) => void
}

/** How far the new tables are, and which keys wait. */
interface Built {
  readonly standing: Standing
  readonly parked: ReadonlySet<string>
}

const nextOf = (version: Version): string => `${schemaOf(version)}_next`
const oldOf = (version: Version): string => `${schemaOf(version)}_old`

/**
 * Builds this version again while it is read and filled. Resolves with whether it was done: not when another process does it, or the signal
 * aborted. The version must have been prepared. Any process may ask for it.
 */
export async function rebuildReadModel(deps: ReadModelDeps, model: ReadModel, options: RebuildOptions = {}): Promise<boolean> {
  const { database } = deps
  const hold = await tryLock(database, `rebuild ${schemaOf(model)}`)
  if (hold === undefined) return false
  const signal = options.signal === undefined ? hold.lost : AbortSignal.any([options.signal, hold.lost])
  try {
    for (let built = await begin(deps, model); ;) {
      built = await fill(deps, model, built, { ...options, signal })
      if (signal.aborted) return false
      const swapped = await swap(deps, model, built)
      if (swapped === 'done') break
      // Busy, or behind a cursor that nothing of the log leads to: not at once again.
      if (swapped === 'busy' || swapped.standing.position === built.standing.position) await pause(patience, signal)
      if (swapped !== 'busy') built = swapped
    }
    cursorMoved(schemaOf(model))
    // The new tables stand, whatever becomes of the old ones: what is left of them goes with the next rebuild.
    await dropOld(deps, model, signal).catch((error: unknown) => {
      if (!isTransient(error)) throw error
    })
    return true
  } finally {
    await hold.release()
  }
}

async function begin({ database, now }: ReadModelDeps, model: ReadModel): Promise<Built> {
  const name = nextOf(model)
  return await database.transaction(async tx => {
    await lockModels(tx)
    await tx.query(`DROP SCHEMA IF EXISTS ${oldOf(model)} CASCADE`)
    await tx.query('DELETE FROM muster.parked WHERE subscription = $1', [name])
    await makeSchema(tx, name, model)
    return { standing: await resetCursor(tx, name, { cursor: 'start', position: 0 }, now()), parked: new Set() }
  })
}

/** Up to where the log ends. A page is read while the one before is written. */
async function fill(deps: ReadModelDeps, model: ReadModel, built: Built, { signal, onProgress }: RebuildOptions): Promise<Built> {
  const { store, database } = deps
  const subscription = subscriptionOf(model, nextOf(model))
  const read = (after: Standing['cursor']) => {
    const page = store.readLog(after, subscription.filter, largestBatch)
    // That it failed is seen when it is waited for.
    page.catch(() => undefined)
    return page
  }
  let head = await store.head()
  for (let next = read(built.standing.cursor); ;) {
    const batch = await next
    if (!isNonEmpty(batch) || signal?.aborted === true) return built
    next = read(lastOf(batch).cursor)
    const before = built
    built = await database.transaction(async tx => {
      // A commit that a crash of the database takes back is one of tables that nobody reads; the swap waits for the disk, and for all before.
      await tx.query('SET LOCAL synchronous_commit = off')
      return await advance(deps, subscription, before, batch, tx)
    })
    head = Math.max(head, built.standing.position)
    onProgress?.({ position: built.standing.position, head })
    // The rest is handled by the swap, and while events keep coming there is always a rest.
    if (batch.length < largestBatch) return built
  }
}

/** As the runner handles a batch: all at once, or event by event where one fails by its own fault, and its key waits. */
async function advance(
  { now }: ReadModelDeps,
  subscription: Subscription,
  { standing, parked }: Built,
  batch: NonEmpty<RecordedEvent>,
  tx: Sql,
): Promise<Built> {
  const { name } = subscription
  await lockCursor(tx, name, standing)
  const { waiting, entered } = await tx
    .transaction(part => handleTogether(subscription, batch, parked, part))
    .catch((error: unknown) => {
      if (isTransient(error)) throw error
      return handleAlone(subscription, batch, parked, tx)
    })
  await park(tx, name, waiting, now())
  const { cursor, position } = lastOf(batch)
  const moved = { ...standing, cursor, position }
  await moveCursor(tx, name, moved, now())
  return { standing: moved, parked: entered.length === 0 ? parked : new Set([...parked, ...entered.map(({ key }) => key)]) }
}

/** Done; or how far it is, when the old tables are still ahead; or busy: somebody reads what is to be published, and is not to be waited for. */
async function swap(deps: ReadModelDeps, model: ReadModel, built: Built): Promise<'done' | 'busy' | Built> {
  try {
    return await deps.database.transaction(async tx => {
      await tx.query(`SET LOCAL lock_timeout = '1s'`)
      await lockModels(tx)
      const old = await holdCursor(tx, schemaOf(model))
      const caught = old === undefined || built.standing.position >= old.position ? built : await catchUp(deps, model, built, tx)
      if (old !== undefined && caught.standing.position < old.position) return caught
      // The fence: whoever lost the lock without knowing finds the tables of another rebuild here.
      await lockCursor(tx, nextOf(model), caught.standing)
      await takePlace(deps, model, caught.standing, tx)
      return 'done'
    })
  } catch (error) {
    if (isLockTimeout(error)) return 'busy'
    throw error
  }
}

async function catchUp(deps: ReadModelDeps, model: ReadModel, built: Built, tx: Sql): Promise<Built> {
  const subscription = subscriptionOf(model, nextOf(model))
  const batch = await deps.store.readLog(built.standing.cursor, subscription.filter, largestBatch)
  return isNonEmpty(batch) ? await advance(deps, subscription, built, batch, tx) : built
}

async function takePlace(deps: ReadModelDeps, model: ReadModel, standing: Standing, tx: Sql): Promise<void> {
  const [name, next, old] = [schemaOf(model), nextOf(model), oldOf(model)]
  await tx.query('DELETE FROM muster.cursors WHERE name = $1', [next])
  await resetCursor(tx, name, standing, deps.now())
  await tx.query(`ALTER SCHEMA ${name} RENAME TO ${old}; ALTER SCHEMA ${next} RENAME TO ${name}`)
  const [row] = await tx.query<{ live: boolean }>(
    'UPDATE muster.read_models SET rebuild = false WHERE name = $1 AND version = $2 RETURNING live',
    [model.name, model.version],
  )
  if (row?.live === true) await publish(tx, model)
  // Last, behind all that may be taken back: the log is told that what was parked is released.
  await forgetParked(deps, tx, name)
  await tx.query('UPDATE muster.parked SET subscription = $2 WHERE subscription = $1', [next, name])
  await tx.query(`SELECT pg_notify('${channel}', $1)`, [name])
}

/** Who began to read them before the swap reads to the end. Nobody waits for this long enough to be called a deadlock. */
async function dropOld({ database }: ReadModelDeps, model: Version, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await database.transaction(async tx => {
        await tx.query(`SET LOCAL lock_timeout = '300ms'`)
        await tx.query(`DROP SCHEMA IF EXISTS ${oldOf(model)} CASCADE`)
      })
      return
    } catch (error) {
      if (!isLockTimeout(error)) throw error
    }
    await pause(patience, signal)
  }
}

/** Takes away what a rebuild that was killed has left. */
export async function clearRebuild(tx: Sql, version: Version): Promise<void> {
  await tx.query(`DROP SCHEMA IF EXISTS ${nextOf(version)} CASCADE; DROP SCHEMA IF EXISTS ${oldOf(version)} CASCADE`)
  await tx.query('DELETE FROM muster.cursors WHERE name = $1', [nextOf(version)])
  await tx.query('DELETE FROM muster.parked WHERE subscription = $1', [nextOf(version)])
}

const lastOf = (batch: NonEmpty<RecordedEvent>): RecordedEvent => batch.at(-1) ?? batch[0]
const isLockTimeout = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === '55P03'

/** How long between two looks at whether a rebuild is asked for, or whether what stands in its way is gone, in milliseconds. */
const patience = 1_000

/** Asks whoever runs the read model, wherever that is, to build its live version again. False when there is none of that name. */
export async function requestRebuild(sql: Sql, name: string): Promise<boolean> {
  const rows = await sql.query('UPDATE muster.read_models SET rebuild = true WHERE name = $1 AND live RETURNING version', [name])
  return rows.length > 0
}

/** Until the signal aborts. What failed by the database's fault is done again; what failed by its own is told, and not asked for any more. */
export async function rebuildWhenAsked(deps: RunnerDeps, model: ReadModel, signal: AbortSignal): Promise<void> {
  const { database, logger } = deps
  const { name, version } = model
  while (!signal.aborted) {
    try {
      const [asked] = await database.query('SELECT 1 FROM muster.read_models WHERE name = $1 AND version = $2 AND rebuild', [name, version])
      if (asked !== undefined && (await rebuildReadModel(deps, model, { signal, onProgress: telling(logger, model) })))
        logger.info({ readModel: name, version }, 'a read model was built again')
    } catch (error) {
      deps.onFailure?.({ name: schemaOf(model), error })
      if (isTransient(error) || error instanceof CursorMoved)
        logger.warn({ err: error, readModel: name, version }, 'the rebuild of a read model begins again')
      else {
        logger.error({ err: error, readModel: name, version }, 'a read model could not be built again; it stands as it was')
        await giveUp(deps, model)
      }
    }
    await pause(patience, signal)
  }
}

async function giveUp({ database, logger }: RunnerDeps, { name, version }: Version): Promise<void> {
  try {
    await database.query('UPDATE muster.read_models SET rebuild = false WHERE name = $1 AND version = $2', [name, version])
  } catch (error) {
    if (!isUnavailable(error)) throw error
    logger.warn({ err: error, readModel: name, version }, 'a rebuild is still asked for, and fails again')
  }
}

/** At most every few seconds. */
function telling(logger: Logger, { name, version }: Version): (progress: RebuildProgress) => void {
  let told = Date.now()
  return ({ position, head }) => {
    if (Date.now() - told < 5_000) return
    told = Date.now()
    logger.info({ readModel: name, version, position, head }, 'a read model is being built again')
  }
}

import { largestBatch, type EventStore, type Logger, type RecordedEvent } from '@muster/event-store'
import type { Clock, NonEmpty } from '@muster/kernel'
import { CursorMoved, isSameStanding, lockCursor, moveCursor, openCursor, readCursor, type Standing } from './cursors.ts'
import { handleAlone, handleTogether } from './handle.ts'
import { holdLock } from './lock.ts'
import { makeNudges } from './nudges.ts'
import { firstParked, park, retriesRequested, type ParkedEvent } from './parked.ts'
import { tellParking } from './parking.ts'
import { backOff } from './back-off.ts'
import { cursorMoved, restThen } from './progress.ts'
import { retryKey } from './retry.ts'
import type { Database } from './sql.ts'
import { StandStill } from './stand-still.ts'
import type { BatchInfo, Subscription } from './subscription.ts'
import { isTransient } from './transient.ts'

/*
 * Runs a subscription: one holder at a time, each event in order, nothing lost, nothing skipped.
 *
 * A batch is one transaction: lock the cursor's row and find our own cursor in it → `handle` → move the cursor → commit.
 * Killed before the commit: the rows are gone with it, the cursor stands where it stood, the batch comes again; effects outside the
 * transaction (appends) come again too and are repeats. Killed after: it is done.
 *
 * A holder that has lost its lock without knowing (its session died, its batch still runs) is stopped by the cursor's row: either it still
 * holds the row's lock, and the next holder waits for it, or the cursor was moved meanwhile, and its own transaction fails.
 *
 * What fails by its own fault is handled once more, event by event, each in a savepoint, in the order of the log, not key by key: so an event
 * never sees less of the other keys than it would have. The first event of a key that fails, and all of that key behind it, go to
 * `muster.parked` in the same transaction. Then the log is told. Killed in between: the next holder tells it, since it looks at the rows first.
 *
 * A retry is one transaction too: lock the cursor → the key's events, in order → delete their rows → tell the log that the key is released →
 * commit. Killed before the commit: the key is still parked, the request for the retry still stands, and the next holder enters the key again
 * if the log had heard of its release.
 */

export interface RunnerDeps {
  readonly store: EventStore
  readonly database: Database
  readonly logger: Logger
  readonly now: Clock
  readonly onBatch?: (info: BatchInfo) => void
  /** Something failed and will be tried again, or was parked. */
  readonly onFailure?: (info: { readonly name: string; readonly error: unknown }) => void
}

/** Runs until the signal aborts; resolves after the batch in hand. While another process holds the subscription, it stands by. */
export async function runSubscription(deps: RunnerDeps, subscription: Subscription, signal: AbortSignal): Promise<void> {
  const { logger, database } = deps
  const { name } = subscription
  for (let failures = 0; !signal.aborted;) {
    const hold = await holdLock(database, lockOf(name), signal)
    if (hold === undefined) return
    try {
      await lead(deps, subscription, AbortSignal.any([signal, hold.lost]))
      failures = 0
    } catch (error) {
      failures += 1
      deps.onFailure?.({ name, error })
      logger.warn({ err: error, subscription: name }, 'a subscription stopped and begins again at its cursor')
    } finally {
      await hold.release()
    }
    if (hold.lost.aborted) logger.warn({ subscription: name }, 'lost the lock of a subscription; whoever gets it goes on')
    await backOff(Math.max(1, failures), signal)
  }
}

/** At that instant of `performance.now`, but not before whatever is ready has had its turn. Answers with how to call it off. */
function tickAt(instant: number, tick: () => void): () => void {
  const left = instant - performance.now()
  if (left < 1) {
    const immediate = setImmediate(tick)
    return () => clearImmediate(immediate)
  }
  const timer = setTimeout(tick, left).unref()
  return () => clearTimeout(timer)
}

/** What the log answered to the question for the next batch. */
type Arrived = { readonly step: IteratorResult<NonEmpty<RecordedEvent>> } | { readonly error: unknown }

export const lockOf = (name: string): string => `subscription ${name}`

/** Returns when the signal aborts or somebody has moved the cursor (a rebuild); then whoever gets the lock begins at the cursor. */
async function lead(deps: RunnerDeps, subscription: Subscription, signal: AbortSignal): Promise<void> {
  const { store, database, now, logger } = deps
  const { name } = subscription
  let standing = await openCursor(database, name, now())
  const first = await firstParked(database, name)
  const parked = new Set(first.map(({ key }) => key))
  await tellEntered(deps, name, first)

  let arrived: Arrived | undefined
  let wake = (): void => undefined
  let stopResting = (): void => undefined
  const leaving = new AbortController()
  const nudges = makeNudges(await database.session(), name, AbortSignal.any([signal, leaving.signal]))
  const batches = store.subscribe(standing.cursor, subscription.filter, AbortSignal.any([signal, leaving.signal]))[Symbol.asyncIterator]()
  try {
    ask()
    let goesOn: number | undefined
    while (!signal.aborted) {
      const step = nudges.due() ? 'nudged' : await comes(goesOn)
      if (step === 'nudged') {
        nudges.clear()
        if (!isSameStanding(standing, await readCursor(database, name))) return
        if (parked.size > 0) await retry()
      }
      if (step === 'nudged' || step === 'tick') {
        goesOn = await tick()
        continue
      }
      if (arrived === undefined) continue
      if ('error' in arrived) throw arrived.error
      if (arrived.step.done === true) return
      const began = performance.now()
      const { value: batch } = arrived.step
      await handle(batch)
      arrived = undefined
      // Who is far behind does not rest.
      const pace = batch.length < largestBatch ? (subscription.pace ?? 0) : 0
      const rest = pace - (performance.now() - began)
      if (rest > 0) stopResting = restThen(name, rest, ask)
      else ask()
    }
  } catch (error) {
    if (!(error instanceof CursorMoved)) throw error
    logger.info({ subscription: name }, error.message)
  } finally {
    stopResting()
    leaving.abort()
    await batches.return?.()
  }

  /** For the next batch. That it failed is seen when its turn comes, which may be after a nudge. */
  function ask(): void {
    const come = (what: Arrived): void => {
      arrived = what
      wake()
    }
    batches.next().then(
      step => come({ step }),
      (error: unknown) => come({ error }),
    )
  }

  /** What comes first; a batch that is here has its turn before the clock's work goes on. (Nothing that stays pending is waited upon twice.) */
  async function comes(goesOn: number | undefined): Promise<'batch' | 'nudged' | 'tick'> {
    let callOff = (): void => undefined
    const first = await new Promise<'batch' | 'nudged' | 'tick'>(resolve => {
      wake = () => resolve('batch')
      if (arrived !== undefined) wake()
      void nudges.wait().then(resolve)
      if (goesOn !== undefined) callOff = tickAt(goesOn, () => resolve('tick'))
    })
    callOff()
    return first
  }

  /** When it goes on, if it has more to do. What it throws is told, and the next tick comes: nothing is parked, since no event is to blame. */
  async function tick(): Promise<number | undefined> {
    if (subscription.tick === undefined || signal.aborted) return undefined
    try {
      const pause = await database.transaction(async tx => {
        await lockCursor(tx, name, standing)
        return await subscription.tick?.(tx, () => arrived !== undefined)
      })
      return typeof pause === 'number' ? performance.now() + pause : undefined
    } catch (error) {
      if (error instanceof CursorMoved) throw error
      tellFailure(error)
      logger.warn({ err: error, subscription: name }, 'the tick of a subscription failed and comes again')
      return undefined
    }
  }

  function tellFailure(error: unknown): void {
    deps.onFailure?.({ name, error })
  }

  /** Until it is done: an error that passes by itself brings the same batch again. */
  async function handle(batch: NonEmpty<RecordedEvent>): Promise<void> {
    const started = performance.now()
    const last = batch.at(-1) ?? batch[0]
    const moved: Standing = { ...standing, cursor: last.cursor, position: last.position }
    let failures = 0
    let alone = false
    while (!signal.aborted) {
      try {
        const entered = await database.transaction(async tx => {
          await lockCursor(tx, name, standing)
          const result = await (alone ? handleAlone : handleTogether)(subscription, batch, parked, tx)
          await park(tx, name, result.waiting, now())
          void moveCursor(tx, name, moved, now())
          return result.entered
        })
        standing = moved
        for (const { key, position, eventId: event, reason } of entered) {
          parked.add(key)
          logger.error({ subscription: name, key, position, event, reason }, 'an event cannot be processed; its key is parked')
        }
        cursorMoved(name)
        deps.onBatch?.({
          name,
          cursor: last.cursor,
          position: last.position,
          size: batch.length,
          seconds: (performance.now() - started) / 1_000,
        })
        await tellEntered(deps, name, entered)
        return
      } catch (error) {
        if (error instanceof CursorMoved || standing === moved) throw error
        tellFailure(error)
        if (error instanceof StandStill) {
          failures += 1
          logger.error({ err: error, subscription: name, position: batch[0].position }, 'a subscription stands still')
          await backOff(failures, signal)
        } else if (isTransient(error)) {
          failures += 1
          logger.warn({ err: error, subscription: name, position: batch[0].position }, 'a batch comes again')
          await backOff(failures, signal)
        } else if (alone) throw error
        else {
          logger.warn({ err: error, subscription: name, position: batch[0].position }, 'a batch failed and is handled event by event')
          alone = true
        }
      }
    }
  }

  async function retry(): Promise<void> {
    for (const key of await retriesRequested(database, name)) {
      try {
        const released = await database.transaction(async tx => {
          await lockCursor(tx, name, standing)
          return await retryKey(deps, subscription, key, tx)
        })
        if (released) parked.delete(key)
        logger.info({ subscription: name, key, released }, released ? 'a parked key is released' : 'a parked key failed again')
      } catch (error) {
        if (!isTransient(error)) throw error
        // The request stands: the next nudge tries again.
        logger.warn({ err: error, subscription: name, key }, 'a retry comes again')
      }
    }
  }
}

async function tellEntered(deps: RunnerDeps, name: string, failed: readonly ParkedEvent[]): Promise<void> {
  for (const { key, position, eventId, correlation, reason } of failed)
    await tellParking(deps, name, key, correlation, { type: 'enter-parking', position, event: eventId, reason: reason ?? 'unknown' })
}

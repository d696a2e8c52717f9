import { decode, largestBatch, type EventStore, type Logger, type RecordedEvent } from '@muster/event-store'
import { isNonEmpty, type Clock, type NonEmpty } from '@muster/kernel'
import { CursorMoved, lockCursor, moveCursor, openCursor, readCursor, type Standing } from './cursors.ts'
import { holdLock } from './lock.ts'
import { makeNudges } from './nudges.ts'
import { failedAgain, firstParked, keyOf, park, parkedOf, retriesRequested, unpark, type ParkedEvent } from './parked.ts'
import { tellParking } from './parking.ts'
import { backOff } from './pause.ts'
import { cursorMoved } from './progress.ts'
import type { Database, Sql } from './sql.ts'
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

export const lockOf = (name: string): string => `subscription ${name}`

/** Returns when the signal aborts or somebody has moved the cursor (a rebuild); then whoever gets the lock begins at the cursor. */
async function lead(deps: RunnerDeps, subscription: Subscription, signal: AbortSignal): Promise<void> {
  const { store, database, now, logger } = deps
  const { name } = subscription
  let standing = await openCursor(database, name, now())
  const first = await firstParked(database, name)
  const parked = new Set(first.map(({ key }) => key))
  await tellEntered(deps, name, first)

  const leaving = new AbortController()
  const nudges = makeNudges(await database.session(), name, AbortSignal.any([signal, leaving.signal]))
  const batches = store.subscribe(standing.cursor, subscription.filter, AbortSignal.any([signal, leaving.signal]))[Symbol.asyncIterator]()
  try {
    let next = ask()
    while (!signal.aborted) {
      const step = nudges.due() ? 'nudged' : await Promise.race([next, nudges.wait()])
      if (step === 'nudged') {
        nudges.clear()
        if ((await readCursor(database, name))?.cursor !== standing.cursor) return
        if (parked.size > 0) await retry()
        await tick()
        continue
      }
      if (step.done === true) return
      await handle(step.value)
      next = ask()
    }
  } catch (error) {
    if (!(error instanceof CursorMoved)) throw error
    logger.info({ subscription: name }, error.message)
  } finally {
    leaving.abort()
    await batches.return?.()
  }

  /** The next batch. That it failed is seen when it is waited for, which may be after a nudge. */
  function ask(): Promise<IteratorResult<NonEmpty<RecordedEvent>>> {
    const next = batches.next()
    next.catch(() => undefined)
    return next
  }

  /** What it throws is told, and the next tick comes: nothing is parked for it, since no event is to blame. */
  async function tick(): Promise<void> {
    if (subscription.tick === undefined || signal.aborted) return
    try {
      await database.transaction(async tx => {
        await lockCursor(tx, name, standing)
        await subscription.tick?.(tx)
      })
    } catch (error) {
      if (error instanceof CursorMoved) throw error
      deps.onFailure?.({ name, error })
      logger.warn({ err: error, subscription: name }, 'the tick of a subscription failed and comes again')
    }
  }

  /** Until it is done: an error that passes by itself brings the same batch again. */
  async function handle(batch: NonEmpty<RecordedEvent>): Promise<void> {
    const started = performance.now()
    const last = batch.at(-1) ?? batch[0]
    const moved: Standing = { cursor: last.cursor, position: last.position }
    let failures = 0
    let alone = false
    while (!signal.aborted) {
      try {
        const entered = await database.transaction(async tx => {
          await lockCursor(tx, name, standing)
          const result = alone ? await handleAlone(tx, batch) : await handleTogether(tx, batch)
          await park(tx, name, result.waiting, now())
          await moveCursor(tx, name, moved, now())
          return result.entered
        })
        standing = moved
        for (const { key } of entered) parked.add(key)
        cursorMoved(name)
        deps.onBatch?.({ name, ...moved, size: batch.length, seconds: (performance.now() - started) / 1_000 })
        await tellEntered(deps, name, entered)
        return
      } catch (error) {
        if (error instanceof CursorMoved || standing === moved) throw error
        deps.onFailure?.({ name, error })
        if (isTransient(error)) {
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

  async function handleTogether(tx: Sql, batch: NonEmpty<RecordedEvent>): Promise<Handled> {
    const waiting = batch.filter(recorded => parked.has(keyOf(recorded)))
    const events = batch.filter(recorded => !parked.has(keyOf(recorded))).map(decode)
    if (isNonEmpty(events)) await subscription.handle(events, tx)
    return { waiting: waiting.map(recorded => ({ recorded })), entered: [] }
  }

  async function handleAlone(tx: Sql, batch: NonEmpty<RecordedEvent>): Promise<Handled> {
    const waiting: { recorded: RecordedEvent; reason?: string }[] = []
    const entered = new Map<string, ParkedEvent>()
    for (const recorded of batch) {
      const key = keyOf(recorded)
      if (parked.has(key) || entered.has(key)) {
        waiting.push({ recorded })
        continue
      }
      const failure = await attempt(tx, [recorded])
      if (failure === undefined) continue
      const { position, stream, id, context } = recorded
      const reason = reasonOf(failure.error)
      logger.error({ err: failure.error, subscription: name, key, position, event: id }, 'an event cannot be processed; its key is parked')
      waiting.push({ recorded, reason })
      entered.set(key, { position, key, stream, eventId: id, correlation: context.correlationid, reason })
    }
    return { waiting, entered: [...entered.values()] }
  }

  /** What is wrong with the events, if anything; nothing that they did stands then. */
  async function attempt(tx: Sql, batch: NonEmpty<RecordedEvent>): Promise<{ error: unknown } | undefined> {
    try {
      await tx.transaction(async savepoint => {
        const [head, ...rest] = batch
        await subscription.handle([decode(head), ...rest.map(decode)], savepoint)
      })
      return undefined
    } catch (error) {
      if (isTransient(error)) throw error
      return { error }
    }
  }

  async function retry(): Promise<void> {
    for (const key of await retriesRequested(database, name)) {
      try {
        const released = await database.transaction(tx => retryKey(tx, key))
        if (released) parked.delete(key)
        logger.info({ subscription: name, key, released }, released ? 'a parked key is released' : 'a parked key failed again')
      } catch (error) {
        if (!isTransient(error)) throw error
        // The request stands: the next nudge tries again.
        logger.warn({ err: error, subscription: name, key }, 'a retry comes again')
      }
    }
  }

  /** Whether nothing of the key waits any longer. */
  async function retryKey(tx: Sql, key: string): Promise<boolean> {
    await lockCursor(tx, name, standing)
    let processed = 0
    let correlation = ''
    for (;;) {
      const rows = await parkedOf(tx, name, key, largestBatch)
      if (!isNonEmpty(rows)) break
      const events = await contentsOf(store, rows)
      if ((await attempt(tx, events)) !== undefined) {
        for (const [index, recorded] of events.entries()) {
          const failure = await attempt(tx, [recorded])
          if (failure === undefined) {
            await unpark(tx, name, key, recorded.position)
            continue
          }
          await failedAgain(tx, name, rows[index] ?? rows[0], reasonOf(failure.error))
          return false
        }
      }
      const last = rows.at(-1) ?? rows[0]
      correlation ||= rows[0].correlation
      processed += rows.length
      await unpark(tx, name, key, last.position)
    }
    if (processed > 0) await tellParking(deps, name, key, correlation, { type: 'release-parking', events: processed })
    return true
  }
}

interface Handled {
  readonly waiting: readonly { readonly recorded: RecordedEvent; readonly reason?: string }[]
  readonly entered: readonly ParkedEvent[]
}

async function tellEntered(deps: RunnerDeps, name: string, failed: readonly ParkedEvent[]): Promise<void> {
  for (const { key, position, eventId, correlation, reason } of failed)
    await tellParking(deps, name, key, correlation, { type: 'enter-parking', position, event: eventId, reason: reason ?? 'unknown' })
}

/** The events of the rows, from the log. */
async function contentsOf(store: EventStore, rows: NonEmpty<ParkedEvent>): Promise<NonEmpty<RecordedEvent>> {
  const [first, ...rest] = [...new Set(rows.map(({ stream }) => stream))]
  const through = rows.at(-1)?.position ?? rows[0].position
  const recorded = new Map((await store.read([first ?? rows[0].stream, ...rest], { through })).map(event => [event.position, event]))
  const [head, ...others] = rows.map(({ position, stream }) => {
    const event = recorded.get(position)
    if (event === undefined) throw new Error(`the log has no event at position ${position} of ${stream}, and one is parked`)
    return event
  })
  return [head as RecordedEvent, ...others]
}

const reasonOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 2_000)

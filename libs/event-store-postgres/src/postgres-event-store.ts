import {
  largestBatch,
  type Cursor,
  type EventStore,
  type Filter,
  type Logger,
  type Position,
  type RecordedEvent,
  judge,
} from '@muster/event-store'
import { pause, isNonEmpty, type Clock, type NonEmpty } from '@muster/kernel'
import { Pool, type PoolConfig } from 'pg'
import { migrate } from './schema.ts'
import { insert, movedOn, readHead, readPage, readStanding, readStreams } from './statements.ts'
import { isUnavailable, orUnavailable } from './unavailable.ts'
import { listenForWakeUps } from './wake-ups.ts'

/*
 * The log on PostgreSQL.
 *
 * An append is two round trips: what the log has of the writes' streams and ids, then one statement that moves the head and inserts. The
 * head's lock is held from there to the commit, so a position is seen only when all below it are. Between the two, others may write. Then
 * a unique key is hit, nothing of the statement stands, and the writes are judged again by what is there now: each such round sees at
 * least one more write that was first, so the rounds end. What was answered without a write (a repeat, a wrong revision, an id that is
 * taken) stays true, since events never change or go.
 *
 * A later piece, group commit, can gather the writes of all callers in front of `append`: writes are judged and answered one by one already.
 */

export interface PostgresEventStoreSettings {
  readonly url: string
  readonly now: Clock
  readonly logger: Logger
  /** At most this many connections, besides the one that listens. */
  readonly connections?: number
  /** How long a reader that hears nothing waits before it looks, in milliseconds. */
  readonly pollMs?: number
}

export interface PostgresEventStore extends EventStore {
  /** Waits for what runs, then ends every connection. */
  close(): Promise<void>
}

/** Content of one batch, in bytes: what many subscriptions of one process can hold at once even when every event is as long as may be. */
const batchBytes = 4 * 1024 * 1024

/** Whoever is faster has written, and the next look judges that; to lose so often in a row is no race any longer. */
const mostAttempts = 20

/** Makes the tables, or brings them up to date. @throws NewerLog, StoreUnavailable */
export async function postgresEventStore(settings: PostgresEventStoreSettings): Promise<PostgresEventStore> {
  const { url, now, logger, connections = 10, pollMs = 1_000 } = settings
  const config: PoolConfig = { connectionString: url, application_name: 'muster log', keepAlive: true, connectionTimeoutMillis: 5_000 }
  const pool = new Pool({ ...config, max: connections })
  // A connection that is lost, idle or at work, is not used again; what it was doing fails by itself.
  pool.on('connect', client => {
    client.on('error', error => logger.debug({ err: error }, 'a connection to the log was lost'))
  })
  pool.on('error', error => logger.debug({ err: error }, 'an idle connection to the log was lost'))
  try {
    await orUnavailable(migrateOn(pool))
  } catch (error) {
    await pool.end()
    throw error
  }
  const wakeUps = listenForWakeUps(config, logger)
  const closing = new AbortController()

  const append: EventStore['append'] = async writes => {
    for (let attempts = 0; attempts < mostAttempts; attempts += 1) {
      const { rows, results } = judge(writes, await readStanding(pool, writes))
      if (rows.length === 0) return results(0)
      const base = await insert(pool, rows, now())
      if (base !== movedOn) return results(base)
    }
    const streams = [...new Set(writes.map(({ stream }) => stream))].join(', ')
    throw new Error(`${mostAttempts} times what was to be written had moved on: is something else writing to ${streams}?`)
  }

  /** The page behind the position, however long the database takes to answer. Empty only at the end of the log, or when the signal aborts. */
  async function pageAtLast(position: Position, filter: Filter, signal: AbortSignal): Promise<readonly RecordedEvent[]> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        return await readPage(pool, position, filter, largestBatch, batchBytes)
      } catch (error) {
        if (!isUnavailable(error)) throw error
        if (failures === 0) logger.warn({ err: error }, 'the log cannot be read; subscriptions wait')
        await pause(Math.min(2_000, 50 * 2 ** Math.min(failures, 10)), signal)
      }
    }
    return []
  }

  async function* subscribe(after: Cursor | 'start', filter: Filter, leaving: AbortSignal): AsyncGenerator<NonEmpty<RecordedEvent>> {
    const signal = AbortSignal.any([leaving, closing.signal])
    let position = positionOf(after)
    while (!signal.aborted) {
      // Before the page is read, so that what is appended meanwhile wakes us.
      const waiting = wakeUps.wait(filter, pollMs, signal)
      try {
        const page = await pageAtLast(position, filter, signal)
        if (signal.aborted) return
        if (isNonEmpty(page)) {
          position = page.at(-1)?.position ?? position
          yield page
        } else await waiting.woken
      } finally {
        waiting.cancel()
      }
    }
  }

  return {
    append: writes => orUnavailable(append(writes)),
    read: (streams, { through } = {}) => orUnavailable(readStreams(pool, streams, through)),
    readLog: async (after, filter, limit) => await orUnavailable(readPage(pool, positionOf(after), filter, limit)),
    subscribe,
    head: () => orUnavailable(readHead(pool)),
    cursorAt: String,
    async reachable() {
      try {
        await readHead(pool)
        return true
      } catch (error) {
        logger.debug({ err: error }, 'the log is not reachable')
        return false
      }
    },
    async close() {
      closing.abort()
      await wakeUps.close()
      await pool.end()
    },
  }
}

async function migrateOn(pool: Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await migrate(client)
  } finally {
    client.release()
  }
}

function positionOf(cursor: Cursor | 'start'): Position {
  if (cursor === 'start') return 0
  if (!/^\d{1,15}$/.test(cursor)) throw new RangeError(`"${cursor}" is not a cursor of this store`)
  return Number(cursor)
}

import {
  largestBatch,
  type Cursor,
  type EventStore,
  type Filter,
  type Logger,
  type Position,
  type RecordedEvent,
  type Standing,
  type Write,
  type WriteResult,
  judge,
} from '@muster/event-store'
import { pause, isNonEmpty, type Clock, type NonEmpty } from '@muster/kernel'
import type { StreamName } from '@muster/contracts'
import { Pool, type PoolConfig } from 'pg'
import { groupCommit } from './group-commit.ts'
import { migrate } from './schema.ts'
import { movedOn, readHead, readPage, readStanding, readStreams } from './statements.ts'
import { isUnavailable, orUnavailable } from './unavailable.ts'
import { tailOf, type Page } from './tail.ts'
import { listenForWakeUps } from './wake-ups.ts'
import { writer } from './writer.ts'

/*
 * The log on PostgreSQL.
 *
 * All appends that wait are one statement (`group-commit.ts`): it believes what the writes expect, looks that each stream reaches so far, moves the
 * head and inserts. The head's lock is held from there to the commit, so a position is seen only when all below it are. Where the log is otherwise
 * (a race, a repeat, an id that is taken) nothing of it stands: the writes are judged by what the log has and sent again. Each such round sees at
 * least one more write that was first, so the rounds end. What was answered without a write stays true, since events never change or go.
 */

export interface PostgresEventStoreSettings {
  readonly url: string
  readonly now: Clock
  readonly logger: Logger
  /** At most this many connections, besides the one that listens and the one that appends. */
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
  const { insert, close: closeWriter } = writer(config, logger)
  const closing = new AbortController()

  const commit = async (writes: NonEmpty<Write>): Promise<readonly WriteResult[]> => {
    for (let attempts = writes.every(isPossible) ? 0 : 1; attempts < mostAttempts; attempts += 1) {
      const { rows, results } = judge(writes, attempts === 0 ? asExpected(writes) : await readStanding(pool, writes))
      // What is written proves what was believed of its stream. Of a stream that nothing is written to, nothing is known yet.
      if (attempts === 0 && new Set(rows.map(({ stream }) => stream)).size < new Set(writes.map(({ stream }) => stream)).size) continue
      if (rows.length === 0) return results(0)
      const base = await insert(rows, now())
      if (base !== movedOn) return results(base)
    }
    const streams = [...new Set(writes.map(({ stream }) => stream))].join(', ')
    throw new Error(`${mostAttempts} times what was to be written had moved on: is something else writing to ${streams}?`)
  }
  const { append } = groupCommit(commit)

  const tail = tailOf((after, filter) => readPage(pool, after, filter, largestBatch, batchBytes), batchBytes)

  /** The page behind the position, however long the database takes to answer. Empty only at the end of the log, or when the signal aborts. */
  async function pageAtLast(position: Position, filter: Filter, signal: AbortSignal): Promise<Page> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        return await tail.next(position, filter)
      } catch (error) {
        if (!isUnavailable(error)) throw error
        if (failures === 0) logger.warn({ err: error }, 'the log cannot be read; subscriptions wait')
        await pause(Math.min(2_000, 50 * 2 ** Math.min(failures, 10)), signal)
      }
    }
    return { events: [], through: position }
  }

  async function* subscribe(after: Cursor | 'start', filter: Filter, leaving: AbortSignal): AsyncGenerator<NonEmpty<RecordedEvent>> {
    const signal = AbortSignal.any([leaving, closing.signal])
    let position = positionOf(after)
    const leave = tail.join(filter)
    try {
      while (!signal.aborted) {
        // Before the page is read, so that what is appended meanwhile wakes us.
        const waiting = wakeUps.wait(filter, pollMs, signal)
        try {
          const { events, through } = await pageAtLast(position, filter, signal)
          if (signal.aborted) return
          position = through
          if (isNonEmpty(events)) yield events
          else await waiting.woken
        } finally {
          waiting.cancel()
        }
      }
    } finally {
      leave()
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
      await closeWriter()
      await pool.end()
    },
  }
}

/** Whether a stream may end there. Whoever only wants to know whether a repeat stands expects what cannot be. */
const isPossible = ({ expected }: Write): boolean => expected === 'no-stream' || expected < highestRevision
const highestRevision = 2 ** 31 - 1

/** The log as the writes believe it to be. The position of what was there before is not known, and nobody asks for it. */
function asExpected(writes: readonly Write[]): Standing {
  const expected = new Map<StreamName, number>()
  for (const { stream, expected: revision } of writes)
    if (!expected.has(stream)) expected.set(stream, revision === 'no-stream' ? -1 : revision)
  return {
    current(stream) {
      const revision = expected.get(stream) ?? -1
      return revision < 0 ? undefined : { revision, position: 0 }
    },
    find: () => undefined,
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

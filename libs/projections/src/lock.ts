import { isUnavailable } from './transient.ts'
import { pause } from '@muster/kernel'
import type { Database } from './sql.ts'

/* One process at a time, by a lock of the database that ends with the connection that holds it. */

export interface Hold {
  /** Aborts when the lock may be somebody else's from now on. */
  readonly lost: AbortSignal
  release(): Promise<void>
}

/** Those who stand by try this often, in milliseconds. */
const standBy = 500

/** Waits until this process has the lock; undefined when the signal aborted before. */
export async function holdLock(database: Database, name: string, signal: AbortSignal): Promise<Hold | undefined> {
  while (!signal.aborted) {
    const hold = await tryLock(database, name)
    if (hold !== undefined) return hold
    await pause(standBy, signal)
  }
  return undefined
}

/** The lock, if nobody has it and the database answers. */
export async function tryLock(database: Database, name: string): Promise<Hold | undefined> {
  try {
    const session = await database.session()
    if (session.locks.has(name)) return undefined
    session.locks.add(name)
    const [row] = await session
      .query<{ held: boolean }>('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held', [name])
      .catch((error: unknown) => {
        session.locks.delete(name)
        throw error
      })
    if (row?.held !== true) {
      session.locks.delete(name)
      return undefined
    }
    return {
      lost: session.lost,
      async release() {
        // A lost session has released it already.
        if (!session.lost.aborted)
          await session.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name]).catch((error: unknown) => {
            if (!isUnavailable(error) && !session.lost.aborted) throw error
          })
        session.locks.delete(name)
      },
    }
  } catch (error) {
    if (isUnavailable(error)) return undefined
    throw error
  }
}

/**
 * Waits for the lock of this name and does the work while it is held. Resolves when the work has ended; the work is told to by its signal,
 * when `signal` aborts or the lock is lost.
 */
export async function exclusively(
  database: Database,
  name: string,
  work: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const hold = await holdLock(database, name, signal)
  if (hold === undefined) return
  try {
    await work(AbortSignal.any([signal, hold.lost]))
  } finally {
    await hold.release()
  }
}

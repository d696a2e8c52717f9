import { streamName, type StreamName } from '@muster/contracts'
import { memoryEventStore, type EventStore, type Logger } from '@muster/event-store'
import { appendAnyhow, eventually } from '@muster/event-store/testing'
import { canonicalJson } from '@muster/contracts'
import { randomUUID } from 'node:crypto'
import { runSubscription, type RunnerDeps } from '../runner.ts'
import { openSql } from '../database.ts'
import type { Database } from '../sql.ts'
import type { Subscription } from '../subscription.ts'

/* What the tests of this library share: a log to write into, and runners to start and stop. */

export const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} }
export const now = (): string => new Date().toISOString()
export const newStore = (): EventStore => memoryEventStore({ now })

/** Records what the registry knows as `model.owner-assigned`, with the owner as the thing that tests look at. */
export async function assign(store: EventStore, model: string, owner: string, type = 'model.owner-assigned.v1'): Promise<number> {
  const stream: StreamName = streamName('model', model)
  const id = randomUUID()
  const result = await appendAnyhow(store, stream, [
    {
      id,
      type,
      data: canonicalJson({ owner }),
      context: {
        id,
        source: '/test',
        type: `dev.muster.${type}`,
        subject: model,
        partitionkey: model,
        time: '2026-01-01T00:00:00.000Z',
        correlationid: id,
      },
    },
  ])
  return 'position' in result ? result.position : 0
}

export interface Runner {
  readonly failures: unknown[]
  readonly batches: number[]
  stop(): Promise<void>
}

export function start(store: EventStore, database: Database, subscription: Subscription): Runner {
  const stopping = new AbortController()
  const failures: unknown[] = []
  const batches: number[] = []
  const deps: RunnerDeps = {
    store,
    database,
    logger: silent,
    now,
    onBatch: ({ size }) => batches.push(size),
    onFailure: ({ error }) => failures.push(error),
  }
  const ended = runSubscription(deps, subscription, stopping.signal)
  return {
    failures,
    batches,
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

export const open = (url: string): Promise<Database> => openSql(url, { logger: silent })

/** Ends the connections that hold the locks, as a database or a network would. */
export const endSessions = (database: Database): Promise<unknown> =>
  database.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE datname = current_database() AND application_name = 'muster session'`)

export { eventually }

import type { Logger } from '@muster/event-store'
import { Client, type ClientConfig, type QueryResultRow } from 'pg'

/** One connection outside the pool. Session locks live as long as it does, so whoever holds one stops when `lost` aborts. */
export interface Session {
  readonly lost: AbortSignal
  /** Names of the locks that this process holds, or is about to: the database would give one session the same lock twice. */
  readonly locks: Set<string>
  query<Row>(text: string, values: readonly unknown[]): Promise<Row[]>
  /** Hears the names of subscriptions that somebody wants to look up from their work. Returns what ends it. */
  listen(listener: (name: string) => void): () => void
  close(): Promise<void>
}

/** A hint that the holder of the subscription named in the payload has something to look at; it looks by itself every second, too. */
export const channel = 'muster_subscriptions'

export async function openSession(config: ClientConfig, logger: Logger): Promise<Session> {
  const client = new Client(config)
  const losing = new AbortController()
  const listeners = new Set<(name: string) => void>()
  client.on('end', () => losing.abort())
  client.on('error', error => {
    logger.debug({ err: error }, 'the connection that holds the locks was lost')
    losing.abort()
  })
  client.on('notification', ({ payload }) => {
    for (const listener of listeners) listener(payload ?? '')
  })
  await client.connect()
  await client.query(`LISTEN ${channel}`)

  // One after another: whoever asks waits for those before, however they end.
  let last: Promise<unknown> = Promise.resolve()
  return {
    lost: losing.signal,
    locks: new Set(),
    async query<Row>(text: string, values: readonly unknown[]) {
      const mine = last.then(() => client.query<QueryResultRow>(text, [...values]))
      last = mine.catch(() => undefined)
      return (await mine).rows as Row[]
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async close() {
      losing.abort()
      await client.end()
    },
  }
}

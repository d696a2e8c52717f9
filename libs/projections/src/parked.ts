import type { Page, ParkedKey, StreamName } from '@muster/contracts'
import type { Position, RecordedEvent } from '@muster/event-store'
import { channel } from './session.ts'
import type { Sql } from './sql.ts'

/* The table `muster.parked`: for each key that failed, the event that did and all of the same key behind it. */

export interface ParkedEvent {
  readonly position: Position
  readonly key: string
  readonly stream: StreamName
  readonly eventId: string
  readonly correlation: string
  /** Null: it only waits behind one that failed. */
  readonly reason: string | null
}

const columns = 'position, key, stream, event_id AS "eventId", correlation, reason'

export const keyOf = ({ context }: RecordedEvent): string => context.partitionkey

export async function park(
  tx: Sql,
  subscription: string,
  events: readonly { readonly recorded: RecordedEvent; readonly reason?: string }[],
  at: string,
): Promise<void> {
  if (events.length === 0) return
  await tx.query(
    `INSERT INTO muster.parked (subscription, position, key, stream, event_id, type, correlation, reason, since, attempts)
     SELECT $1, e.position, e.key, e.stream, e.event_id, e.type, e.correlation, e.reason, $9, (e.reason IS NOT NULL)::int
       FROM unnest($2::bigint[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[])
         AS e (position, key, stream, event_id, type, correlation, reason)`,
    [
      subscription,
      events.map(({ recorded }) => recorded.position),
      events.map(({ recorded }) => keyOf(recorded)),
      events.map(({ recorded }) => recorded.stream),
      events.map(({ recorded }) => recorded.id),
      events.map(({ recorded }) => recorded.type),
      events.map(({ recorded }) => recorded.context.correlationid),
      events.map(({ reason }) => reason ?? null),
      at,
    ],
  )
}

/** The first event of each key that waits: the one that failed. */
export const firstParked = (sql: Sql, subscription: string): Promise<ParkedEvent[]> =>
  sql.query<ParkedEvent>(`SELECT DISTINCT ON (key) ${columns} FROM muster.parked WHERE subscription = $1 ORDER BY key, position`, [
    subscription,
  ])

/** For each key that waits: how many events. */
export const waitingKeys = (sql: Sql, subscription: string): Promise<{ key: string; events: number; correlation: string }[]> =>
  sql.query('SELECT key, count(*) AS events, min(correlation) AS correlation FROM muster.parked WHERE subscription = $1 GROUP BY key', [
    subscription,
  ])

/** Which of the streams hold an event that the subscription has parked. */
export async function parkedStreams(sql: Sql, subscription: string, streams: readonly StreamName[]): Promise<ReadonlySet<string>> {
  if (streams.length === 0) return new Set()
  const rows = await sql.query<{ stream: string }>(
    'SELECT DISTINCT stream FROM muster.parked WHERE subscription = $1 AND stream = ANY($2::text[])',
    [subscription, streams],
  )
  return new Set(rows.map(({ stream }) => stream))
}

export const parkedOf = (sql: Sql, subscription: string, key: string, limit: number): Promise<ParkedEvent[]> =>
  sql.query<ParkedEvent>(`SELECT ${columns} FROM muster.parked WHERE subscription = $1 AND key = $2 ORDER BY position LIMIT $3`, [
    subscription,
    key,
    limit,
  ])

export async function unpark(tx: Sql, subscription: string, key: string, through: Position): Promise<void> {
  await tx.query('DELETE FROM muster.parked WHERE subscription = $1 AND key = $2 AND position <= $3', [subscription, key, through])
}

export async function failedAgain(tx: Sql, subscription: string, { key, position }: ParkedEvent, reason: string): Promise<void> {
  await tx.query('UPDATE muster.parked SET retry_requested = false WHERE subscription = $1 AND key = $2 AND retry_requested', [
    subscription,
    key,
  ])
  await tx.query('UPDATE muster.parked SET reason = $3, attempts = attempts + 1 WHERE subscription = $1 AND position = $2', [
    subscription,
    position,
    reason,
  ])
}

export async function retriesRequested(sql: Sql, subscription: string): Promise<string[]> {
  const rows = await sql.query<{ key: string }>('SELECT DISTINCT key FROM muster.parked WHERE subscription = $1 AND retry_requested', [
    subscription,
  ])
  return rows.map(({ key }) => key)
}

/** Asks the subscription's holder, wherever it runs, to try the key again. False when nothing of the key is parked. */
export async function requestRetry(sql: Sql, subscription: string, key: string): Promise<boolean> {
  const rows = await sql.query('UPDATE muster.parked SET retry_requested = true WHERE subscription = $1 AND key = $2 RETURNING position', [
    subscription,
    key,
  ])
  await sql.query(`SELECT pg_notify('${channel}', $1)`, [subscription])
  return rows.length > 0
}

/** Newest first. */
export async function listParked(
  sql: Sql,
  { subscription, limit = 50, cursor }: { readonly subscription?: string; readonly limit?: number; readonly cursor?: string } = {},
): Promise<Page<ParkedKey & { readonly attempts: number }>> {
  const [, position, name] = /^(\d{1,15}) (.+)$/.exec(cursor ?? '') ?? []
  const rows = await sql.query<ParkedKey & { readonly attempts: number }>(
    `SELECT * FROM (
       SELECT DISTINCT ON (subscription, key) subscription, key, count(*) OVER (PARTITION BY subscription, key) AS events, position,
              event_id AS event, type, coalesce(reason, '') AS reason, since, retry_requested AS "retryRequested", attempts
         FROM muster.parked WHERE $1::text IS NULL OR subscription = $1
        ORDER BY subscription, key, muster.parked.position) AS keys
      WHERE $2::bigint IS NULL OR (position, subscription) < ($2, $3)
      ORDER BY position DESC, subscription DESC LIMIT $4`,
    [subscription ?? null, position ?? null, name ?? null, limit + 1],
  )
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, ...(rows.length > limit && last !== undefined && { next: `${last.position} ${last.subscription}` }) }
}

/** How many keys each subscription has parked; one that has none is not there. */
export const countParked = (sql: Sql): Promise<{ subscription: string; keys: number; events: number }[]> =>
  sql.query('SELECT subscription, count(DISTINCT key) AS keys, count(*) AS events FROM muster.parked GROUP BY subscription', [])

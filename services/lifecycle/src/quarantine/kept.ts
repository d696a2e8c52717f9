import type { ReceivedMessage } from '@muster/bus'
import type { Page, QuarantineEntry, QuarantineReason } from '@muster/contracts'
import { pageBelow, pageFrom } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import type { Claimed } from '../intake/cloud-event.ts'
import type { Refusal } from '../intake/refusal.ts'

/* The rows of `tables.ts`. */

export interface Quarantined {
  readonly sha256: string
  readonly message: ReceivedMessage
  readonly refusal: Refusal
  readonly claimed: Claimed
}

/**
 * Keeps them, or counts them when their bytes are there already, and tells which are in quarantine now. What Kafka brings again (same
 * partition, same offset) counts once, so this bears to be repeated. Bytes that come anew after their release are in quarantine again.
 */
export async function keep(sql: Sql, entries: readonly Quarantined[], at: string): Promise<ReadonlySet<string>> {
  return await sql.transaction(async tx => {
    for (const { sha256, message, refusal, claimed } of entries) {
      const { value, rawHeaders, key, topic, partition, offset } = message
      const place = `${topic}/${partition}`
      await tx.query(
        `INSERT INTO lifecycle.quarantine AS kept (sha256, value, headers, key, topic, partition, "offset", code, message, path, claimed, times,
           seen, first_seen, last_seen)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, jsonb_build_object($12::text, $7::bigint), $13, $13)
         ON CONFLICT (sha256) DO UPDATE SET times = kept.times + 1, seen = kept.seen || excluded.seen, last_seen = excluded.last_seen,
           code = excluded.code, message = excluded.message, path = excluded.path, headers = excluded.headers, key = excluded.key,
           topic = excluded.topic, partition = excluded.partition, "offset" = excluded."offset",
           released_at = NULL, released_outcome = NULL, released_by = NULL
         WHERE coalesce((kept.seen ->> $12)::bigint, -1) < excluded."offset"`,
        [
          sha256,
          value === null ? null : Buffer.from(value),
          JSON.stringify(mapped(rawHeaders, bytes => Buffer.from(bytes).toString('base64'))),
          key === null ? null : Buffer.from(key),
          topic,
          partition,
          offset,
          refusal.code,
          refusal.message,
          refusal.path ?? null,
          JSON.stringify(claimed),
          place,
          at,
        ],
      )
    }
    const open = await tx.query<{ sha256: string }>(
      'SELECT sha256 FROM lifecycle.quarantine WHERE sha256 = ANY($1::text[]) AND released_at IS NULL',
      [entries.map(({ sha256 }) => sha256)],
    )
    return new Set(open.map(({ sha256 }) => sha256))
  })
}

/** Replaying it came out otherwise than before. */
export async function keepReason(sql: Sql, sha256: string, { code, message, path }: Refusal): Promise<void> {
  await sql.query('UPDATE lifecycle.quarantine SET code = $2, message = $3, path = $4 WHERE sha256 = $1', [
    sha256,
    code,
    message,
    path ?? null,
  ])
}

export interface Release {
  readonly outcome: 'replayed' | 'discarded'
  readonly by: string
  readonly at: string
}

export async function keepRelease(sql: Sql, sha256: string, { outcome, by, at }: Release): Promise<void> {
  await sql.query(
    `UPDATE lifecycle.quarantine SET released_at = $2, released_outcome = $3, released_by = $4 WHERE sha256 = $1 AND released_at IS NULL`,
    [sha256, at, outcome, by],
  )
}

export interface KeptMessage {
  readonly entry: QuarantineEntry
  readonly value: Uint8Array | null
  readonly rawHeaders: Readonly<Record<string, Uint8Array>>
  readonly key: string | null
}

interface Row {
  readonly sha256: string
  readonly code: QuarantineReason['code']
  readonly message: string
  readonly path: string | null
  readonly topic: string
  readonly key: Buffer | null
  readonly size: number
  readonly times: number
  readonly firstSeen: string
  readonly lastSeen: string
  readonly releasedAt: string | null
  readonly outcome: 'replayed' | 'discarded' | null
  readonly by: string | null
}

const columns = `sha256, code, message, path, topic, key, coalesce(length(value), 0) AS size, times, first_seen AS "firstSeen",
  last_seen AS "lastSeen", released_at AS "releasedAt", released_outcome AS outcome, released_by AS by`

export async function findKept(sql: Sql, sha256: string): Promise<KeptMessage | undefined> {
  const [row] = await sql.query<Row & { value: Buffer | null; headers: Record<string, string> }>(
    `SELECT ${columns}, value, headers FROM lifecycle.quarantine WHERE sha256 = $1`,
    [sha256],
  )
  if (row === undefined) return undefined
  const rawHeaders = mapped(row.headers, base64 => Buffer.from(base64, 'base64'))
  return { entry: entryOf(row), value: row.value, rawHeaders, key: row.key?.toString('utf8') ?? null }
}

export interface Wanted {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly released?: boolean | undefined
  readonly code?: QuarantineReason['code'] | undefined
}

/** What was first seen last comes first. */
export async function listKept(sql: Sql, { limit, cursor, released, code }: Wanted): Promise<Page<QuarantineEntry>> {
  const rows = await sql.query<Row & { entry: number }>(
    `SELECT ${columns}, entry FROM lifecycle.quarantine
     WHERE entry < $1
       AND ($2::boolean IS NULL OR (released_at IS NOT NULL) = $2)
       AND ($3::text IS NULL OR code = $3)
     ORDER BY entry DESC LIMIT $4`,
    [pageBelow(cursor), released ?? null, code ?? null, limit + 1],
  )
  return pageFrom(rows, limit, ({ entry }) => entry, entryOf)
}

export async function countOpen(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ open: number }>('SELECT count(*) AS open FROM lifecycle.quarantine WHERE released_at IS NULL', [])
  return row?.open ?? 0
}

const entryOf = ({
  path,
  key,
  releasedAt,
  outcome,
  by,
  code,
  sha256,
  message,
  topic,
  size,
  times,
  firstSeen,
  lastSeen,
}: Row): QuarantineEntry => ({
  sha256,
  code,
  message,
  ...(path !== null && { pointer: path }),
  topic,
  ...(key !== null && { key: key.toString('utf8') }),
  size,
  times,
  firstSeen,
  lastSeen,
  ...(releasedAt !== null && outcome !== null && by !== null && { released: { at: releasedAt, outcome, by } }),
})

const mapped = <From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))

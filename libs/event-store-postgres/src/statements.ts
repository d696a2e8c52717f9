import { parseStream, type Context, type StreamName } from '@muster/contracts'
import type { Filter, Position, RecordedEvent, Revision, Row, Standing, Write } from '@muster/event-store'
import { DatabaseError, type ClientBase, type Pool, type QueryConfig, type QueryResultRow } from 'pg'
import { intArray, textArray, uuidArray } from './binary-arrays.ts'

/* Every statement that the store sends. All are named, so that each connection parses and plans them once. */

/** As `columns` come, each as text. Rows as lists, since a log is long and every row has the same names. */
type EventRow = readonly [
  position: string,
  stream: StreamName,
  revision: string,
  id: string,
  type: string,
  milliseconds: string,
  context: string,
  data: string,
]
const columns = 'e.position, e.stream, e.revision, e.id, e.type, (extract(epoch FROM e.recordedtime) * 1000)::bigint, e.context, e.data'
const asText = { getTypeParser: () => (text: string) => text } as unknown as NonNullable<QueryConfig['types']>

function recordedEvent([position, stream, revision, id, type, milliseconds, context, data]: EventRow): RecordedEvent {
  return {
    stream,
    revision: Number(revision),
    id,
    type,
    data,
    position: Number(position),
    cursor: position,
    // It was a Context when it was written.
    context: JSON.parse(context) as Context,
    recordedtime: instantOf(milliseconds),
  }
}

/** Events that were appended together have one time: it is written out once. */
let lastInstant = { milliseconds: '', text: '' }
function instantOf(milliseconds: string): string {
  if (lastInstant.milliseconds !== milliseconds) lastInstant = { milliseconds, text: new Date(Number(milliseconds)).toISOString() }
  return lastInstant.text
}

async function queryEvents(pool: Pool, name: string, text: string, values: unknown[]): Promise<RecordedEvent[]> {
  const { rows } = await pool.query<EventRow & unknown[]>({ name, text, values, rowMode: 'array', types: asText })
  return rows.map(recordedEvent)
}

async function query<R extends QueryResultRow>(pool: Pool | ClientBase, name: string, text: string, values: unknown[]): Promise<R[]> {
  return (await pool.query<R>({ name, text, values })).rows
}

/** What the log has of the writes' streams and ids: one statement, so one moment. */
export async function readStanding(pool: Pool, writes: readonly Write[]): Promise<Standing> {
  type Known = { stream: StreamName; revision: number; position: string } & (
    | { id: null }
    | { id: string; type: string; context: string; data: string }
  )
  const streams = [...new Set(writes.map(({ stream }) => stream))]
  const ids = writes.flatMap(({ events }) => events.map(({ id }) => id))
  const rows = await query<Known>(
    pool,
    'log-standing',
    `SELECT tip.stream, tip.revision, tip.position, NULL::uuid AS id, NULL AS type, NULL AS context, NULL AS data
       FROM unnest($1::text[]) AS named(stream)
      CROSS JOIN LATERAL (SELECT stream, revision, position FROM log.events WHERE stream = named.stream ORDER BY revision DESC LIMIT 1) AS tip
     UNION ALL
     SELECT e.stream, e.revision, e.position, e.id, e.type, e.context, e.data FROM log.events e WHERE e.id = ANY ($2::uuid[])`,
    [streams, ids],
  )
  const tips = new Map<StreamName, { revision: number; position: Position }>()
  const found = new Map<string, ReturnType<Standing['find']>>()
  for (const row of rows) {
    const place = { stream: row.stream, revision: row.revision, position: Number(row.position) }
    if (row.id === null) tips.set(row.stream, place)
    else {
      const { subject } = JSON.parse(row.context) as Context
      found.set(row.id, { ...place, type: row.type, subject, data: row.data })
    }
  }
  // PostgreSQL answers ids in lower case, however they were given.
  return { current: stream => tips.get(stream), find: id => found.get(id.toLowerCase()) }
}

/** The log is no longer as it was when the rows were judged. */
export const movedOn = Symbol('moved on')

/**
 * Inserts all rows or none, in one statement that is its own transaction: it looks whether each stream has the revision before its first row,
 * takes the head's lock, inserts, and commits without waiting for us in between. Resolves to the position before the first row.
 *
 * A stream that ends earlier lacks that revision; one that is longer has the revision that would be inserted, which the key refuses. Then the
 * log is not as it was judged to be; nothing was written and the head did not move.
 *
 * `written` is known to stand, up to that revision of each stream, and is not looked for.
 */
export async function insert(
  client: ClientBase,
  rows: readonly Row[],
  now: string,
  written: ReadonlyMap<StreamName, Revision>,
): Promise<Position | typeof movedOn> {
  const categories = rows.map(({ stream }) => parseStream(stream).category)
  const firsts = new Map<StreamName, number>()
  for (const { stream, revision } of rows) if (!firsts.has(stream)) firsts.set(stream, revision)
  const continued = [...firsts].filter(([stream, revision]) => revision - 1 > (written.get(stream) ?? -1))
  try {
    const [row] = await query<{ base: string }>(
      client,
      'log-append',
      `WITH moved AS (
         SELECT 1 FROM unnest($10::text[], $11::int[]) AS first (stream, revision)
          WHERE (SELECT 1 FROM log.events e WHERE e.stream = first.stream AND e.revision = first.revision - 1) IS NULL
       ), head AS (
         UPDATE log.head SET position = position + cardinality($1::text[]), recordedtime = greatest(recordedtime, $8::timestamptz)
          WHERE NOT EXISTS (SELECT FROM moved)
         RETURNING position - cardinality($1::text[]) AS base, recordedtime
       ), inserted AS (
         INSERT INTO log.events (position, stream, revision, id, category, type, recordedtime, context, data)
         SELECT head.base + item.place, item.stream, item.revision, item.id, item.category, item.type, head.recordedtime, item.context, item.data
           FROM head, unnest($1::text[], $2::int[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[])
             WITH ORDINALITY AS item (stream, revision, id, category, type, context, data, place)
       )
       SELECT base, pg_notify('${channel}', $9) FROM head`,
      [
        textArray(rows.map(({ stream }) => stream)),
        intArray(rows.map(({ revision }) => revision)),
        uuidArray(rows.map(({ event }) => event.id)),
        textArray(categories),
        textArray(rows.map(({ event }) => event.type)),
        textArray(rows.map(({ event }) => JSON.stringify(event.context))),
        textArray(rows.map(({ event }) => event.data)),
        now,
        [...new Set(categories)].join(' '),
        textArray(continued.map(([stream]) => stream)),
        intArray(continued.map(([, revision]) => revision)),
      ],
    )
    return row === undefined ? movedOn : Number(row.base)
  } catch (error) {
    if (error instanceof DatabaseError && error.code === '23505') return movedOn
    throw error
  }
}

/** Carries the categories of what was appended, with spaces between. */
export const channel = 'muster_log'

export async function readStreams(pool: Pool, streams: readonly StreamName[], through: Position | undefined): Promise<RecordedEvent[]> {
  return await queryEvents(
    pool,
    'log-read',
    `SELECT ${columns} FROM log.events e WHERE e.stream = ANY ($1::text[]) AND ($2::bigint IS NULL OR e.position <= $2) ORDER BY e.position`,
    [streams, through ?? null],
  )
}

/**
 * At most `limit` events, and no more than about `bytes` of content where that is given, though always one. (PostgreSQL knows the length of
 * a long text without reading it.)
 */
export async function readPage(
  pool: Pool,
  after: Position,
  { categories, except = [] }: Filter,
  limit: number,
  bytes: number | null = null,
): Promise<RecordedEvent[]> {
  const values: unknown[] = [after, limit]
  const given = (value: unknown): string => `$${values.push(value)}`
  const wanted = except.length === 0 ? '' : ` AND regexp_replace(type, '[.]v[0-9]+$', '') <> ALL (${given(except)}::text[])`
  // Each event is looked up by its position, in a subquery that the planner cannot turn into a join: it knows neither the limit nor how far behind
  // the end of the log we stand, and would rather read the whole log for a few events. Of categories, positions come from the index of each one
  // alone; so a rare category costs nothing among many others.
  const page =
    categories === undefined
      ? `SELECT * FROM log.events WHERE position > $1${wanted} ORDER BY position LIMIT $2`
      : `SELECT found.*
           FROM (SELECT each.position
                   FROM unnest(${given([...new Set(categories)])}::text[]) AS wanted (category)
                  CROSS JOIN LATERAL (SELECT position FROM log.events
                                       WHERE category = wanted.category AND position > $1${wanted} ORDER BY position LIMIT $2) AS each
                  ORDER BY each.position LIMIT $2) AS page
          CROSS JOIN LATERAL (SELECT * FROM log.events WHERE position = page.position LIMIT 1) AS found`
  const bounded =
    bytes === null
      ? page
      : `SELECT * FROM (SELECT *, sum(octet_length(data)) OVER (ORDER BY position) - octet_length(data) AS before FROM (${page}) AS page) AS sums
          WHERE before < ${given(bytes)}::bigint`
  // Every filter and bound has one text, which each connection plans once.
  const text = `SELECT ${columns} FROM (${bounded}) AS e ORDER BY e.position`
  const name = [
    'log-page',
    ...(categories === undefined ? [] : ['of']),
    ...(wanted === '' ? [] : ['except']),
    ...(bytes === null ? [] : ['in']),
  ]
  return await queryEvents(pool, name.join('-'), text, values)
}

export async function readHead(pool: Pool): Promise<Position> {
  const [row] = await query<{ position: string }>(pool, 'log-head', 'SELECT position FROM log.head', [])
  if (row === undefined) throw new Error('the table log.head has lost its row')
  return Number(row.position)
}

import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql'
import type { StreamName } from '@muster/contracts'
import type { EventStore, NewEvent } from '@muster/event-store'
import { postgresEventStore } from '@muster/event-store-postgres'
import { Client, Pool } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { freshDatabase } from '../../infra/test/database.ts'

/* Those that store events, each in a database of its own on one PostgreSQL. Every append is one event, answered when it is on the disk. */

export interface Contender {
  readonly name: 'muster' | 'emmett' | 'insert'
  /** `n` counts within the stream, from 0. */
  append(stream: StreamName, n: number, event: NewEvent): Promise<void>
  /** How many it has, to see that all are there. */
  count(): Promise<number>
  close(): Promise<void>
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const now = (): string => new Date().toISOString()

/**
 * `end()` of a pool resolves before its connections are closed, so that dropping the database can still end one of them, and an error that nobody
 * listens to ends the bench. A connection that is lost under work fails that work by itself.
 */
function poolOn(url: string, connections: number): Pool {
  const pool = new Pool({ connectionString: url, max: connections })
  pool.on('error', () => {})
  return pool
}

export async function muster(server: string): Promise<Contender & { readonly store: EventStore; readonly url: string }> {
  const database = await freshDatabase(server)
  const store = await postgresEventStore({ url: database.url, now, logger: quiet })
  return {
    name: 'muster',
    url: database.url,
    store,
    async append(stream, n, event) {
      const [result] = await store.append([{ stream, expected: n === 0 ? 'no-stream' : n - 1, events: [event] }])
      if (result?.kind !== 'written') throw new Error(`not written: ${JSON.stringify(result)}`)
    },
    count: () => store.head(),
    async close() {
      await store.close()
      await database.drop()
    },
  }
}

export async function emmett(server: string, connections: number): Promise<Contender> {
  const database = await freshDatabase(server)
  const pool = poolOn(database.url, connections)
  const store = getPostgreSQLEventStore(database.url, { connectionOptions: { pool } })
  await store.schema.migrate()
  return {
    name: 'emmett',
    async append(stream, n, { id, type, data, context }) {
      // It takes objects, and writes them as JSON by itself: that is its way, and part of what is measured.
      await store.appendToStream(
        stream,
        [{ type, data: JSON.parse(data) as Record<string, unknown>, metadata: { messageId: id, ...context } }],
        {
          expectedStreamVersion: n === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(n),
        },
      )
    },
    count: async () => Number((await pool.query<{ n: string }>('select count(*) as n from emt_messages')).rows[0]?.n),
    async close() {
      await store.close()
      await pool.end()
      await database.drop()
    },
  }
}

/** The columns and keys of the log, without its guarantees: no order, nothing expected. */
const table = `
create table events (
  position bigint generated always as identity primary key, stream text collate "C" not null, revision integer not null, id uuid not null unique,
  category text collate "C" not null, type text collate "C" not null, recordedtime timestamptz not null, context text not null, data text not null,
  unique (stream, revision)
);
create index on events (category, position);
alter table events alter column data set storage external`

export async function preparedInsert(server: string, connections: number): Promise<Contender> {
  const database = await freshDatabase(server)
  const pool = poolOn(database.url, connections)
  await pool.query(table)
  return {
    name: 'insert',
    async append(stream, n, { id, type, data, context }) {
      await pool.query({
        name: 'append',
        text: 'insert into events (stream, revision, id, category, type, recordedtime, context, data) values ($1, $2, $3, $4, $5, $6, $7, $8)',
        values: [stream, n, id, 'version', type, now(), JSON.stringify(context), data],
      })
    },
    count: async () => Number((await pool.query<{ n: string }>('select count(*) as n from events')).rows[0]?.n),
    async close() {
      await pool.end()
      await database.drop()
    },
  }
}

/** Rows a second of one binary COPY of rows that were built beforehand, into the same table. */
export async function copyRate(
  server: string,
  events: readonly (readonly [stream: StreamName, n: number, event: NewEvent])[],
): Promise<number> {
  const database = await freshDatabase(server)
  const client = new Client({ connectionString: database.url })
  await client.connect()
  try {
    await client.query(table)
    const rows = [header, ...events.map(([stream, n, event]) => rowOf(stream, n, event)), trailer]
    const began = performance.now()
    await pipeline(
      Readable.from(rows),
      client.query(copyFrom('copy events (stream, revision, id, category, type, recordedtime, context, data) from stdin (format binary)')),
    )
    return (events.length * 1_000) / (performance.now() - began)
  } finally {
    await client.end()
    await database.drop()
  }
}

const header = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
const trailer = Buffer.from([0xff, 0xff])

function rowOf(stream: StreamName, n: number, { id, type, data, context }: NewEvent): Buffer {
  const int = Buffer.alloc(4)
  int.writeInt32BE(n)
  // Microseconds since 2000.
  const time = Buffer.alloc(8)
  time.writeBigInt64BE(BigInt(Date.now() - Date.UTC(2000, 0)) * 1_000n)
  const fields = [stream, int, Buffer.from(id.replaceAll('-', ''), 'hex'), 'version', type, time, JSON.stringify(context), data]
  const count = Buffer.alloc(2)
  count.writeInt16BE(fields.length)
  return Buffer.concat([
    count,
    ...fields.flatMap(field => {
      const bytes = Buffer.from(field as string)
      const length = Buffer.alloc(4)
      length.writeInt32BE(bytes.length)
      return [length, bytes]
    }),
  ])
}

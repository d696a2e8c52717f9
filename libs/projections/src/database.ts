import type { Logger } from '@muster/event-store'
import { Pool, types, type ClientConfig, type PoolConfig } from 'pg'
import { openSession, type Session } from './session.ts'
import type { Database } from './sql.ts'
import { tables } from './tables.ts'
import { migrate } from './migrate.ts'
import { send, transactionOn } from './transaction.ts'

export interface DatabaseSettings {
  readonly logger: Logger
  /** At most this many, besides the session's. */
  readonly connections?: number
}

/** Opens the database and makes Muster's own tables. @throws NewerSchema, or what `pg` throws when nobody answers */
export async function openSql(url: string, { logger, connections = 10 }: DatabaseSettings): Promise<Database> {
  const config: ClientConfig = {
    connectionString: url,
    application_name: 'muster',
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    types: { getTypeParser },
  }
  // Statements go out without waiting for the answers to those before them.
  const pool = new Pool({ ...config, max: connections, pipeline: true } as PoolConfig)
  // Each for itself, since nobody else listens while a transaction has the connection: what it does next fails, and it is not used again.
  pool.on('connect', client => {
    client.on('error', error => logger.debug({ err: error }, 'a connection to the database was lost'))
  })
  pool.on('error', error => logger.debug({ err: error }, 'an idle connection to the database was lost'))

  let session: Promise<Session> | undefined
  const database: Database = {
    async query<Row>(text: string, values?: readonly unknown[]) {
      return await send<Row>(pool, text, values)
    },

    transaction: work => transactionOn(pool, work),

    session() {
      session ??= openSession({ ...config, application_name: 'muster session' }, logger).then(
        opened => {
          opened.lost.addEventListener('abort', () => (session = undefined))
          if (opened.lost.aborted) session = undefined
          return opened
        },
        (error: unknown) => {
          session = undefined
          throw error
        },
      )
      return session
    },

    async reachable() {
      try {
        await pool.query('SELECT 1')
        return true
      } catch (error) {
        logger.debug({ err: error }, 'the database is not reachable')
        return false
      }
    },

    async close() {
      // A session that could not be opened needs no end.
      const opened = await session?.catch(() => undefined)
      await opened?.close()
      await pool.end()
    },
  }

  try {
    await migrate(database, 'muster', tables)
  } catch (error) {
    await database.close()
    throw error
  }
  return database
}

type Parse = (text: string) => unknown
const number: Parse = text => {
  const parsed = Number(text)
  if (!Number.isSafeInteger(parsed)) throw new RangeError(`${text} is too large for a number`)
  return parsed
}
const instant = (parsed: unknown): unknown => (parsed instanceof Date ? parsed.toISOString() : parsed)
const each = (list: unknown, change: Parse): unknown =>
  Array.isArray(list) ? list.map(item => (item === null ? null : each(item, change))) : change(list as string)

/** By PostgreSQL's numbers of types: bigint, timestamptz, and lists of them. */
const parsers: ReadonlyMap<number, (parse: Parse) => Parse> = new Map([
  [20, () => number],
  [1016, (parse: Parse) => (text: string) => each(parse(text), number)],
  [1184, (parse: Parse) => (text: string) => instant(parse(text))],
  [1185, (parse: Parse) => (text: string) => each(parse(text), instant)],
])

function getTypeParser(oid: number, format?: 'text' | 'binary'): Parse {
  const standard = types.getTypeParser(oid, format) as Parse
  return parsers.get(oid)?.(standard) ?? standard
}

import type { Logger } from '@muster/event-store'
import { createHash } from 'node:crypto'
import { Pool, types, type Client, type ClientBase, type ClientConfig, type PoolConfig, type QueryResultRow } from 'pg'
import { openSession, type Session } from './session.ts'
import type { Database, Sql } from './sql.ts'
import { tables } from './tables.ts'
import { migrate } from './migrate.ts'

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

    async transaction(work) {
      const client = await pool.connect()
      let broken: Error | undefined
      try {
        // On its way together with the first statement of the work. Where it fails, nothing is committed behind it.
        gather(client)
        const begun = client.query('BEGIN')
        begun.catch(() => undefined)
        const failed: Failed = {}
        const begunAndDone = async (sql: Sql) => {
          const result = await work(sql)
          await begun
          return result
        }
        try {
          return await within(client, 0, begunAndDone, 'COMMIT', failed)
        } catch (error) {
          // A connection that cannot even roll back is thrown away; the first error is the one to tell.
          await client.query('ROLLBACK').catch((failure: Error) => (broken = failure))
          throw causeOf(error, failed)
        }
      } finally {
        client.release(broken)
      }
    },

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

/** The first statement of a transaction that failed, whoever waits for it: all behind it only say that it did. */
interface Failed {
  first?: unknown
}
const aborted = '25P02'
const causeOf = (error: unknown, { first }: Failed): unknown =>
  first !== undefined && error instanceof Error && 'code' in error && error.code === aborted ? first : error

/**
 * Runs the work with a handle upon an open transaction, and then `end`, behind whatever the work did not wait for; `depth` counts the savepoints
 * around it.
 */
async function within<T>(client: ClientBase, depth: number, work: (sql: Sql) => Promise<T>, end: string, failed: Failed): Promise<T> {
  let over = false
  const ended = () => new Error('this transaction has ended: the handle was used after the work it was made for')
  const unanswered = new Set<Promise<unknown>>()
  try {
    const result = await work({
      query<Row>(text: string, values?: readonly unknown[]) {
        if (over) return Promise.reject(ended())
        gather(client)
        const answer = send<Row>(client, text, values)
        unanswered.add(answer)
        answer.then(
          () => unanswered.delete(answer),
          // Told to whoever waits for it: the work, or the end.
          (error: unknown) => (failed.first ??= error),
        )
        return answer
      },
      async transaction(inner) {
        if (over) throw ended()
        const savepoint = `nested_${depth + 1}`
        const before = failed.first
        try {
          await client.query(`SAVEPOINT ${savepoint}`)
          return await within(client, depth + 1, inner, `RELEASE SAVEPOINT ${savepoint}`, failed)
        } catch (error) {
          // When the connection is gone, so is the whole transaction; the first error is the one to tell.
          await client.query(`ROLLBACK TO SAVEPOINT ${savepoint}`).catch(() => undefined)
          const cause = causeOf(error, failed)
          if (before === undefined) delete failed.first
          throw cause
        }
      },
    })
    over = true
    gather(client)
    const ending = client.query(end)
    ending.catch(() => undefined)
    await Promise.all(unanswered)
    await ending
    return result
  } finally {
    over = true
  }
}

/** What is sent in one turn leaves as one: each way to the server costs as much as a small statement. */
function gather(client: ClientBase): void {
  const { stream } = (client as Client).connection
  stream.cork()
  process.nextTick(() => stream.uncork())
}

async function send<Row>(client: Pick<ClientBase, 'query'>, text: string, values: readonly unknown[] | undefined): Promise<Row[]> {
  if (values === undefined) return (await client.query<QueryResultRow>(text)).rows as Row[]
  return (await client.query<QueryResultRow>({ name: nameOf(text), text, values: [...values] })).rows as Row[]
}

/** Of prepared statements: few texts are sent, again and again. */
const names = new Map<string, string>()
function nameOf(text: string): string {
  const name = names.get(text) ?? createHash('sha256').update(text).digest('base64url').slice(0, 32)
  names.set(text, name)
  return name
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

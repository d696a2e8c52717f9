import { createHash } from 'node:crypto'
import type { Client, ClientBase, Pool, QueryResultRow } from 'pg'
import type { Sql } from './sql.ts'

/*
 * Statements, alone and in transactions, on connections that do not wait for the answer to one before they take the next.
 *
 * `BEGIN` leaves with the first statement of a transaction, and what its work did not wait for leaves with `COMMIT`. Whatever fails, the statement
 * that failed first is what is told: all behind it are only refused.
 */

export async function transactionOn<T>(pool: Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    // Where it fails, nothing is committed behind it: it is waited for before the end is sent.
    gather(client)
    const begun = client.query('BEGIN')
    begun.catch(() => undefined)
    const failed: Failed = {}
    const begunAndDone = async (sql: Sql): Promise<T> => {
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
    // Told below, unless what it stands behind is told.
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

export async function send<Row>(client: Pick<ClientBase, 'query'>, text: string, values: readonly unknown[] | undefined): Promise<Row[]> {
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

import { StoreUnavailable } from '@muster/event-store'

/* Which errors say that the database cannot be reached now, and may be again. */

/** SQLSTATE classes: connection exception, insufficient resources (too many connections), operator intervention (shutdown, starting up). */
const classes = new Set(['08', '53', '57'])
/** Read-only: a standby, while its primary is being replaced. Serialization failure and deadlock: try again. */
const states = new Set(['25006', '40001', '40P01'])
const socketErrors = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])
/** What `pg` says without a code. */
const messages =
  /^(Connection terminated|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end)/

export function isUnavailable(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError) return error.errors.some(isUnavailable)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  if (code === undefined) return messages.test(error.message)
  return socketErrors.has(code) || states.has(code) || (code.length === 5 && classes.has(code.slice(0, 2)))
}

/** The work, with such errors as `StoreUnavailable`. */
export async function orUnavailable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!isUnavailable(error)) throw error
    throw new StoreUnavailable(`the log's database does not answer: ${error.message}`, { cause: error })
  }
}

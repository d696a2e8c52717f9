import { StoreUnavailable, TooMuchContention } from '@muster/event-store'
import { StandStill } from './stand-still.ts'

/* Which errors pass by themselves: the same work, tried again, may succeed. All others are the work's own fault. */

/** SQLSTATE classes: connection exception, insufficient resources, operator intervention. */
const classes = new Set(['08', '53', '57'])
/** Read-only standby, serialization failure, deadlock, lock not available. */
const states = new Set(['25006', '40001', '40P01', '55P03'])
const socketErrors = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])
/** What `pg` says without a code. */
const messages =
  /^(Connection terminated|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end)/

export function isTransient(error: unknown): boolean {
  return error instanceof StoreUnavailable || error instanceof TooMuchContention || error instanceof StandStill || isUnavailable(error)
}

/** The database cannot be reached now, or stopped what we did, and may do it the next time. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError) return error.errors.some(isUnavailable)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  if (code === undefined) return messages.test(error.message)
  return socketErrors.has(code) || states.has(code) || (code.length === 5 && classes.has(code.slice(0, 2)))
}

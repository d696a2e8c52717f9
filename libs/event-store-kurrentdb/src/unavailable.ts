import { StoreUnavailable } from '@muster/event-store'

/* Which errors of a call say that the server cannot be reached now, and may be again. */

/** gRPC status: cancelled by the server, deadline exceeded, aborted (the server's word for a time-out), unavailable. */
const codes = new Set([1, 4, 10, 14])
/** A connection that ends in the middle of an answer is "internal", and one that ends in the middle of a request "unknown" or without a code. */
const messages =
  /RST_STREAM|write after end|connection (dropped|closed)|channel (has been )?closed|ECONN|EPIPE|leader info|Failed to discover/i

const codeOf = (error: Error): unknown => ('code' in error ? error.code : undefined)

/** What the server says beside the status, such as `stream-deleted`. */
export function reasonOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('metadata' in error)) return undefined
  const { metadata } = error as { metadata?: { getMap?(): Record<string, unknown> } }
  const reason = metadata?.getMap?.()['exception']
  return typeof reason === 'string' ? reason : undefined
}

export function isUnavailable(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  const code = codeOf(error)
  if (typeof code === 'number' && codes.has(code)) return true
  // Another node leads: the client connects to that one.
  return reasonOf(error) === 'not-leader' || messages.test(error.message)
}

/** The log has no record that begins there. Reads and subscriptions say it differently. */
export const isInvalidPosition = (error: unknown): boolean => error instanceof Error && /invalid ?position/i.test(error.message)

/** The work, with such errors as `StoreUnavailable`. */
export async function orUnavailable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!isUnavailable(error)) throw error
    throw new StoreUnavailable(`the log's server does not answer: ${error.message}`, { cause: error })
  }
}

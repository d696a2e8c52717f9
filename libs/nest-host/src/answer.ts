import type { Outcome } from '@muster/event-store'
import type { Reply } from './http.ts'
import { ProblemError } from './problem.ts'

/** The status and the sentence of every rejection: exhaustive, so that a new rejection does not compile until it has an answer. */
export type Refusals<Rejection extends string> = Readonly<Record<Rejection, readonly [status: number, detail: string]>>

/**
 * Says where in the log the answer stands (`Muster-Position`; a GET with `?after=` waits for it) and returns that position.
 * Throws the problem of a rejection, and of a denial that was recorded.
 */
export function answer<Rejection extends string>(reply: Reply, outcome: Outcome<Rejection>, refusals: Refusals<Rejection>): number {
  if (outcome.kind === 'rejected') throw refused(outcome.rejection, refusals)
  standAt(reply, outcome.position)
  if (outcome.kind === 'recorded' && outcome.denied !== undefined) throw refused(outcome.denied, refusals)
  return outcome.position
}

export const standAt = (reply: Reply, position: number): void => void reply.header('Muster-Position', String(position))

function refused<Rejection extends string>(rejection: Rejection, refusals: Refusals<Rejection>): ProblemError {
  const [status, detail] = refusals[rejection]
  return new ProblemError(status, rejection, detail)
}

import type { EventStore, Position } from '@muster/event-store'
import { readCursor } from './cursors.ts'
import { untilMoved } from './progress.ts'
import type { Sql } from './sql.ts'
import type { Subscription } from './subscription.ts'

export interface ProgressDeps {
  readonly store: EventStore
  readonly sql: Sql
}
type Named = Pick<Subscription, 'name' | 'filter'>

/** How long at most until a move by another process is seen, in milliseconds. */
const poll = 50

/**
 * The position up to which the subscription has seen all that concerns it. A cursor stands at the last event of the *filter*, which may be
 * far behind though nothing is missing; so this looks whether the log has an event of the filter behind the cursor. None: all up to the
 * head is seen (the head is read first, so what is appended meanwhile does not deceive). Else: all below that event.
 */
export async function seenThrough({ store, sql }: ProgressDeps, { name, filter }: Named): Promise<Position> {
  const head = await store.head()
  const standing = await readCursor(sql, name)
  if (standing === undefined) return 0
  if (standing.position >= head) return standing.position
  const [next] = await store.readLog(standing.cursor, filter, 1)
  return next === undefined ? head : Math.max(standing.position, Math.min(head, next.position - 1))
}

/** Read your writes: whether the subscription has seen the position, before the time is up. */
export async function caughtUp(deps: ProgressDeps, subscription: Named, position: Position, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    // Asked for before looking: a move in between is not missed.
    const moved = untilMoved(subscription.name, Math.max(0, Math.min(poll, deadline - Date.now())))
    if ((await seenThrough(deps, subscription)) >= position) return true
    if (Date.now() >= deadline) return false
    await moved
  }
}

import type { Category } from '@muster/contracts'
import type { Cursor, Filter, Position, Recorded } from '@muster/event-store'
import type { NonEmpty } from '@muster/kernel'
import type { Sql } from './sql.ts'

/** Something that follows the log, in order, on one process at a time. */
export interface Subscription {
  /** Names its cursor: never change it. */
  readonly name: string
  readonly filter: Filter
  /**
   * Categories without which nothing can be handled rightly. An event of theirs that this release does not know parks no key: the
   * subscription stands still in front of it, says so, and goes on by itself when a release that knows it is started.
   */
  readonly essential?: readonly Category[]
  /**
   * Handles events of the log, in order; a batch has at most 1,000. `sql` is the transaction in which the cursor moves too: what is written
   * through it happens exactly once. Everything else (appends to the store, messages) may come again with the same events and MUST bear it.
   *
   * What it throws decides what happens. An error that passes by itself (no connection, StoreUnavailable, TooMuchContention): the same
   * batch again, after a pause. Any other: the batch once more, event by event, and the key of each one that fails is parked. Memory that
   * the handler keeps MUST bear that its transaction was rolled back.
   */
  handle(batch: NonEmpty<Recorded>, sql: Sql): Promise<void>
  /**
   * A batch begins this many milliseconds after the one before it at the earliest, unless somebody in this process waits for it: so whoever need
   * not be at the newest event at once handles many in one transaction, and leaves the machine to those who must.
   */
  readonly pace?: number
  /**
   * What the clock asks for. Runs about once a second, between batches and never beside one, on the process that holds the subscription, in
   * a transaction that holds the cursor where it stands. MUST bear to be repeated, and to be rolled back. Who has more to do says in how many
   * milliseconds it goes on, if no batch comes before: do a little at a time, ask between two pieces whether a batch is here, leave the
   * processor to others meanwhile, and what is new is never kept waiting for long.
   */
  tick?(sql: Sql, isBatchHere: () => boolean): Promise<number | void>
}

export interface BatchInfo {
  readonly name: string
  readonly position: Position
  readonly cursor: Cursor
  readonly size: number
  readonly seconds: number
}

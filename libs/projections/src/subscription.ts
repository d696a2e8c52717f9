import type { Cursor, Filter, Position, Recorded } from '@muster/event-store'
import type { NonEmpty } from '@muster/kernel'
import type { Sql } from './sql.ts'

/** Something that follows the log, in order, on one process at a time. */
export interface Subscription {
  /** Names its cursor: never change it. */
  readonly name: string
  readonly filter: Filter
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
   * What the clock asks for. Runs about once a second, between batches and never beside one, on the process that holds the subscription, in
   * a transaction that holds the cursor where it stands. MUST bear to be repeated, and to be rolled back.
   */
  tick?(sql: Sql): Promise<void>
}

export interface BatchInfo {
  readonly name: string
  readonly position: Position
  readonly cursor: Cursor
  readonly size: number
  readonly seconds: number
}

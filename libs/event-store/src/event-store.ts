import type { Category, Context, StreamName } from '@muster/contracts'
import type { NonEmpty } from '@muster/kernel'

/** Place in one stream, from 0. */
export type Revision = number
/** Place in the whole log: grows with every event, is a safe integer, and may have gaps on some stores. */
export type Position = number
/** Where a reader stands; opaque, and only good for the store that gave it. */
export type Cursor = string

export interface NewEvent {
  /** UUID. Derived from what caused it wherever it can be, so that a repeat has the same one: see `event-id.ts`. */
  readonly id: string
  /** Stored type, such as `approval.signed.v1`. */
  readonly type: string
  /** Canonical JSON (RFC 8785), at most 256 KiB. Kept to the byte. */
  readonly data: string
  readonly context: Context
}

export interface RecordedEvent extends NewEvent {
  readonly stream: StreamName
  readonly revision: Revision
  readonly position: Position
  readonly cursor: Cursor
  /**
   * When it was recorded, by our clock; never decreases along the log. On KurrentDB, not among events that different processes write at the
   * same instant: there it never decreases along a stream, nor from a cause to its effect.
   */
  readonly recordedtime: string
}

export interface Write {
  readonly stream: StreamName
  readonly expected: Revision | 'no-stream'
  readonly events: NonEmpty<NewEvent>
}

/** `revision` and `position` are those of the write's last event. */
export type WriteResult =
  | { readonly kind: 'written' | 'repeated'; readonly revision: Revision; readonly position: Position }
  | { readonly kind: 'wrong-revision'; readonly current: Revision | 'no-stream' }
  | { readonly kind: 'id-reused'; readonly id: string }

/** A subscription gives at most this many events at once. */
export const largestBatch = 1_000

export interface Filter {
  /** Only events of streams of these categories; all when left out. */
  readonly categories?: readonly Category[]
  /**
   * Not these events, whatever their version: names such as `deployment.checked`. By what is not wanted, and not by what is, so that an
   * event that this release does not know is never passed over.
   */
  readonly except?: readonly string[]
}

/**
 * The log that is the truth. Adapters: memory (the reference), PostgreSQL and KurrentDB; each passes the suite in `testing/contract`.
 *
 * A write MUST be atomic, and durable when its result is there. Position order MUST be the order in which readers see events: a reader that
 * saw position n MUST never later find an event at or below n. A repeat (same ids, same content, same stream, next to each other from the
 * same place) MUST succeed without writing, whatever revision is expected; content is `type`, `subject` and canonical `data`, no other
 * attribute is compared. An id that exists in any other way (other content, elsewhere, only some of a write's) is `id-reused`, and that is
 * said before `wrong-revision`.
 *
 * Every method MAY throw `StoreUnavailable` while the store cannot be reached, except `subscribe`, which waits, and `reachable`.
 */
export interface EventStore {
  /**
   * Each write succeeds or fails alone, and says which: `wrong-revision` (another writer was first: load and decide again) or `id-reused`
   * (the id exists with other content: decide once more, then park; MUST be found within a stream, MAY across streams). Results come in the
   * order of the writes, and a later write of the same call sees what an earlier one wrote. An adapter MAY commit many writes, of many
   * callers, as one; it MUST NOT reorder one stream.
   */
  append(writes: NonEmpty<Write>): Promise<readonly WriteResult[]>

  /** Events of the streams in position order, up to and including `through`. An unknown stream is empty, not an error. */
  read(streams: NonEmpty<StreamName>, range?: { readonly through?: Position }): Promise<readonly RecordedEvent[]>

  /** Up to `limit` events of the whole log after the cursor, in position order. Empty at the end: it does not wait. */
  readLog(after: Cursor | 'start', filter: Filter, limit: number): Promise<readonly RecordedEvent[]>

  /**
   * Events after the cursor, then live ones, in position order, until the signal aborts. No batch is empty or larger than 1,000 events. A lost
   * connection MUST be survived without a gap or a repeat; while it is gone the iterator waits.
   */
  subscribe(after: Cursor | 'start', filter: Filter, signal: AbortSignal): AsyncIterable<NonEmpty<RecordedEvent>>

  /** Position of the newest event, 0 when there is none. */
  head(): Promise<Position>

  /** The cursor just behind the event at this position: to subscribe from there. */
  cursorAt(position: Position): Cursor

  reachable(): Promise<boolean>
}

import type { NonEmpty } from '@muster/kernel'

/** What is sent. A `null` value is a tombstone; a `null` key goes to any partition. */
export interface Message {
  readonly key: string | null
  readonly value: Uint8Array | null
  readonly headers: Readonly<Record<string, string>>
}

/**
 * What arrives. `key` and `headers` are read as UTF-8, with U+FFFD for what is none: good to decide by, not to keep.
 * `rawHeaders` has the same names with the bytes as they came. Of a header that was sent twice, the last counts.
 */
export interface ReceivedMessage extends Message {
  readonly topic: string
  readonly partition: number
  /** Of the message in its partition: a decimal number, which may be beyond what a `number` holds. */
  readonly offset: string
  /** RFC 3339, as the sender or the broker set it: a claim. */
  readonly timestamp: string
  readonly rawHeaders: Readonly<Record<string, Uint8Array>>
}

export interface Topic {
  readonly name: string
  readonly partitions: number
  /** The server's own settings for the topic, by their names there. */
  readonly settings?: Readonly<Record<string, string>>
}

export interface Subscription {
  /** Consumers of one group share the partitions; each group sees every message. */
  readonly group: string
  readonly topics: NonEmpty<string>
  handle(batch: NonEmpty<ReceivedMessage>): Promise<void>
  /** Hears what `handle` threw. MUST NOT throw. */
  onError?(error: unknown): void
}

/** How many messages of a partition the group has not yet handled. */
export interface Lag {
  readonly topic: string
  readonly partition: number
  readonly behind: number
}

/**
 * The edge by which messages come and go. Adapters: memory (the reference), Kafka; each passes `testing/contract`.
 *
 * Delivery MUST be at least once: a message that was accepted is handled by each group until its handler succeeds, across restarts of
 * consumers and of servers. It MAY come more than once, so what is done with it must bear a repeat. Order MUST hold per key within
 * a topic: among the messages of one `publish`, and of publishes of which each was awaited before the next. Between keys, and between publishes
 * in flight at once, there is none.
 */
export interface MessageBus {
  /**
   * Makes the topics that are missing. MUST NOT alter one that exists, even if it differs.
   * Rejects with `unreachable` within about ten seconds if the servers do not answer.
   */
  ensureTopics(topics: NonEmpty<Topic>): Promise<void>
  /**
   * MUST resolve only when every message is durably accepted, and MUST keep trying while the servers are away, until the signal aborts
   * (`aborted`) or the bus closes (`closed`); some messages may have been accepted then. Rejects with `unknown-topic`, or with `refused` when a server will
   * never take a message as it is. Key, value and headers MUST arrive as they were given; a message of 256 KiB MUST be taken.
   */
  publish(topic: string, messages: NonEmpty<Message>, signal?: AbortSignal): Promise<void>
  /**
   * Takes part in the group until the signal aborts; resolves when it has left. A group that is new starts at the oldest message.
   *
   * A batch MUST be of one partition, in order, and a partition MUST be handled by one handler at a time. What a batch holds counts as handled
   * only once `handle` resolved: if it throws, the same messages MUST come again first, after a back-off that grows to a bound (newer ones MAY follow
   * them in that batch); meanwhile other partitions MUST go on. MUST keep trying while the servers are away. After the abort a handler that runs is awaited, no
   * other is started, and leaving MUST be prompt even if the servers do not answer. Rejects only if the bus is closed before it begins.
   */
  consume(subscription: Subscription, signal: AbortSignal): Promise<void>
  /** Whether the servers answer now. MUST settle within a few seconds and MUST NOT reject. */
  reachable(): Promise<boolean>
  /** What the group has still to handle. Rejects with `unreachable` or `unknown-topic`. */
  lag(group: string, topics: NonEmpty<string>): Promise<readonly Lag[]>
  /** Ends what is in flight; aborts every consumer and waits until it has left. */
  close(): Promise<void>
}

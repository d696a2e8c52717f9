import type { NonEmpty } from '@muster/kernel'
import type { MessageBus, ReceivedMessage } from '../bus.ts'

/** Resolves when the condition holds; rejects, saying what was waited for, when it does not in time. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>, withinMs = 30_000): Promise<void> {
  const deadline = Date.now() + withinMs
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${withinMs} ms in vain for ${what}`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

/** A consumer that runs, and what it was given. */
export interface Collector {
  readonly batches: NonEmpty<ReceivedMessage>[]
  readonly errors: unknown[]
  readonly messages: () => readonly ReceivedMessage[]
  /** Each distinct value once, as text. */
  readonly values: () => ReadonlySet<string>
  readonly until: (what: string, holds: (collector: Collector) => boolean) => Promise<void>
  readonly stop: () => Promise<void>
}

/** Consumes until stopped. What `handle` throws makes the batch come again; each attempt is collected before it. */
export function collector(
  bus: MessageBus,
  group: string,
  topics: NonEmpty<string>,
  handle: (batch: NonEmpty<ReceivedMessage>) => Promise<void> = () => Promise.resolve(),
): Collector {
  const batches: NonEmpty<ReceivedMessage>[] = []
  const errors: unknown[] = []
  const stopping = new AbortController()
  const subscription = {
    group,
    topics,
    handle: (batch: NonEmpty<ReceivedMessage>): Promise<void> => {
      batches.push(batch)
      return handle(batch)
    },
    onError: (error: unknown): void => {
      errors.push(error)
    },
  }
  const left = bus.consume(subscription, stopping.signal)
  // A rejection is reported by `stop`; until then it must not end the process.
  left.catch(error => errors.push(error))

  const consumer: Collector = {
    batches,
    errors,
    messages: () => batches.flat(),
    values: () => new Set(batches.flat().map(({ value }) => textOf(value))),
    until: (what, holds) => eventually(`${what} (so far ${batches.flat().length} messages)`, () => holds(consumer)),
    async stop() {
      stopping.abort()
      await left
    },
  }
  return consumer
}

export function textOf(value: Uint8Array | null): string {
  return value === null ? '' : new TextDecoder().decode(value)
}

import { canonicalJson, parseStream, streamName, type Category, type StreamName } from '@muster/contracts'
import type { NonEmpty } from '@muster/kernel'
import { randomUUID } from 'node:crypto'
import type { EventStore, NewEvent, RecordedEvent, Write, WriteResult } from '../event-store.ts'

/* Streams, events and readers for tests of stores. */

export const someStream = (category: 'model' | 'intent' | 'policy' | 'dataset' = 'model'): StreamName =>
  streamName(category as Category as 'model', `${category}-${randomUUID()}`)

/** An event for the stream; the store does not look at its type, so any will do. */
export function someEvent(stream: StreamName, data: unknown = { n: 1 }, id: string = randomUUID()): NewEvent {
  const { category, subject } = parseStream(stream)
  return {
    id,
    type: `${category}.noted.v1`,
    data: canonicalJson(data),
    context: {
      id,
      source: '/test',
      type: `dev.muster.${category}.noted.v1`,
      subject,
      partitionkey: subject,
      time: '2026-01-01T00:00:00.000Z',
      correlationid: id,
    },
  }
}

export const listOf = <T>(length: number, item: (index: number) => T): NonEmpty<T> => [
  item(0),
  ...Array.from({ length: length - 1 }, (_, index) => item(index + 1)),
]

/** The answer to a single write. */
export async function appendOne(store: EventStore, write: Write): Promise<WriteResult> {
  const [result] = await store.append([write])
  if (result === undefined) throw new Error('a write was not answered')
  return result
}

/** Writes behind whatever stands in the stream by then, trying again until it succeeds. */
export async function appendAnyhow(store: EventStore, stream: StreamName, events: NonEmpty<NewEvent>): Promise<WriteResult> {
  let expected: Write['expected'] = 'no-stream'
  for (;;) {
    const result = await appendOne(store, { stream, expected, events })
    if (result.kind !== 'wrong-revision') return result
    expected = result.current
  }
}

/** Reads until `count` events came, then leaves. Fails when they do not come in time. */
export async function take(events: AsyncIterable<NonEmpty<RecordedEvent>>, count: number): Promise<RecordedEvent[]> {
  const taken: RecordedEvent[] = []
  const iterator = events[Symbol.asyncIterator]()
  try {
    while (taken.length < count) {
      const next = await within(30_000, `${count} events, ${taken.length} came`, iterator.next())
      if (next.done === true) break
      taken.push(...next.value)
    }
  } finally {
    // Not awaited: a reader that hangs must not hide why the test failed.
    void iterator.return?.()
  }
  return taken
}

/** Waits until the condition holds; says what was waited for when it does not. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>, milliseconds = 30_000): Promise<void> {
  const deadline = Date.now() + milliseconds
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${milliseconds} ms in vain for ${what}`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

/** Fails, saying what was waited for, when it does not come in time. */
export async function within<T>(milliseconds: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${milliseconds} ms in vain for ${what}`)), milliseconds)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

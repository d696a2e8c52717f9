import type { SentEvent } from './events.ts'

/* Events in batches that the server takes: it takes each whole or not at all. */

export const mostEvents = 500
export const mostBytes = 4 * 1024 * 1024

export function batchesOf(events: readonly SentEvent[], limits = { events: mostEvents, bytes: mostBytes }): SentEvent[][] {
  const batches: SentEvent[][] = []
  let batch: SentEvent[] = []
  let size = 2
  for (const event of events) {
    const length = Buffer.byteLength(event.text) + 1
    if (batch.length > 0 && (batch.length === limits.events || size + length > limits.bytes)) {
      batches.push(batch)
      batch = []
      size = 2
    }
    batch.push(event)
    size += length
  }
  return batch.length === 0 ? batches : [...batches, batch]
}

import { randomUUID } from 'node:crypto'
import { encodeEvent, parseStream, toWireType, type AnyEvent, type StreamName } from '@muster/contracts'
import type { EventStore } from '@muster/event-store'

/** Writes events behind what the stream has, as their context would have. Returns the position of the last one. */
export async function record(
  store: EventStore,
  stream: StreamName,
  partitionkey: string,
  ...events: readonly [AnyEvent, ...AnyEvent[]]
): Promise<number> {
  const history = await store.read([stream])
  const [first, ...rest] = events
  const toNew = (event: AnyEvent) => {
    const id = randomUUID()
    const { type, data } = encodeEvent(event)
    const time = new Date().toISOString()
    const { subject } = parseStream(stream)
    const context = { id, source: '/test', type: toWireType(type), subject, partitionkey, time, correlationid: id }
    return { id, type, data, context }
  }
  const expected = history.at(-1)?.revision ?? 'no-stream'
  const [result] = await store.append([{ stream, expected, events: [toNew(first), ...rest.map(toNew)] }])
  if (result?.kind !== 'written') throw new Error(`${stream} was not written: ${JSON.stringify(result)}`)
  return result.position
}

import type { Context } from '@muster/contracts'
import type { Message } from './bus.ts'

/** Where an event stands in the log. They go along as extensions, so that a consumer can say what it has seen. */
export interface Place {
  readonly position: number
  readonly recordedtime: string
}

/**
 * CloudEvents 1.0 over Kafka, binary mode: attributes are `ce_` headers, the value is the data. The key is the partition key, so that all
 * that concerns a model stays in order. The same event always makes the same message: a consumer knows a repeat by `source` and `id`.
 */
export function toCloudEventMessage(context: Context, data: string, place?: Place): Message {
  const attributes = {
    specversion: '1.0',
    ...context,
    ...(place !== undefined && { position: String(place.position), recordedtime: place.recordedtime }),
  }
  const headers = Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [[`ce_${name}`, value] as const]))
  return {
    key: context.partitionkey,
    value: new TextEncoder().encode(data),
    headers: { 'content-type': 'application/json', ...Object.fromEntries(headers) },
  }
}

import type { ReceivedMessage } from '@muster/bus'
import type { KafkaMessage } from 'kafkajs'

/*
 * A message as the port tells it. Anybody can write to a topic, so nothing here may fail on what stands in one: text that is not UTF-8, a header
 * that comes twice or without a value or is called like a property of every object, a time that no calendar has.
 */

/** The years that RFC 3339 can write. */
const EARLIEST = Date.parse('0000-01-01T00:00:00.000Z')
const LATEST = Date.parse('9999-12-31T23:59:59.999Z')

export function receivedFrom(topic: string, partition: number, message: KafkaMessage): ReceivedMessage {
  const raw = Object.entries(message.headers ?? {}).map(([name, value]) => [name, lastOf(value)] as const)
  return {
    topic,
    partition,
    offset: message.offset,
    timestamp: timeOf(message.timestamp),
    key: message.key?.toString('utf8') ?? null,
    value: message.value,
    headers: Object.fromEntries(raw.map(([name, bytes]) => [name, bytes.toString('utf8')])),
    rawHeaders: Object.fromEntries(raw),
  }
}

/** kafkajs makes a list of a header that comes twice, and one with a stranger in it if the name is `constructor` or the like. */
function lastOf(value: unknown): Buffer {
  const last: unknown = Array.isArray(value) ? value.findLast(item => Buffer.isBuffer(item)) : value
  return Buffer.isBuffer(last) ? last : Buffer.alloc(0)
}

function timeOf(milliseconds: string): string {
  const time = Number(milliseconds)
  return new Date(Number.isNaN(time) ? 0 : Math.min(Math.max(time, EARLIEST), LATEST)).toISOString()
}

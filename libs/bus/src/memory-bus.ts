import type { NonEmpty } from '@muster/kernel'
import { backOffFor, type BackOff } from './back-off.ts'
import { BusError } from './bus-error.ts'
import type { Message, MessageBus, ReceivedMessage, Subscription } from './bus.ts'

/*
 * The bus in memory: the reference, and the bus of tests.
 *
 * Whatever changes something calls `serve` for the group: it hands each partition that is idle and has messages to the consumer that
 * owns it. Idleness belongs to the partition and not to the consumer, so a partition that changes hands waits for its last handler.
 */

const LARGEST_BATCH = 1_000
const RETRY: BackOff = { first: 20, longest: 1_000 }

interface Partition {
  readonly topic: string
  readonly number: number
  readonly messages: ReceivedMessage[]
}

/** Where a group stands in one partition. */
interface Place {
  handled: number
  failures: number
  busy: boolean
}

interface Consumer {
  readonly subscription: Subscription
  readonly running: Set<Promise<void>>
}

interface Group {
  readonly consumers: Set<Consumer>
  readonly places: Map<Partition, Place>
}

export interface MemoryBusOptions {
  readonly now?: () => Date
  readonly retry?: BackOff
}

export function memoryBus({ now = () => new Date(), retry = RETRY }: MemoryBusOptions = {}): MessageBus {
  const topics = new Map<string, readonly Partition[]>()
  const groups = new Map<string, Group>()
  const closing = new AbortController()
  const leaving = new Set<Promise<void>>()
  let turn = 0

  const partitionsOf = (topic: string): readonly Partition[] => {
    const partitions = topics.get(topic)
    if (partitions === undefined) throw new BusError('unknown-topic', `there is no topic ${topic}`)
    return partitions
  }

  const groupOf = (name: string): Group => {
    const group = groups.get(name) ?? { consumers: new Set(), places: new Map() }
    groups.set(name, group)
    return group
  }

  const placeOf = (group: Group, partition: Partition): Place => {
    const place = group.places.get(partition) ?? { handled: 0, failures: 0, busy: false }
    group.places.set(partition, place)
    return place
  }

  const serve = (group: Group): void => {
    for (const [topic, partitions] of topics) {
      const consumers = [...group.consumers].filter(({ subscription }) => subscription.topics.includes(topic))
      for (const partition of partitions) {
        const owner = consumers[partition.number % consumers.length]
        if (owner !== undefined) offer(group, partition, owner)
      }
    }
  }

  const offer = (group: Group, partition: Partition, owner: Consumer): void => {
    const place = placeOf(group, partition)
    const [first, ...rest] = partition.messages.slice(place.handled, place.handled + LARGEST_BATCH)
    if (place.busy || first === undefined) return
    place.busy = true
    const running = deliver(group, place, owner, [first, ...rest]).finally(() => owner.running.delete(running))
    owner.running.add(running)
  }

  const deliver = async (group: Group, place: Place, owner: Consumer, batch: NonEmpty<ReceivedMessage>): Promise<void> => {
    // A handler starts on a turn of its own: never inside the publish that woke it.
    await Promise.resolve()
    let wait = 0
    try {
      await owner.subscription.handle(batch)
      place.handled += batch.length
      place.failures = 0
    } catch (error) {
      owner.subscription.onError?.(error)
      place.failures += 1
      wait = backOffFor(place.failures, retry)
    }
    const again = (): void => {
      place.busy = false
      serve(group)
    }
    if (wait === 0) again()
    else setTimeout(again, wait)
  }

  return {
    ensureTopics(wanted) {
      for (const { name, partitions } of wanted) {
        if (topics.has(name)) continue
        topics.set(
          name,
          Array.from({ length: partitions }, (_, number) => ({ topic: name, number, messages: [] })),
        )
      }
      return Promise.resolve()
    },

    async publish(topic, messages, signal) {
      await Promise.resolve()
      if (closing.signal.aborted) throw new BusError('closed', 'the bus is closed')
      if (signal?.aborted === true) throw new BusError('aborted', `publishing to ${topic} was aborted`)
      const partitions = partitionsOf(topic)
      for (const { key, value, headers } of messages) {
        const partition = partitions[(key === null ? turn++ : hash(key)) % partitions.length]
        if (partition === undefined) throw new BusError('refused', `topic ${topic} has no partitions`)
        partition.messages.push({
          key,
          value: value === null ? null : Uint8Array.from(value),
          headers: copyOf(headers, text => text),
          rawHeaders: copyOf(headers, text => new TextEncoder().encode(text)),
          topic,
          partition: partition.number,
          offset: String(partition.messages.length),
          timestamp: now().toISOString(),
        })
      }
      for (const group of groups.values()) serve(group)
    },

    async consume(subscription, signal) {
      if (closing.signal.aborted) throw new BusError('closed', 'the bus is closed')
      const group = groupOf(subscription.group)
      const consumer: Consumer = { subscription, running: new Set() }
      const left = takePart(group, consumer, AbortSignal.any([signal, closing.signal])).finally(() => leaving.delete(left))
      leaving.add(left)
      await left
    },

    reachable: () => Promise.resolve(!closing.signal.aborted),

    async lag(group, names) {
      await Promise.resolve()
      const places = groups.get(group)?.places
      return names.flatMap(partitionsOf).map(partition => ({
        topic: partition.topic,
        partition: partition.number,
        behind: partition.messages.length - (places?.get(partition)?.handled ?? 0),
      }))
    },

    async close() {
      closing.abort()
      await Promise.all(leaving)
    },
  }

  async function takePart(group: Group, consumer: Consumer, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    group.consumers.add(consumer)
    serve(group)
    await new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }))
    group.consumers.delete(consumer)
    await Promise.all(consumer.running)
    serve(group)
  }
}

/** Copied by entries, so that a name such as `__proto__` is a name like any other. */
function copyOf<T>(headers: Message['headers'], copy: (text: string) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, copy(text)]))
}

/** FNV-1a: the same key, the same partition. */
function hash(key: string): number {
  let value = 0x811c9dc5
  for (const byte of new TextEncoder().encode(key)) value = Math.imul(value ^ byte, 0x01000193)
  return value >>> 0
}

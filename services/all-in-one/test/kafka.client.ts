import type { Message, MessageBus, ReceivedMessage } from '@muster/bus'
import { kafkaBus } from '@muster/bus-kafka'
import { collector } from '@muster/bus/testing'
import { eventually } from '../../../infra/test/eventually.ts'
import type { CloudEvent } from './evidence.ts'

/* A platform on the other side of Kafka: it sends what happens, and hears what Muster decides. */

export interface KafkaClient {
  /** Resolves when the broker has all of it. */
  send(...messages: readonly Message[]): Promise<void>
  received(topic: Outgoing): readonly ReceivedMessage[]
  until(topic: Outgoing, what: string, matches: (data: Record<string, unknown>, message: ReceivedMessage) => boolean): Promise<Heard>
  close(): Promise<void>
}

interface Heard {
  readonly message: ReceivedMessage
  readonly data: Record<string, unknown>
}

const outgoing = ['muster.decisions', 'muster.alerts', 'muster.lifecycle.dead'] as const
type Outgoing = (typeof outgoing)[number]

/** `name` tells runs apart that share a broker: each hears everything from the beginning. */
export async function connectKafka(brokers: string, name: string): Promise<KafkaClient> {
  const [first = '', ...others] = brokers.split(',')
  const bus: MessageBus = kafkaBus({ brokers: [first, ...others], clientId: 'test' })
  await bus.ensureTopics([{ name: 'muster.lifecycle', partitions: 6 }, ...outgoing.map(topic => ({ name: topic, partitions: 6 }))])
  const heard = collector(bus, `test-${name}`, outgoing)
  const received = (topic: Outgoing): readonly ReceivedMessage[] => heard.messages().filter(message => message.topic === topic)
  return {
    async send(...[one, ...rest]) {
      if (one !== undefined) await bus.publish('muster.lifecycle', [one, ...rest])
    },
    received,
    until: (topic, what, matches) =>
      eventually(() => {
        const found = received(topic).map((message): Heard => ({ message, data: dataOf(message) }))
        return Promise.resolve(found.find(({ message, data }) => matches(data, message)))
      }, `${what} on ${topic}`),
    async close() {
      await heard.stop()
      await bus.close()
    },
  }
}

const dataOf = ({ value }: ReceivedMessage): Record<string, unknown> => {
  try {
    return JSON.parse(Buffer.from(value ?? []).toString('utf8'))
  } catch {
    return {}
  }
}

const keyOf = ({ subject, data }: CloudEvent): string =>
  typeof data === 'object' && data !== null && 'model' in data ? String(data.model) : (subject.split('@')[0] ?? subject)

/** A message as it is, whatever is in it. */
export const raw = (key: string, text: string): Message => ({
  key,
  value: Buffer.from(text),
  headers: { 'content-type': 'application/cloudevents+json' },
})

export const structured = (event: CloudEvent): Message => raw(keyOf(event), JSON.stringify(event))

export const binary = ({ data, datacontenttype, ...attributes }: CloudEvent): Message => ({
  key: keyOf({ ...attributes, data, datacontenttype }),
  value: Buffer.from(JSON.stringify(data)),
  headers: {
    'content-type': datacontenttype,
    ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce_${name}`, value])),
  },
})

import { BusError, type MessageBus } from '@muster/bus'
import { ensureTopics, isReachable, lagOf } from './admin.ts'
import { consumeFrom } from './consumer.ts'
import { openPublisher } from './publisher.ts'
import type { KafkaLog, KafkaSettings } from './settings.ts'

/** The bus on Apache Kafka. Connects when it is first used, so that making one cannot fail. */
export function kafkaBus(settings: KafkaSettings, log: KafkaLog = () => {}): MessageBus {
  if (settings.sasl !== undefined && settings.ssl === undefined) {
    log('warn', 'Kafka is given a password over connections without TLS: anybody on the way can use them')
  }
  const publisher = openPublisher(settings, log)
  const closing = new AbortController()
  const closed = (): BusError => new BusError('closed', 'the bus is closed')
  const consumers = new Set<Promise<void>>()

  return {
    async ensureTopics(topics) {
      if (closing.signal.aborted) throw closed()
      await ensureTopics(settings, log, topics)
    },

    async publish(topic, messages, signal) {
      const ending = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal])
      try {
        await publisher.publish(topic, messages, ending)
      } catch (error) {
        throw closing.signal.aborted ? closed() : error
      }
    },

    async consume(subscription, signal) {
      if (closing.signal.aborted) throw closed()
      const consuming = consumeFrom(settings, log, subscription, AbortSignal.any([signal, closing.signal]))
      consumers.add(consuming)
      try {
        await consuming
      } finally {
        consumers.delete(consuming)
      }
    },

    async reachable() {
      return !closing.signal.aborted && (await isReachable(settings, log))
    },

    async lag(group, topics) {
      if (closing.signal.aborted) throw closed()
      return await lagOf(settings, log, group, topics)
    },

    async close() {
      closing.abort()
      await Promise.allSettled(consumers)
      await publisher.close()
    },
  }
}

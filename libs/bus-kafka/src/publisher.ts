import { backOffFor, BusError, type BackOff, type Message } from '@muster/bus'
import { pause, type NonEmpty } from '@muster/kernel'
import { Partitioners, type Producer } from 'kafkajs'
import { openClient, type Client } from './client.ts'
import { chunksOf } from './chunks.ts'
import { failureOf, noAnswer } from './failure.ts'
import { outageOf } from './outage.ts'
import type { KafkaLog, KafkaSettings } from './settings.ts'
import { unlessAborted, within } from './wait.ts'

/*
 * Publishing: acknowledged by all replicas in sync, in chunks, one after the other, and tried for ever.
 *
 * Not Kafka's idempotent producer: kafkajs calls its own experimental, it fails for good once the broker has forgotten the producer, and it only hides
 * the repeats of one process. Our messages carry ids, so a repeat is harmless wherever it comes from. Order does not need it either:
 * a chunk is tried until it is accepted before the next is sent.
 */

const RETRY: BackOff = { first: 200, longest: 2_000 }
const DISCONNECT_WITHIN_MS = 2_000

interface Connection {
  readonly client: Client
  readonly producer: Producer
}

export interface Publisher {
  publish(topic: string, messages: NonEmpty<Message>, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

export function openPublisher(settings: KafkaSettings, log: KafkaLog): Publisher {
  const outage = outageOf('publishing to Kafka', log)
  let current: Promise<Connection> | undefined

  const connect = async (): Promise<Connection> => {
    const client = openClient(settings, log)
    const producer = client.kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, allowAutoTopicCreation: false })
    producer.on(producer.events.REQUEST_TIMEOUT, ({ payload }) => outage.failed(noAnswer(payload)))
    try {
      await producer.connect()
    } catch (error) {
      client.destroy()
      throw error
    }
    return { client, producer }
  }

  const drop = async (failed: Promise<Connection>): Promise<void> => {
    if (current === failed) current = undefined
    const connection = await failed.catch(() => undefined)
    if (connection === undefined) return
    await within(DISCONNECT_WITHIN_MS, 'disconnecting', connection.producer.disconnect()).catch((error: unknown) => {
      log('debug', `a connection of the publisher did not close by itself: ${String(error)}`)
    })
    connection.client.destroy()
  }

  const send = async (topic: string, chunk: NonEmpty<Message>): Promise<void> => {
    const used = (current ??= connect())
    try {
      const { producer } = await used
      await producer.send({ topic, acks: -1, messages: chunk.map(toKafka) })
    } catch (error) {
      // kafkajs may have kept what no longer holds; a new connection knows nothing wrong.
      void drop(used)
      throw failureOf(error, `publishing to ${topic}`)
    }
  }

  const sendUntilAccepted = async (topic: string, chunk: NonEmpty<Message>, signal: AbortSignal): Promise<void> => {
    for (let failures = 1; ; failures += 1) {
      const aborted = (): Error => new BusError('aborted', `publishing to ${topic} was aborted`)
      if (signal.aborted) throw aborted()
      try {
        await unlessAborted(signal, aborted, send(topic, chunk))
        return outage.over()
      } catch (error) {
        const failure = failureOf(error, `publishing to ${topic}`)
        if (failure.problem !== 'unreachable') throw failure
        outage.failed(failure)
        await pause(backOffFor(failures, RETRY), signal)
      }
    }
  }

  return {
    async publish(topic, messages, signal) {
      for (const chunk of chunksOf(messages)) await sendUntilAccepted(topic, chunk, signal)
    },
    async close() {
      if (current !== undefined) await drop(current)
    },
  }
}

function toKafka({ key, value, headers }: Message): { key: string | null; value: Buffer | null; headers: Record<string, string> } {
  return { key, value: value === null ? null : Buffer.from(value.buffer, value.byteOffset, value.byteLength), headers: { ...headers } }
}

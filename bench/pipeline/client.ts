import { Kafka, logLevel, Partitioners } from 'kafkajs'
import { partitions } from './contender.ts'
import type { Question, Sent } from './workload.ts'

/* The platform's side, the same for both: sends to a lifecycle topic and hears the decisions, each with the instant at which it was here. */

export interface Heard {
  readonly status: string
  /** Milliseconds, by `performance.now()`. */
  readonly at: number
}

export interface Client {
  send(topic: string, messages: readonly Sent[]): Promise<void>
  /** Of each question, the first decision on the topic. Rejects when they are not all there in time, and tells how many are. */
  decisionsOn(topic: string, questions: readonly Question[], withinMs: number): Promise<ReadonlyMap<string, Heard>>
  close(): Promise<void>
}

export async function openClient(brokers: readonly string[], decisionTopics: readonly string[]): Promise<Client> {
  const kafka = new Kafka({ clientId: 'bench', brokers: [...brokers], logLevel: logLevel.NOTHING })
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, allowAutoTopicCreation: false })
  const consumer = kafka.consumer({ groupId: 'bench', maxWaitTimeInMs: 250, allowAutoTopicCreation: false })
  const heard = new Map(decisionTopics.map(topic => [topic, new Map<string, Heard>()]))
  const listeners = new Set<() => void>()

  const joined = new Promise<void>(resolve => consumer.on(consumer.events.GROUP_JOIN, () => resolve()))
  await Promise.all([producer.connect(), consumer.connect()])
  await consumer.subscribe({ topics: [...decisionTopics], fromBeginning: true })
  await consumer.run({
    partitionsConsumedConcurrently: partitions * decisionTopics.length,
    eachBatch({ batch }) {
      const at = performance.now()
      const decisions = heard.get(batch.topic)
      for (const { value } of batch.messages) {
        const { deployment, status } = JSON.parse(value?.toString('utf8') ?? '{}') as { deployment: string; status: string }
        if (decisions?.has(deployment) === false) decisions.set(deployment, { status, at })
      }
      for (const listener of listeners) listener()
      return Promise.resolve()
    },
  })
  await joined

  return {
    async send(topic, messages) {
      await producer.send({ topic, acks: -1, messages: messages.map(message => ({ ...message })) })
    },

    decisionsOn(topic, questions, withinMs) {
      const decisions = heard.get(topic) ?? new Map<string, Heard>()
      const missing = new Set(questions.map(({ id }) => id))
      return new Promise((resolve, reject) => {
        const look = (): void => {
          for (const id of missing) if (decisions.has(id)) missing.delete(id)
          if (missing.size > 0) return
          end()
          resolve(decisions)
        }
        const timer = setTimeout(() => {
          end()
          reject(new Error(`${missing.size} of ${questions.length} decisions did not come on ${topic} within ${withinMs / 1_000} s`))
        }, withinMs)
        const end = (): void => {
          clearTimeout(timer)
          listeners.delete(look)
        }
        listeners.add(look)
        look()
      })
    },

    async close() {
      await consumer.disconnect()
      await producer.disconnect()
    },
  }
}

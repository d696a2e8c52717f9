import { BusError, type Lag, type Topic } from '@muster/bus'
import type { NonEmpty } from '@muster/kernel'
import type { Admin } from 'kafkajs'
import { openClient } from './client.ts'
import { answersOf, failureOf } from './failure.ts'
import type { KafkaLog, KafkaSettings } from './settings.ts'
import { within } from './wait.ts'

/*
 * What is asked of the cluster now and then: topics, lag, whether it is there.
 * Each question has a connection of its own, so an answer is never an old one and a time-out leaves nothing behind.
 */

const ASK_WITHIN_MS = 8_000
const REACH_WITHIN_MS = 3_000

/**
 * What a topic of ours has unless it says otherwise. The broker stores batches uncompressed, so that what a publisher compressed with
 * snappy, lz4 or zstd, which kafkajs cannot read, can be read.
 */
const SETTINGS: Readonly<Record<string, string>> = { 'compression.type': 'uncompressed' }

const NOT_YET: ReadonlySet<string> = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE', 'NOT_LEADER_FOR_PARTITION'])

export async function ensureTopics(settings: KafkaSettings, log: KafkaLog, topics: NonEmpty<Topic>): Promise<void> {
  await ask(settings, log, ASK_WITHIN_MS, 'making topics', async admin => {
    const existing = new Set(await admin.listTopics())
    const missing = topics.filter(({ name }) => !existing.has(name))
    if (missing.length > 0) {
      await admin.createTopics({ waitForLeaders: false, topics: missing.map(toKafka) })
      while (!(await areServed(admin, missing))) await new Promise(resolve => setTimeout(resolve, 50))
    }

    const present = await admin.fetchTopicMetadata({ topics: topics.map(({ name }) => name) })
    for (const { name, partitions } of topics) {
      const has = present.topics.find(topic => topic.name === name)?.partitions.length ?? 0
      if (has !== partitions)
        log('warn', `topic ${name} has ${has} partitions, not the ${partitions} that were asked for; it is left as it is`)
    }
  })
}

export async function lagOf(settings: KafkaSettings, log: KafkaLog, group: string, topics: NonEmpty<string>): Promise<readonly Lag[]> {
  return await ask(settings, log, ASK_WITHIN_MS, `reading the lag of ${group}`, async admin => {
    const existing = new Set(await admin.listTopics())
    const unknown = topics.find(topic => !existing.has(topic))
    if (unknown !== undefined) throw new BusError('unknown-topic', `there is no topic ${unknown}`)

    const committed = await admin.fetchOffsets({ groupId: group, topics: [...topics] })
    const lags: Lag[] = []
    for (const topic of topics) {
      const offsets = committed.find(answer => answer.topic === topic)?.partitions ?? []
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
        const offset = Number(offsets.find(answer => answer.partition === partition)?.offset ?? -1)
        // A group that never committed begins at the oldest message, and so does one whose messages were removed by retention.
        lags.push({ topic, partition, behind: Math.max(0, Number(high) - Math.max(offset, Number(low))) })
      }
    }
    return lags
  })
}

export async function isReachable(settings: KafkaSettings, log: KafkaLog): Promise<boolean> {
  try {
    await ask(settings, log, REACH_WITHIN_MS, 'reaching Kafka', async admin => await admin.describeCluster())
    return true
  } catch (error) {
    log('debug', String(error))
    return false
  }
}

async function ask<T>(
  settings: KafkaSettings,
  log: KafkaLog,
  ms: number,
  doing: string,
  question: (admin: Admin) => Promise<T>,
): Promise<T> {
  const client = openClient(settings, log)
  const admin = client.kafka.admin()
  const answer = async (): Promise<T> => {
    await admin.connect()
    const answered = await question(admin)
    await admin.disconnect()
    return answered
  }
  const where = `${doing} at ${settings.brokers.join(', ')}`
  try {
    return await within(ms, where, answer())
  } catch (error) {
    throw failureOf(error, where)
  } finally {
    client.destroy()
  }
}

/**
 * The brokers tell of a topic before its leaders serve it, and a batch that is sent in between is refused in part and then sent again. So we ask
 * for offsets, which only a leader that serves can answer.
 */
async function areServed(admin: Admin, topics: readonly Topic[]): Promise<boolean> {
  try {
    for (const { name, partitions } of topics) {
      if ((await admin.fetchTopicOffsets(name)).length < partitions) return false
    }
    return true
  } catch (error) {
    if (answersOf(error).some(answer => NOT_YET.has(answer))) return false
    throw error
  }
}

function toKafka({ name, partitions, settings }: Topic) {
  const entries = Object.entries({ ...SETTINGS, ...settings })
  return { topic: name, numPartitions: partitions, configEntries: entries.map(([setting, value]) => ({ name: setting, value })) }
}

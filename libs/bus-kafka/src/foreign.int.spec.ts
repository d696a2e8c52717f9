import { collector } from '@muster/bus/testing'
import { randomUUID } from 'node:crypto'
import { Kafka, logLevel, Partitioners, type Message, CompressionTypes } from 'kafkajs'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { kafkaBus } from './kafka-bus.ts'

const brokers = inject('kafkaBrokers').split(',').filter(Boolean)

describe.skipIf(brokers.length === 0)('A publisher that is not ours', () => {
  const settings = { brokers: [brokers[0] ?? '', ...brokers.slice(1)] as const, clientId: 'foreign' }
  const kafka = new Kafka({ ...settings, brokers, logLevel: logLevel.NOTHING })
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  const bus = kafkaBus(settings)
  let topic: string

  const received = async (message: Message, compression = CompressionTypes.None) => {
    await producer.send({ topic, messages: [message], compression })
    const consumer = collector(bus, `group-${topic}`, [topic])
    await consumer.until('the message', ({ batches }) => batches.length === 1)
    await consumer.stop()
    return consumer.messages()[0]
  }

  beforeEach(async () => {
    topic = `foreign.${randomUUID()}`
    await bus.ensureTopics([{ name: topic, partitions: 1, settings: { 'message.timestamp.after.max.ms': '9223372036854775807' } }])
    await producer.connect()
  })
  afterEach(() => producer.disconnect())

  it('may send headers and keys that are not UTF-8: the bytes are kept', async () => {
    const bytes = Buffer.from([0xc3, 0x28, 0x00, 0xff])
    const message = await received({ key: bytes, value: bytes, headers: { ce_id: bytes } })
    expect(message?.key).toBe(bytes.toString('utf8'))
    expect(message?.headers.ce_id).toBe(bytes.toString('utf8'))
    expect(message?.rawHeaders.ce_id).toEqual(bytes)
    expect(message?.value).toEqual(bytes)
  })

  it('may send a header twice: the last counts', async () => {
    const message = await received({ value: 'v', headers: { ce_id: ['first', 'second'] } })
    expect(message?.headers).toEqual({ ce_id: 'second' })
  })

  it('may claim a time that no calendar has', async () => {
    const message = await received({ value: 'v', timestamp: '9223372036854775807' })
    expect(message?.timestamp).toBe('9999-12-31T23:59:59.999Z')
  })

  it('may compress: the broker stores what everybody can read', async () => {
    const message = await received({ value: 'v'.repeat(10_000) }, CompressionTypes.GZIP)
    expect(message?.value?.length).toBe(10_000)
    const admin = kafka.admin()
    await admin.connect()
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: 2, name: topic, configNames: ['compression.type'] }],
    })
    await admin.disconnect()
    expect(resources[0]?.configEntries[0]?.configValue).toBe('uncompressed')
  })
})

describe.skipIf(brokers.length === 0)('A message that the broker will never take', () => {
  it('is refused, and what comes after it is not', async () => {
    const bus = kafkaBus({ brokers: [brokers[0] ?? ''], clientId: 'too-large' })
    const topic = `large.${randomUUID()}`
    await bus.ensureTopics([{ name: topic, partitions: 1 }])
    const message = (bytes: number) => ({ key: 'k', value: new Uint8Array(bytes), headers: {} })
    await expect(bus.publish(topic, [message(2 * 1024 * 1024)])).rejects.toMatchObject({ problem: 'refused' })
    await bus.publish(topic, [message(10)])
    expect(await bus.lag('nobody', [topic])).toEqual([{ topic, partition: 0, behind: 1 }])
    await bus.close()
  })
})

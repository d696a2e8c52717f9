import { collector, eventually } from '@muster/bus/testing'
import type { MessageBus } from '@muster/bus'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { startKafka, type RunningKafka } from '../../../infra/kafka/kafka.mjs'
import { kafkaBus } from './kafka-bus.ts'

/* These tests freeze and kill a broker, so they have one of their own. */

const possible = inject('kafkaBrokers') !== ''
const topic = 'outage'

describe.skipIf(!possible)('When the broker', () => {
  let dataDir: string
  let kafka: RunningKafka
  let bus: MessageBus
  const told: string[] = []

  const restart = async (): Promise<void> => {
    const [address] = kafka.brokers
    kafka = await startKafka({ dataDir, port: Number(address.split(':')[1]) })
  }
  const send = (...values: readonly string[]): Promise<void> =>
    values.reduce(
      (before, value) => before.then(() => bus.publish(topic, [{ key: value, value: Buffer.from(value), headers: {} }])),
      Promise.resolve(),
    )
  const numbered = (name: string, count: number): readonly string[] => Array.from({ length: count }, (_, index) => `${name}-${index}`)

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'muster-outage-'))
    kafka = await startKafka({ dataDir })
    const log = (level: string, message: string): void => void (level !== 'debug' && told.push(`${level} ${message}`))
    bus = kafkaBus({ brokers: kafka.brokers, clientId: 'outage', requestTimeoutMs: 2_000, sessionTimeoutMs: 2_000 }, log)
    await bus.ensureTopics([{ name: topic, partitions: 3 }])
  })

  // A test that fails must leave no broker frozen to the next.
  afterEach(() => {
    process.kill(kafka.pid, 'SIGCONT')
  })

  afterAll(async () => {
    await bus.close()
    await kafka.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  it('is frozen for longer than our requests and our session, nothing is lost and all goes on promptly', async () => {
    const consumer = collector(bus, 'frozen', [topic])
    await send(...numbered('before', 20))
    await consumer.until('what came before', ({ values }) => values().size === 20)

    process.kill(kafka.pid, 'SIGSTOP')
    const publishing = send(...numbered('during', 20))
    await eventually('the publisher to be told of it', () => told.some(line => line.includes('publishing to Kafka waits')))
    await eventually('the group to be told of it', () => told.some(line => line.includes('group frozen waits')))
    expect(await bus.reachable()).toBe(false)

    process.kill(kafka.pid, 'SIGCONT')
    const thawed = performance.now()
    await publishing
    await consumer.until('what came during', ({ values }) => values().size === 40)
    expect(performance.now() - thawed).toBeLessThan(8_000)
    expect(await bus.reachable()).toBe(true)
    await eventually('to be told that it is over', () => told.some(line => line.includes('publishing to Kafka goes on after')))
    await consumer.stop()
  })

  it('is killed and started again, what it had accepted is there and the group goes on', async () => {
    const consumer = collector(bus, 'killed', [topic])
    await send(...numbered('accepted', 20))
    await consumer.until('what was accepted', ({ values }) => values().has('accepted-19'))

    kafka.kill()
    await kafka.exited
    const publishing = send(...numbered('while-away', 20))
    await eventually('the group to be told of it', () => told.some(line => line.includes('group killed waits')))
    await restart()
    const started = performance.now()
    await publishing
    await consumer.until('all of it', ({ values }) => values().has('while-away-19') && values().size >= 60)
    expect(performance.now() - started).toBeLessThan(15_000)
    expect(numbered('while-away', 20).every(value => consumer.values().has(value))).toBe(true)
    await consumer.stop()
  })

  it('is frozen, a consumer and the bus still leave promptly, and a publish that waits is told', async () => {
    const away = kafkaBus({ brokers: kafka.brokers, clientId: 'leaving' })
    const consumer = collector(away, 'leaving', [topic])
    await send('leaving')
    await consumer.until('messages', ({ batches }) => batches.length > 0)
    process.kill(kafka.pid, 'SIGSTOP')

    const leaving = performance.now()
    await consumer.stop()
    expect(performance.now() - leaving).toBeLessThan(4_000)

    const giveUp = new AbortController()
    const message = { key: 'k', value: null, headers: {} }
    const given = away.publish(topic, [message], giveUp.signal)
    const waiting = away.publish(topic, [message])
    giveUp.abort()
    await expect(given).rejects.toMatchObject({ problem: 'aborted' })
    await expect(away.ensureTopics([{ name: topic, partitions: 3 }])).rejects.toMatchObject({ problem: 'unreachable' })

    const closing = performance.now()
    await Promise.all([away.close(), expect(waiting).rejects.toMatchObject({ problem: 'closed' })])
    expect(performance.now() - closing).toBeLessThan(4_000)
  })
})

import { randomBytes } from 'node:crypto'
import { kafkaBus } from '@muster/bus-kafka'
import type { Message, MessageBus, ReceivedMessage } from '@muster/bus'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { askerOf } from '../../../infra/test/callers.ts'
import { freshDatabase } from '../../../infra/test/database.ts'
import { digestOf, good, intent, modelEvidence, unfair, versionEvidence, type CloudEvent } from './evidence.ts'
import { identityFile } from './identity.ts'
import { eventually, startMuster, type MusterProcess } from './muster.process.ts'

/* The same job over real Kafka: what comes in by a topic is decided, and what is decided goes out by one. */

const brokers = inject('kafkaBrokers')

describe.skipIf(brokers === '')('Muster on Kafka', () => {
  const model = `kafka-${randomBytes(4).toString('hex')}`
  let bus: MessageBus
  let muster: MusterProcess
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let ask: ReturnType<typeof askerOf>
  const received: ReceivedMessage[] = []
  const leaving = new AbortController()

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    muster = await startMuster({
      env: {
        MUSTER_DATABASE_URL: database.url,
        MUSTER_HTTP_PORT: '0',
        MUSTER_IDENTITY_FILE: identityFile(),
        MUSTER_KAFKA_BROKERS: brokers,
      },
    })
    ask = askerOf(muster.url)
    const [first = '', ...others] = brokers.split(',')
    bus = kafkaBus({ brokers: [first, ...others], clientId: 'test' })
    await bus.ensureTopics([{ name: 'muster.lifecycle', partitions: 6 }, ...outgoing.map(name => ({ name, partitions: 6 }))])
    const consuming = bus.consume(
      {
        group: `test-${model}`,
        topics: outgoing,
        handle: batch => {
          received.push(...batch)
          return Promise.resolve()
        },
      },
      leaving.signal,
    )
    consuming.catch((error: unknown) => console.error('the consumer of the test ended', error))
  })

  afterAll(async () => {
    leaving.abort()
    await bus.close()
    await muster.stop()
    await database.drop()
  })

  it('decides an intent that came by Kafka and tells the decision on a topic, under the id of its event', async () => {
    await send([...modelEvidence(model), ...versionEvidence(model, '1', good)].map(structured))
    await send([binary(intent(`${model}-a`, model, '1'))])
    const decision = await receivedOn('muster.decisions', ({ deployment }) => deployment === `${model}-a`)
    expect(decision.data).toMatchObject({ status: 'cleared', target: { model, version: '1' } })
    expect(decision.message.key).toBe(model)
    const { body } = await ask.get('ana', `/v1/deployments/${model}-a`)
    expect(decision.message.headers.ce_id).toBe(body.history.at(-1).event)
  })

  it('takes a message that comes again as the same one', async () => {
    const again = structured(intent(`${model}-b`, model, '1'))
    await send([again, again])
    await receivedOn('muster.decisions', ({ deployment }) => deployment === `${model}-b`)
    await send([again])
    await send([structured(intent(`${model}-c`, model, '1'))])
    await receivedOn('muster.decisions', ({ deployment }) => deployment === `${model}-c`)
    const { body } = await ask.get('ana', `/v1/log?stream=intent-${model}-b`)
    expect(body.items).toHaveLength(1)
  })

  it('raises an alert for what is blocked, on its topic too', async () => {
    await send(versionEvidence(model, '2', unfair).map(structured))
    await send([structured(intent(`${model}-d`, model, '2'))])
    const alert = await receivedOn('muster.alerts', data => data.kind === 'deployment-blocked' && data.model === model)
    expect(alert.data).toMatchObject({ policy: { id: 'fairness-disparate-impact' }, version: '2' })
  })

  it('quarantines what it cannot read, copies it to the dead-letter topic, and goes on behind it', async () => {
    const poison = Buffer.from(`{"specversion":"1.0","id":"poison-${model}","a":1,"a":2}`)
    await send([
      { key: model, value: poison, headers: { 'content-type': 'application/cloudevents+json' } },
      structured(intent(`${model}-e`, model, '1')),
    ])
    await receivedOn('muster.decisions', ({ deployment }) => deployment === `${model}-e`)
    const dead = await eventually(
      () =>
        Promise.resolve(received.find(({ topic, value }) => topic === 'muster.lifecycle.dead' && Buffer.from(value ?? []).equals(poison))),
      'the dead letter',
    )
    expect(Buffer.from(dead.value ?? [])).toEqual(poison)
    const entry = await eventually(async () => {
      const { body } = await ask.get('omar', '/v1/quarantine')
      return body.items.find(({ sha256 }: { sha256: string }) => sha256 === digestOf(poison.toString()).slice('sha256:'.length))
    }, 'the entry in quarantine')
    expect(entry).toMatchObject({ code: 'invalid', pointer: '/a', times: 1 })
  })

  it('quarantines another artifact for a version that has one, and keeps the first', async () => {
    const [registered] = versionEvidence(model, '1', good)
    const conflicting = { ...registered, id: `${model}-conflict`, data: { artifact: { digest: `sha256:${'0'.repeat(64)}` } } }
    await send([structured(conflicting as CloudEvent)])
    await eventually(async () => {
      const { body } = await ask.get('omar', '/v1/quarantine?code=conflicting-digest')
      return body.items.length > 0 ? body.items : undefined
    }, 'the conflicting registration in quarantine')
  })

  const outgoing = ['muster.decisions', 'muster.alerts', 'muster.lifecycle.dead'] as const

  const send = async ([first, ...rest]: Message[]): Promise<void> => {
    if (first !== undefined) await bus.publish('muster.lifecycle', [first, ...rest])
  }

  async function receivedOn(topic: string, matches: (data: Record<string, unknown>) => boolean) {
    return eventually(() => {
      const message = received.find(one => one.topic === topic && matches(dataOf(one)))
      return Promise.resolve(message === undefined ? undefined : { message, data: dataOf(message) })
    }, `a message on ${topic}`)
  }
})

const dataOf = ({ value }: ReceivedMessage): Record<string, unknown> => {
  try {
    return JSON.parse(Buffer.from(value ?? []).toString('utf8'))
  } catch {
    return {}
  }
}

const keyOf = ({ subject, data }: CloudEvent): string =>
  typeof data === 'object' && data !== null && 'model' in data ? String(data.model) : (subject.split('@')[0] ?? subject)

const structured = (event: CloudEvent): Message => ({
  key: keyOf(event),
  value: Buffer.from(JSON.stringify(event)),
  headers: { 'content-type': 'application/cloudevents+json' },
})

const binary = ({ data, datacontenttype, ...attributes }: CloudEvent): Message => ({
  key: keyOf({ ...attributes, data, datacontenttype }),
  value: Buffer.from(JSON.stringify(data)),
  headers: {
    'content-type': datacontenttype,
    ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce_${name}`, value])),
  },
})

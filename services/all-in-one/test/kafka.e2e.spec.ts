import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { agreeToPolicies } from '../../../infra/test/agree.ts'
import { eventually } from '../../../infra/test/eventually.ts'
import { askerOf } from '../../../infra/test/callers.ts'
import { freshDatabase } from '../../../infra/test/database.ts'
import { digestOf, good, intent, modelEvidence, unfair, versionEvidence, type CloudEvent } from './evidence.ts'
import { identityFile } from './identity.ts'
import { binary, connectKafka, raw, structured, type KafkaClient } from './kafka.client.ts'
import { remainsSound } from './memory.ts'
import { fsckFromOutside } from './outside.ts'
import { startMuster, type MusterProcess } from './muster.process.ts'

/* The same job over real Kafka: what comes in by a topic is decided, and what is decided goes out by one. */

const brokers = inject('kafkaBrokers')

describe.skipIf(brokers === '')('Muster on Kafka', () => {
  const model = `kafka-${randomBytes(4).toString('hex')}`
  let kafka: KafkaClient
  let muster: MusterProcess
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let ask: ReturnType<typeof askerOf>

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
    await agreeToPolicies(muster.url)
    kafka = await connectKafka(brokers, model)
  })

  afterAll(async () => {
    await kafka.close()
    await muster.stop()
    await database.drop()
  })

  const decided = (id: string) => kafka.until('muster.decisions', `the decision on ${id}`, ({ deployment }) => deployment === id)

  it('decides an intent that came by Kafka and tells the decision on a topic, under the id of its event', async () => {
    await kafka.send(...[...modelEvidence(model), ...versionEvidence(model, '1', good)].map(structured))
    await kafka.send(binary(intent(`${model}-a`, model, '1')))
    const decision = await decided(`${model}-a`)
    expect(decision.data).toMatchObject({ status: 'cleared', target: { model, version: '1' } })
    expect(decision.message.key).toBe(model)
    const { body } = await ask.get('ana', `/v1/deployments/${model}-a`)
    expect(decision.message.headers.ce_id).toBe(body.history.at(-1).event)
  })

  it('takes a message that comes again as the same one', async () => {
    const again = structured(intent(`${model}-b`, model, '1'))
    await kafka.send(again, again)
    await decided(`${model}-b`)
    await kafka.send(again)
    await kafka.send(structured(intent(`${model}-c`, model, '1')))
    await decided(`${model}-c`)
    const { body } = await ask.get('ana', `/v1/log?stream=intent-${model}-b`)
    expect(body.items).toHaveLength(1)
  })

  it('raises an alert for what is blocked, on its topic too', async () => {
    await kafka.send(...versionEvidence(model, '2', unfair).map(structured))
    await kafka.send(structured(intent(`${model}-d`, model, '2')))
    const alert = await kafka.until('muster.alerts', 'the alert', data => data.kind === 'deployment-blocked' && data.model === model)
    expect(alert.data).toMatchObject({ policy: { id: 'fairness-disparate-impact' }, version: '2' })
  })

  it('quarantines what it cannot read, copies it to the dead-letter topic, and goes on behind it', async () => {
    const poison = `{"specversion":"1.0","id":"poison-${model}","a":1,"a":2}`
    await kafka.send(raw(model, poison), structured(intent(`${model}-e`, model, '1')))
    await decided(`${model}-e`)
    await kafka.until('muster.lifecycle.dead', 'the dead letter', (_, { value }) => Buffer.from(value ?? []).equals(Buffer.from(poison)))
    const entry = await eventually(async () => {
      const { body } = await ask.get('omar', '/v1/quarantine')
      return body.items.find(({ sha256 }: { sha256: string }) => sha256 === digestOf(poison).slice('sha256:'.length))
    }, 'the entry in quarantine')
    expect(entry).toMatchObject({ code: 'invalid', pointer: '/a', times: 1 })
  })

  it('quarantines another artifact for a version that has one, and keeps the first', async () => {
    const [registered] = versionEvidence(model, '1', good)
    const conflicting = { ...registered, id: `${model}-conflict`, data: { artifact: { digest: `sha256:${'0'.repeat(64)}` } } }
    await kafka.send(structured(conflicting as CloudEvent))
    await eventually(async () => {
      const { body } = await ask.get('omar', '/v1/quarantine?code=conflicting-digest')
      return body.items.length > 0 ? body.items : undefined
    }, 'the conflicting registration in quarantine')
  })

  remainsSound(() => ({ url: database.url, kafka }))

  it('is found whole from outside, topics and all', async () =>
    expect(await fsckFromOutside(muster.url, '--brokers', brokers)).toMatchObject({
      code: 0,
      checked: expect.arrayContaining(['log', 'topic muster.decisions', 'topic muster.alerts']),
      findings: [],
    }))
})

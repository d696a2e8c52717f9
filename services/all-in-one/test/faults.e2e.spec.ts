import { randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@muster/embedded-postgres'
import { streamName } from '@muster/contracts'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { agreeToPolicies } from '../../../infra/test/agree.ts'
import { eventually } from '../../../infra/test/eventually.ts'
import { startKafka, type RunningKafka } from '../../../infra/kafka/kafka.mjs'
import { askerOf } from '../../../infra/test/callers.ts'
import { freshDatabase } from '../../../infra/test/database.ts'
import { good, happened, intent, modelEvidence, versionEvidence } from './evidence.ts'
import { identityFile } from './identity.ts'
import { connectKafka, structured, type KafkaClient } from './kafka.client.ts'
import { openLog, remainsSound } from './memory.ts'
import { startMuster, type MusterProcess } from './muster.process.ts'

/* What Muster stands on goes away and comes back, and Muster goes on where it was: it waits, it says so, it loses nothing. */

type Ask = ReturnType<typeof askerOf>

const gate = (ask: Ask, id: string, model: string) =>
  ask.post(
    'ci',
    '/v1/intents',
    { id, model, version: '1', environment: 'production', endpoint: `${model}-desk`, requestedBy: 'rita@example.org' },
    { prefer: 'wait=20' },
  )
const readiness = async (url: string) => {
  const response = await fetch(`${url}/health/ready`)
  return { status: response.status, body: (await response.json()) as { parts: Record<string, string> } }
}

describe.skipIf(inject('kafkaBrokers') === '')('Muster, when what it stands on goes away', () => {
  const model = `away-${randomBytes(4).toString('hex')}`
  const folder = mkdtempSync(join(tmpdir(), 'muster-faults-'))
  const [databaseDir, kafkaDir] = [join(folder, 'postgres'), join(folder, 'kafka')]
  let broker: RunningKafka
  let database: EmbeddedPostgres
  let muster: MusterProcess
  let kafka: KafkaClient
  let ask: Ask

  beforeAll(async () => {
    chmodSync(folder, 0o755)
    ;[broker, database] = await Promise.all([
      startKafka({ dataDir: kafkaDir }),
      startEmbeddedPostgres({ dataDir: databaseDir, log: () => undefined }),
    ])
    const [brokers] = broker.brokers
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
    await kafka.send(...[...modelEvidence(model), ...versionEvidence(model, '1', good)].map(structured))
  })
  afterAll(async () => {
    await kafka?.close()
    await muster?.stop()
    await Promise.all([broker?.stop(), database?.stop()])
    rmSync(folder, { recursive: true, force: true })
  })

  const decided = (id: string) => kafka.until('muster.decisions', `the decision on ${id}`, ({ deployment }) => deployment === id)
  const isReady = () =>
    eventually(async () => ((await readiness(muster.url)).status === 200 ? true : undefined), 'Muster to be ready again', 60)
  /** Until it was away for so long that Muster has given up once, and tries again. */
  const triedInVain = (what: string) => {
    const before = muster.output().length
    return eventually(() => Promise.resolve(muster.output().slice(before).includes(what) ? true : undefined), `"${what}" in the log`, 60)
  }

  it('decides and tells while all is there', async () => {
    await kafka.send(structured(intent(`${model}-before`, model, '1')))
    expect((await decided(`${model}-before`)).data).toMatchObject({ status: 'cleared' })
    await isReady()
  })

  it('goes on by HTTP without Kafka, says that it is not ready, and what waits goes out and comes in when Kafka is back', async () => {
    const port = Number(broker.brokers[0].split(':')[1])
    broker.kill()
    await broker.exited
    const { body } = await eventually(async () => {
      const report = await readiness(muster.url)
      return report.status === 503 ? report : undefined
    }, 'readiness to tell')
    expect(body.parts['kafka']).toBe(`no broker of 127.0.0.1:${port} answers`)
    expect(body.parts).toMatchObject({ database: 'ok', log: 'ok', 'subscription deployments': 'ok' })
    expect((await fetch(`${muster.url}/health/live`)).status).toBe(200)

    const sending = kafka.send(structured(intent(`${model}-sent-meanwhile`, model, '1')))
    const waiting = triedInVain('"subscription":"publish-decisions"')
    expect(await gate(ask, `${model}-asked-meanwhile`, model)).toMatchObject({ status: 200, body: { status: 'cleared' } })
    await waiting

    broker = await startKafka({ dataDir: kafkaDir, port })
    await sending
    for (const id of [`${model}-sent-meanwhile`, `${model}-asked-meanwhile`])
      expect((await decided(id)).data).toMatchObject({ status: 'cleared' })
    await isReady()
  })

  it('asks to try again without PostgreSQL, says that it is not ready, and takes in what waited when it is back', async () => {
    const port = Number(new URL(database.url).port)
    await database.stop()
    const { body } = await eventually(async () => {
      const report = await readiness(muster.url)
      return report.status === 503 ? report : undefined
    }, 'readiness to tell')
    expect(body.parts).toMatchObject({ database: 'the database cannot be reached', log: 'the log cannot be reached', kafka: 'ok' })
    expect((await fetch(`${muster.url}/health/live`)).status).toBe(200)
    const unavailable = {
      status: 503,
      body: { type: 'urn:muster:problem:unavailable', status: 503, detail: expect.stringContaining('try again') },
    }
    expect(await ask.get('ana', `/v1/deployments/${model}-before`)).toMatchObject(unavailable)
    expect(await ask.get('ana', '/v1/deployments')).toMatchObject(unavailable)
    expect(await ask.post('ci', '/v1/events', modelEvidence(`${model}-new`))).toMatchObject(unavailable)
    expect(await gate(ask, `${model}-refused`, model)).toMatchObject(unavailable)
    await kafka.send(structured(intent(`${model}-sent-without-database`, model, '1')))
    for (let looks = 0; looks < 20; looks += 1) {
      expect((await readiness(muster.url)).status).toBe(503)
      await new Promise(wake => setTimeout(wake, 400))
    }

    database = await startEmbeddedPostgres({ dataDir: databaseDir, port, log: () => undefined })
    expect((await decided(`${model}-sent-without-database`)).data).toMatchObject({ status: 'cleared' })
    expect(await gate(ask, `${model}-refused`, model)).toMatchObject({ status: 200, body: { status: 'cleared' } })
    await isReady()
  })

  remainsSound(() => ({ url: database.url, kafka }))
})

describe('An event of a type that this release does not know', () => {
  const [odd, other] = ['odd', 'other'].map(name => `${name}-${randomBytes(4).toString('hex')}`) as [string, string]
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let muster: MusterProcess
  let ask: Ask

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    muster = await startMuster({
      env: { MUSTER_DATABASE_URL: database.url, MUSTER_HTTP_PORT: '0', MUSTER_IDENTITY_FILE: identityFile() },
    })
    ask = askerOf(muster.url)
    await agreeToPolicies(muster.url)
    for (const model of [odd, other]) {
      const { status } = await ask.post('ci', '/v1/events', [...modelEvidence(model), ...versionEvidence(model, '1', good)])
      expect(status).toBe(202)
    }
    await appendFromTheFuture()
  })
  afterAll(async () => {
    await muster?.stop()
    await database.drop()
  })

  /** As a newer release would have, before somebody went back to this one. */
  async function appendFromTheFuture(): Promise<void> {
    const store = await openLog(database.url)
    const stream = streamName('model', odd)
    const id = randomUUID()
    const event = {
      id,
      type: 'model.renamed.v1',
      data: '{}',
      context: {
        id,
        source: '/pipelines/test',
        type: 'dev.muster.model.renamed.v1',
        subject: odd,
        partitionkey: odd,
        time: new Date().toISOString(),
        correlationid: id,
      },
    }
    const [result] = await store.append([
      { stream, expected: (await store.read([stream])).at(-1)?.revision ?? 'no-stream', events: [event] },
    ])
    await store.close()
    expect(result?.kind).toBe('written')
  }

  const parked = () =>
    eventually(async () => {
      const { body } = await ask.get('ana', '/v1/parked')
      return body.items.length > 0 ? body.items : undefined
    }, 'the key to be parked')

  it('parks its key, and says which event and why: in the list, in the figures, by an alert', async () => {
    expect(await parked()).toMatchObject([
      {
        subscription: 'deployments',
        key: odd,
        type: 'model.renamed.v1',
        reason: 'UnknownEventType: event type "model.renamed.v1" is not known to this release',
        retryRequested: false,
      },
    ])
    expect(await (await fetch(`${muster.url}/metrics`)).text()).toContain('muster_parked{subscription="deployments"} 1')
    const alert = await eventually(async () => {
      const { body } = await ask.get('ana', '/v1/alerts?kind=parked&status=open')
      return body.items[0]
    }, 'the alert')
    expect(alert.title).toContain(`deployments/${odd} is parked`)
  })

  it('leaves every other key alone, and what comes for its own waits behind it', async () => {
    const waits = await ask.post('ci', '/v1/intents', {
      id: `${odd}-1`,
      model: odd,
      version: '1',
      environment: 'production',
      endpoint: `${odd}-desk`,
      requestedBy: 'rita@example.org',
    })
    expect(waits.status).toBe(202)
    expect(await gate(ask, `${other}-1`, other)).toMatchObject({ status: 200, body: { status: 'cleared' } })
    await eventually(async () => ((await parked())[0].events >= 2 ? true : undefined), 'the intent to wait behind it')
    expect((await ask.get('ana', `/v1/deployments/${odd}-1`)).status).toBe(404)
    expect((await readiness(muster.url)).status).toBe(200)
  })

  it('does not close the door to its own key: what comes is recorded, and waits too', async () => {
    const retired = happened(`${odd}-tier-again`, 'model.risk-tiered', odd, { riskTier: 'limited' })
    expect(await ask.post('ci', '/v1/events', retired)).toMatchObject({ status: 202, body: { outcome: 'recorded' } })
    expect(await ask.post('ci', '/v1/events', retired)).toMatchObject({ status: 200, body: { outcome: 'unchanged' } })
  })

  it('is tried again when an operator asks for it, and stays parked while nothing has changed', async () => {
    const retry = (as: string) => ask.post(as, `/v1/parked/deployments/${odd}/retry`, {})
    expect((await retry('ana')).status).toBe(403)
    expect(await retry('omar')).toMatchObject({ status: 202, body: { requested: true } })
    await eventually(() => Promise.resolve(muster.output().includes('a parked key failed again') ? true : undefined), 'the retry')
    expect(await parked()).toMatchObject([{ key: odd, type: 'model.renamed.v1', retryRequested: false }])
  })

  it('stays parked over a restart', async () => {
    expect(await muster.stop()).toBe(0)
    muster = await startMuster({
      env: { MUSTER_DATABASE_URL: database.url, MUSTER_HTTP_PORT: '0', MUSTER_IDENTITY_FILE: identityFile() },
    })
    ask = askerOf(muster.url)
    expect(await parked()).toMatchObject([{ key: odd }])
    expect(await gate(ask, `${other}-2`, other)).toMatchObject({ status: 200, body: { status: 'cleared' } })
  })
})

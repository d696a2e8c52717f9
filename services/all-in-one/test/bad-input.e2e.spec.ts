import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { agreeToPolicies } from '../../../infra/test/agree.ts'
import { eventually } from '../../../infra/test/eventually.ts'
import { askerOf } from '../../../infra/test/callers.ts'
import { freshDatabase } from '../../../infra/test/database.ts'
import { badEvents } from './bad-events.ts'
import { digestOf, good, happened, intent, modelEvidence, versionEvidence, weak } from './evidence.ts'
import { identityFile } from './identity.ts'
import { connectKafka, raw, structured, type KafkaClient } from './kafka.client.ts'
import { startMuster, type MusterProcess } from './muster.process.ts'
import { policyFolder } from './policy-folder.ts'

/* What should not come, at every door: it is refused or kept apart by name, it changes nothing, and what is good goes on. */

const brokers = inject('kafkaBrokers')
const model = `bad-${randomBytes(4).toString('hex')}`
const stranger = `stranger-${model}`

let muster: MusterProcess
let database: Awaited<ReturnType<typeof freshDatabase>>
let ask: ReturnType<typeof askerOf>

const start = async (identity: string): Promise<void> => {
  const env = { MUSTER_DATABASE_URL: database.url, MUSTER_HTTP_PORT: '0', MUSTER_IDENTITY_FILE: identity }
  muster = await startMuster({ env: { ...env, ...(brokers !== '' && { MUSTER_KAFKA_BROKERS: brokers }) } })
  ask = askerOf(muster.url)
  await agreeToPolicies(muster.url)
}

beforeAll(async () => {
  database = await freshDatabase(inject('databaseUrl'))
  await start(identityFile())
  const { status } = await ask.post('ci', '/v1/events', [
    ...modelEvidence(model),
    ...versionEvidence(model, '1', good),
    ...versionEvidence(model, '2', weak),
    ...versionEvidence(model, '3', weak).map(event =>
      event.type === 'dev.muster.version.trained.v1'
        ? { ...event, data: { ...Object(event.data), trainedBy: [`${stranger}@example.org`] } }
        : event,
    ),
  ])
  expect(status).toBe(202)
})
afterAll(async () => {
  await muster?.stop()
  await database.drop()
})

const deployment = (id: string, status: string) =>
  eventually(async () => {
    const { body } = await ask.get('ana', `/v1/deployments/${id}`)
    return body.status === status ? body : undefined
  }, `deployment ${id} to be ${status}`)
const idsOf = async (stream: string): Promise<readonly string[]> =>
  (await ask.get('ana', `/v1/log?stream=${stream}`)).body.items.map(({ context }: { context: { id: string } }) => context.id)
const head = async (): Promise<number> => (await ask.get('ana', '/v1/log?limit=1000')).body.items.at(-1).position

describe('An event by HTTP', () => {
  const post = async (text: string) => {
    const response = await fetch(`${muster.url}/v1/events`, {
      method: 'POST',
      body: text,
      headers: { authorization: 'Bearer token-of-ci', 'content-type': 'application/cloudevents+json' },
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }

  it.each(badEvents(model).map(bad => [bad.title, bad] as const))('%s is refused, and its sender hears why', async (_, bad) => {
    const { text, status, code, pointer } = bad
    const before = await head()
    const answer = await post(text)
    expect(answer).toMatchObject({ status, body: { type: `urn:muster:problem:${code}`, status, detail: expect.any(String) } })
    if (pointer !== undefined) expect(answer.body['errors']).toMatchObject([{ pointer }])
    expect(await head()).toBe(before)
  })

  it('that was refused is not kept', async () =>
    expect((await ask.get('omar', '/v1/quarantine?limit=500')).body.items.filter((entry: { key?: string }) => entry.key === model)).toEqual(
      [],
    ))

  it('that comes twice is recorded once', async () => {
    const text = JSON.stringify(happened(`${model}-twice`, 'model.registered', `${model}-twice`, {}))
    expect(await post(text)).toMatchObject({ status: 202, body: { outcome: 'recorded' } })
    expect(await post(text)).toMatchObject({ status: 200, body: { outcome: 'unchanged' } })
    expect(await idsOf(`model-${model}-twice`)).toEqual([`${model}-twice`])
  })
})

describe.skipIf(brokers === '')('A message on Kafka', () => {
  let kafka: KafkaClient
  beforeAll(async () => void (kafka = await connectKafka(brokers, model)))
  afterAll(() => kafka.close())

  const passes = (name: string) => happened(`${model}-${name}`, 'model.registered', `${model}-passes`, { intendedUse: name })

  it('that cannot be taken is kept apart with its reason, copied, told, and stops nothing behind it', async () => {
    const bad = badEvents(model)
    const fine = bad.map((_, index) => passes(`good-${index}`))
    await kafka.send(...bad.flatMap(({ text }, index) => [raw(model, text), { ...structured(fine[index] ?? passes('')), key: model }]))
    await eventually(async () => ((await idsOf(`model-${model}-passes`)).length === fine.length ? true : undefined), 'what is good')
    expect(await idsOf(`model-${model}-passes`)).toEqual(fine.map(({ id }) => id))

    for (const { title, text, code, pointer } of bad) {
      const sha256 = digestOf(text).slice('sha256:'.length)
      const entry = await eventually(async () => {
        const { status, body } = await ask.get('omar', `/v1/quarantine/${sha256}`)
        return status === 200 ? body : undefined
      }, `${title} in quarantine`)
      expect(entry, title).toMatchObject({
        code,
        times: 1,
        size: Buffer.byteLength(text),
        key: model,
        ...(pointer !== undefined && { pointer }),
      })
      expect(Buffer.from(entry.base64, 'base64').equals(Buffer.from(text)), title).toBe(true)
      await kafka.until('muster.lifecycle.dead', title, (_, { value }) => Buffer.from(value ?? []).equals(Buffer.from(text)))
      expect(await idsOf(`quarantine-${sha256}`), title).toHaveLength(1)
    }
    await eventually(async () => {
      const { body } = await ask.get('ana', '/v1/alerts?kind=quarantined&status=open&limit=500')
      return body.items.length >= bad.length ? true : undefined
    }, 'an alert for each')
    expect(await (await fetch(`${muster.url}/metrics`)).text()).toMatch(
      new RegExp(`^muster_quarantined (${bad.length}|[1-9]\\d{2,})$`, 'm'),
    )
    expect((await ask.get('ana', '/health/ready')).status).toBe(200)
  })

  it('that came by HTTP already is the same event', async () => {
    const event = happened(`${model}-both`, 'model.registered', `${model}-both`, {})
    expect((await ask.post('ci', '/v1/events', [event])).status).toBe(202)
    await kafka.send(structured(event), structured(event), structured({ ...event, id: `${model}-behind` }))
    await eventually(async () => ((await idsOf(`model-${model}-both`)).length > 1 ? true : undefined), 'what came behind')
    expect(await idsOf(`model-${model}-both`)).toEqual([`${model}-both`, `${model}-behind`])
  })

  it('may come before all that it builds on: the intent waits, and settles by itself', async () => {
    const early = `${model}-early`
    await kafka.send(structured(intent(`${early}-1`, early, '1')))
    expect((await deployment(`${early}-1`, 'waiting')).missing).toEqual([
      `model-${early}`,
      `version-${early}@1`,
      `endpoint-production/${early}-desk`,
    ])
    const backwards = [...modelEvidence(early), ...versionEvidence(early, '1', good)].toReversed()
    await kafka.send(...backwards.map(structured))
    await deployment(`${early}-1`, 'cleared')
  })
})

describe('An approval', () => {
  const asked = async (id: string, version: string) => {
    const { body } = await ask.post(
      'ci',
      '/v1/intents',
      { id, model, version, environment: 'production', endpoint: `${model}-desk`, requestedBy: 'rita@example.org' },
      { prefer: 'wait=20' },
    )
    expect(body).toMatchObject({ status: 'approval-required' })
    return opened(body.approvalId)
  }
  const opened = (id: string) =>
    eventually(async () => {
      const { status, body } = await ask.get('ana', `/v1/approvals/${id}`)
      return status === 200 ? body : undefined
    }, `approval ${id}`)
  const sign = (as: string, { id, digest }: { id: string; digest: string }, verdict: 'approve' | 'reject' = 'approve') =>
    ask.post(as, `/v1/approvals/${id}/signatures`, { verdict, role: 'model-risk', digest, reason: 'The evidence was read.' })

  it('is refused to who asked for the deployment, however often they try, and is on record once', async () => {
    const approval = await asked(`${model}-asked`, '2')
    for (const _ of ['once', 'again'])
      expect(await sign('rita', approval)).toMatchObject({ status: 403, body: { type: 'urn:muster:problem:did-the-work' } })
    expect((await opened(approval.id)).refusals).toMatchObject([{ by: 'rita' }])
    await deployment(`${model}-asked`, 'approval-required')
  })

  it('is given once by one person, who cannot say the opposite afterwards', async () => {
    const approval = await opened(`${model}-asked.1`)
    expect((await sign('ana', approval)).status).toBe(201)
    expect((await sign('ana', approval)).status).toBe(200)
    expect(await sign('ana', approval, 'reject')).toMatchObject({ status: 409, body: { type: 'urn:muster:problem:already-signed' } })
    expect((await opened(approval.id)).signatures).toHaveLength(1)
    await deployment(`${model}-asked`, 'cleared')
  })

  it('can be signed by nobody while a name maps to nobody, and the reason names it', async () => {
    const approval = await asked(`${model}-stranger`, '3')
    expect(approval.unmapped).toEqual([`${stranger}@example.org`])
    const refused = await sign('ana', approval)
    expect(refused).toMatchObject({ status: 409, body: { type: 'urn:muster:problem:names-unmapped' } })
    expect(refused.body.detail).toContain(`${stranger}@example.org`)
    const { explanation } = await deployment(`${model}-stranger`, 'approval-required')
    expect(explanation).toContain(`Nobody can sign while "${stranger}@example.org" maps to no person.`)
  })

  it('is asked for anew once the name maps to a person, who then may not sign', async () => {
    expect(await muster.stop()).toBe(0)
    await start(identityFile(stranger))
    const approval = await opened(`${model}-stranger.2`)
    expect(approval).toMatchObject({ supersedes: `${model}-stranger.1`, unmapped: [] })
    expect(approval.excluded).toContainEqual({ person: stranger, because: 'trained the version' })
    expect((await sign('ana', approval)).status).toBe(201)
    await deployment(`${model}-stranger`, 'cleared')
  })
})

describe('A policy that does not compile', () => {
  const broken = `apiVersion: muster.dev/v1
kind: Policy
id: broken
title: It reads what nobody says
owner: group:model-risk
severity: high
at: [intent]
appliesTo: intent.environment == 'production'
rules:
  - id: holds
    assert: evaluation.balancedAcuracy >= 0.65
    message: It does not separate well enough.
onUnknown: block
`
  let empty: Awaited<ReturnType<typeof freshDatabase>>
  beforeAll(async () => void (empty = await freshDatabase(inject('databaseUrl'))))
  afterAll(() => empty.drop())
  const env = () => ({
    MUSTER_DATABASE_URL: empty.url,
    MUSTER_HTTP_PORT: '0',
    MUSTER_IDENTITY_FILE: identityFile(),
    MUSTER_POLICIES: policyFolder({ 'broken.yaml': broken }),
  })

  it('stops the start, by file, line and column, with what may have been meant', async () => {
    const failure = await startMuster({ env: env() }).then(
      () => 'it started',
      (error: unknown) => String(error),
    )
    expect(failure).toContain('muster ended with 1 before it was ready')
    expect(failure).toMatch(
      /policy \S*broken\.yaml:11:\d+ {2}.*"evaluation\.balancedAcuracy".*did you mean "evaluation\.balancedAccuracy"\?/,
    )
  })

  it('is left out with --keep-going, and the others are loaded', async () => {
    const going = await startMuster({ args: ['--keep-going'], env: env() })
    try {
      expect(going.output()).toContain('broken.yaml')
      const policies = askerOf(going.url)
      expect((await policies.get('ana', '/v1/policies/performance')).body).toMatchObject({ status: 'draft' })
      expect((await policies.get('ana', '/v1/policies/broken')).status).toBe(404)
    } finally {
      expect(await going.stop()).toBe(0)
    }
  })
})

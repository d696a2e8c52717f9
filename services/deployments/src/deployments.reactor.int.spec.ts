import { randomUUID } from 'node:crypto'
import { streamName, type AnyEvent, type StreamName } from '@muster/contracts'
import { ApprovalsModule } from '@muster/approvals'
import { decode, type EventStore } from '@muster/event-store'
import { createHost, EVENT_STORE, SQL, type CreatedHost } from '@muster/nest-host'
import { requestRetry, type Sql } from '@muster/projections'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { askerOf, identityOf } from '../../../infra/test/callers.ts'
import { freshDatabase } from '../../../infra/test/database.ts'
import { digestOf } from '../../../infra/test/deployments.ts'
import { record } from '../../../infra/test/log.ts'
import { approvalRule, policy, published } from '../../../libs/domain/src/testing/policies.ts'
import { DeploymentsModule } from './deployments.module.ts'

/* The reactor on a real database, where what it depends on is late, parked, unreadable or in another process. */

const patience = { timeout: 20_000, interval: 50 }

describe('Deployments', () => {
  const identity = identityOf({ ana: ['model-risk'], rita: ['model-risk'], tom: [] })
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let host: CreatedHost
  let store: EventStore
  let sql: Sql

  const start = () =>
    createHost([DeploymentsModule, ApprovalsModule], { databaseUrl: database.url, identity, settings: { MUSTER_LOG_LEVEL: 'silent' } })
  const happen = (key: string, stream: StreamName, ...events: [AnyEvent, ...AnyEvent[]]) => record(store, stream, key, ...events)
  const versionOf = (model: string) => streamName('version', model, '1')

  const registerModel = (model: string) =>
    happen(model, streamName('model', model), { type: 'model.registered', modelType: 'classification' })
  const registerEndpoint = (model: string) =>
    happen(`production/${model}`, streamName('endpoint', 'production', model), { type: 'endpoint.registered' })
  const registerDataset = (name: string) => happen(name, streamName('dataset', name), { type: 'dataset.registered', license: 'internal' })
  const registerVersion = (model: string) =>
    happen(model, versionOf(model), {
      type: 'version.registered',
      artifact: { digest: digestOf(model) },
      holdout: { name: `${model}-holdout` },
    })
  const train = (model: string, dataset: string, by = 'tom@example.org') =>
    happen(model, versionOf(model), {
      type: 'version.trained',
      trainedBy: [by],
      endedAt: '2026-01-30T00:00:00Z',
      datasets: [{ name: dataset, role: 'training' }],
    })
  const evaluate = (model: string, balancedAccuracy: number) =>
    happen(model, versionOf(model), { type: 'version.evaluated', dataset: { name: `${model}-holdout` }, balancedAccuracy })
  const declare = (id: string, model: string) =>
    happen(model, streamName('intent', id), {
      type: 'intent.declared',
      model,
      version: '1',
      environment: 'production',
      endpoint: model,
      requestedBy: 'rita@example.org',
    })
  /** Everything that a deployment of the model needs, with this balanced accuracy. */
  const ready = async (model: string, balancedAccuracy: number) => {
    await registerModel(model)
    await registerEndpoint(model)
    await registerDataset(`${model}-train`)
    await registerDataset(`${model}-holdout`)
    await registerVersion(model)
    await train(model, `${model}-train`)
    await evaluate(model, balancedAccuracy)
  }
  /** An event of a type that this release does not know, at the end of the version's stream. */
  const unknownEvent = async (model: string) => {
    const stream = versionOf(model)
    const revision = (await store.read([stream])).at(-1)?.revision ?? -1
    const id = randomUUID()
    const context = { id, source: '/test', type: 'dev.muster.version.evaluated.v9', subject: `${model}@1`, partitionkey: model }
    const event = {
      id,
      type: 'version.evaluated.v9',
      data: '{}',
      context: { ...context, time: new Date().toISOString(), correlationid: id },
    }
    await store.append([{ stream, expected: revision, events: [event] }])
  }
  const statusOf = async (id: string) => (await store.read([streamName('deployment', id)])).map(event => decode(event).event.type).at(-1)
  const becomes = async (id: string, type: AnyEvent['type']) => {
    await expect.poll(() => statusOf(id), patience).toBe(type)
  }
  /** Until the reactor has seen all that was recorded so far. */
  const seen = async (position: number) => {
    const stands = async () => (await sql.query<{ position: number }>('select position from deployments.progress', []))[0]?.position ?? 0
    await expect.poll(stands, patience).toBeGreaterThanOrEqual(position)
  }

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    host = await start()
    store = host.app.get<EventStore>(EVENT_STORE)
    sql = host.app.get<Sql>(SQL)
    const production = "intent.environment == 'production'"
    await record(
      store,
      streamName('policy', 'accuracy'),
      'accuracy',
      published(policy({ appliesTo: production, assert: 'evaluation.balancedAccuracy >= 0.6' })),
    )
    const weak = approvalRule({
      appliesTo: production,
      when: 'evaluation.balancedAccuracy < 0.65',
      needs: [{ role: 'model-risk', count: 1 }],
    })
    await record(store, streamName('policy', 'weak'), 'weak', published({ ...weak, id: 'weak' }))
  })
  afterAll(async () => {
    await host.stop()
    await database.drop()
  })

  it('are decided when the data set that the training names is registered last', async () => {
    await registerModel('late')
    await registerEndpoint('late')
    await registerVersion('late')
    await declare('late', 'late')
    await becomes('late', 'deployment.opened')
    await seen(await train('late', 'late-train'))
    await evaluate('late', 0.7)
    await seen(await registerDataset('late-holdout'))
    await registerDataset('late-train')
    await becomes('late', 'deployment.cleared')
  })

  it('are checked before an answer counts, even if something that a training names is not registered', async () => {
    await ready('signed', 0.62)
    await declare('signed', 'signed')
    await becomes('signed', 'deployment.approval-required')
    const ask = askerOf(host.url)
    const { body: approval } = await ask.get('ana', '/v1/approvals/signed.1')
    await train('signed', 'nobody-registered-this', 'ana@example.org')
    await evaluate('signed', 0.1)
    await ask.post('ana', '/v1/approvals/signed.1/signatures', {
      verdict: 'approve',
      role: 'model-risk',
      digest: approval.digest,
      reason: 'It is mine.',
    })
    await becomes('signed', 'deployment.blocked')
  })

  it('lose a clearance that a rule stands against, even if something that a training names is not registered', async () => {
    await ready('cleared', 0.7)
    await declare('cleared', 'cleared')
    await becomes('cleared', 'deployment.cleared')
    await train('cleared', 'nobody-registered-that')
    await evaluate('cleared', 0.1)
    await becomes('cleared', 'deployment.revoked')
  })

  it('are not cleared while something that their facts come from is parked, and hold up nobody else', async () => {
    await registerModel('parked')
    await registerDataset('parked-train')
    await registerDataset('parked-holdout')
    await registerVersion('parked')
    await train('parked', 'parked-train')
    await evaluate('parked', 0.7)
    await declare('parked', 'parked')
    await becomes('parked', 'deployment.opened')
    await unknownEvent('parked')
    await expect
      .poll(() => sql.query("select 1 from muster.parked where subscription = 'deployments' and key = 'parked'", []), patience)
      .toHaveLength(1)
    await seen(await registerEndpoint('parked'))
    expect(await statusOf('parked')).toBe('deployment.opened')

    await ready('beside', 0.7)
    await declare('beside', 'beside')
    await becomes('beside', 'deployment.cleared')
    const never = policy({ appliesTo: "model.name == 'beside'", assert: 'evaluation.balancedAccuracy >= 0.99' })
    await record(store, streamName('policy', 'never'), 'never', published({ ...never, id: 'never' }))
    await becomes('beside', 'deployment.revoked')

    await requestRetry(sql, 'deployments', 'parked')
    expect(await statusOf('parked')).toBe('deployment.opened')
  })

  it('are checked again after a change of the catalogue, however many wait for what nobody registers', async () => {
    await ready('crowd', 0.7)
    await declare('crowd', 'crowd')
    await becomes('crowd', 'deployment.cleared')
    let last = 0
    for (let index = 0; index < 220; index += 1) last = await declare(`nobody-${index}`, `nobody-${index}`)
    await seen(last)
    const strict = policy({ appliesTo: "model.name == 'crowd'", assert: 'evaluation.balancedAccuracy >= 0.99' })
    await record(store, streamName('policy', 'strict'), 'strict', published({ ...strict, id: 'strict' }))
    await becomes('crowd', 'deployment.revoked')
  })
})

import { randomUUID } from 'node:crypto'
import { encodeEvent, parseStream, streamName, toWireType, type AnyEvent, type StreamName } from '@muster/contracts'
import { decode, type EventStore, type Write } from '@muster/event-store'
import { isNonEmpty } from '@muster/kernel'
import { createHost, EVENT_STORE, SQL, type CreatedHost } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { freshDatabase } from '../../../infra/test/database.ts'
import { digestOf } from '../../../infra/test/deployments.ts'
import { record } from '../../../infra/test/log.ts'
import { policy, published } from '../../../libs/domain/src/testing/policies.ts'
import { DeploymentsModule } from './deployments.module.ts'

/* A change of the catalogue over many that are cleared, on a real database: whom it affects is checked again, once, behind what is new. */

const patience = { timeout: 60_000, interval: 25 }
const [affected, others] = [800, 300]

describe('A change of the catalogue', { timeout: 120_000 }, () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let host: CreatedHost
  let store: EventStore
  let sql: Sql

  const happen = (key: string, stream: StreamName, ...events: [AnyEvent, ...AnyEvent[]]) => record(store, stream, key, ...events)
  const declared = (endpoint: string): AnyEvent => ({
    type: 'intent.declared',
    model: 'credit',
    version: '1',
    environment: 'production',
    endpoint,
    requestedBy: 'rita',
  })
  const declare = (id: string, endpoint: string) => happen('credit', streamName('intent', id), declared(endpoint))
  /** Of each stream the types of its events, in order, each with its position. */
  const history = async (ids: readonly string[]) => {
    const streams = ids.map(id => streamName('deployment', id))
    const found = new Map<string, { type: string; position: number }[]>(ids.map(id => [id, []]))
    for (const recorded of isNonEmpty(streams) ? await store.read(streams) : []) {
      found.get(parseStream(recorded.stream).subject)?.push({ type: decode(recorded).event.type, position: recorded.position })
    }
    return found
  }
  const checks = async () => {
    const text = await (await fetch(`${host.url}/metrics`)).text()
    return Number(/^muster_deployment_checks_total\{for="change"\} (\d+)/m.exec(text)?.[1] ?? 0)
  }
  const over = async () => {
    await expect.poll(() => sql.query('select number from deployments.rechecks', []), patience).toEqual([])
  }
  const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}-${index}`)

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    host = await createHost([DeploymentsModule], { databaseUrl: database.url, settings: { MUSTER_LOG_LEVEL: 'silent' } })
    store = host.app.get<EventStore>(EVENT_STORE)
    sql = host.app.get<Sql>(SQL)
    await happen('accuracy', streamName('policy', 'accuracy'), published(policy()))
    await happen('credit', streamName('model', 'credit'), { type: 'model.registered' })
    for (const name of ['train', 'holdout']) await happen(name, streamName('dataset', name), { type: 'dataset.registered' })
    for (const name of ['desk', 'kiosk'])
      await happen(`production/${name}`, streamName('endpoint', 'production', name), { type: 'endpoint.registered' })
    await happen(
      'credit',
      streamName('version', 'credit', '1'),
      { type: 'version.registered', artifact: { digest: digestOf('credit') }, holdout: { name: 'holdout' } },
      { type: 'version.trained', trainedBy: ['tom'], endedAt: '2026-01-30T00:00:00Z', datasets: [{ name: 'train', role: 'training' }] },
      { type: 'version.evaluated', dataset: { name: 'holdout' }, balancedAccuracy: 0.7 },
    )
  }, 120_000)
  afterAll(async () => {
    await host.stop()
    await database.drop()
  })

  it('finds many that are cleared', async () => {
    const intents = [...ids('desk', affected).map(id => [id, 'desk'] as const), ...ids('kiosk', others).map(id => [id, 'kiosk'] as const)]
    const writes = intents.map(([id, endpoint]) => writeOf(streamName('intent', id), 'credit', declared(endpoint)))
    for (let from = 0; from < writes.length; from += 500) {
      const some = writes.slice(from, from + 500)
      if (isNonEmpty(some)) await store.append(some)
    }
    const cleared = async () =>
      (await sql.query<{ n: number }>(`select count(*)::int as n from deployments.open_deployments where status = 'cleared'`, []))[0]?.n
    await expect.poll(cleared, patience).toBe(affected + others)
    await over()
  })

  it('has exactly those checked again whom it affects, once, and a new intent is decided before that is over', async () => {
    const before = await checks()
    const strict = policy({
      id: 'strict',
      mode: 'warn',
      appliesTo: "intent.endpoint == 'desk'",
      assert: 'evaluation.balancedAccuracy >= 0.99',
    })
    await happen('strict', streamName('policy', 'strict'), published(strict))
    await expect.poll(() => sql.query(`select number from deployments.rechecks where reached <> ''`, []), patience).toHaveLength(1)
    await declare('new', 'desk')
    await over()

    const found = await history([...ids('desk', affected), ...ids('kiosk', others), 'new'])
    const again = ids('desk', affected).map(id => found.get(id)?.slice(3) ?? [])
    expect(new Set(again.map(events => events.map(({ type }) => type).join()))).toEqual(new Set(['deployment.checked']))
    expect(new Set(ids('kiosk', others).map(id => found.get(id)?.length))).toEqual(new Set([3]))
    expect((await checks()) - before).toBe(affected)
    const last = Math.max(...again.flat().map(({ position }) => position))
    expect(found.get('new')?.map(({ type }) => type)).toEqual(['deployment.opened', 'deployment.checked', 'deployment.cleared'])
    expect(found.get('new')?.at(-1)?.position).toBeLessThan(last)
  })

  it('records nothing where no rule comes out otherwise', async () => {
    const [before, head] = [await checks(), await store.head()]
    const lenient = policy({ id: 'lenient', appliesTo: "intent.endpoint == 'kiosk'", assert: 'evaluation.balancedAccuracy >= 0.1' })
    const position = await happen('lenient', streamName('policy', 'lenient'), published(lenient))
    await expect.poll(async () => (await checks()) - before, patience).toBe(others)
    await over()
    expect(await store.head()).toBe(position)
    expect(position).toBe(head + 1)
  })

  it('concerns those to whom what is retired applied, and those who read what many read are checked again for news of it', async () => {
    const before = await checks()
    const reason = { personal: 'It is not needed.', of: 'omar' }
    await happen('lenient', streamName('policy', 'lenient'), { type: 'policy.retired', version: 1, reason })
    await expect.poll(async () => (await checks()) - before, patience).toBe(others)
    await over()
    await happen('train', streamName('dataset', 'train'), { type: 'dataset.profiled', rows: 10, columns: 3 })
    await expect.poll(async () => (await checks()) - before, patience).toBe(others + affected + others + 1)
    await over()
  })
})

describe('A catalogue of which this release cannot read something', () => {
  it('decides nothing, parks nothing, and readiness says so', async () => {
    const database = await freshDatabase(inject('databaseUrl'))
    const host = await createHost([DeploymentsModule], { databaseUrl: database.url, settings: { MUSTER_LOG_LEVEL: 'silent' } })
    try {
      const store = host.app.get<EventStore>(EVENT_STORE)
      await record(store, streamName('policy', 'accuracy'), 'accuracy', published(policy({ appliesTo: 'true' })))
      const id = randomUUID()
      const context = { id, source: '/test', type: 'dev.muster.policy.amended.v1', subject: 'accuracy', partitionkey: 'accuracy' }
      const event = {
        id,
        type: 'policy.amended.v1',
        data: '{}',
        context: { ...context, time: new Date().toISOString(), correlationid: id },
      }
      await store.append([{ stream: streamName('policy', 'accuracy'), expected: 0, events: [event] }])
      await record(store, streamName('intent', 'later'), 'credit', {
        type: 'intent.declared',
        model: 'credit',
        version: '1',
        environment: 'production',
        endpoint: 'desk',
        requestedBy: 'rita',
      })
      const ready = async () => {
        const response = await fetch(`${host.url}/health/ready`)
        return { status: response.status, text: await response.text() }
      }
      await expect.poll(async () => (await ready()).text, patience).toContain('policy.amended.v1')
      expect((await ready()).status).toBe(503)
      expect(await store.read([streamName('deployment', 'later')])).toEqual([])
      expect(await host.app.get<Sql>(SQL).query('select key from muster.parked', [])).toEqual([])
    } finally {
      await host.stop()
      await database.drop()
    }
  })
})

function writeOf(stream: StreamName, partitionkey: string, event: AnyEvent): Write {
  const id = randomUUID()
  const { type, data } = encodeEvent(event)
  const { subject } = parseStream(stream)
  const context = {
    id,
    source: '/test',
    type: toWireType(type),
    subject,
    partitionkey,
    time: new Date().toISOString(),
    correlationid: id,
  }
  return { stream, expected: 'no-stream', events: [{ id, type, data, context }] }
}

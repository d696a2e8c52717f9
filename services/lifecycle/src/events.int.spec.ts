import { streamName } from '@muster/contracts'
import type { EventStore } from '@muster/event-store'
import { createHost, EVENT_STORE, type CreatedHost } from '@muster/nest-host'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { askerOf, identityOf } from '../../../infra/test/callers.ts'
import { freshDatabase } from '../../../infra/test/database.ts'
import { LifecycleModule } from './lifecycle.module.ts'

const digest = (digit: string) => `sha256:${digit.repeat(64)}`
const event = (id: string, subject: string, more: object = {}) => ({
  specversion: '1.0',
  id,
  source: '/registry',
  type: 'dev.muster.model.registered.v1',
  subject,
  time: '2026-03-01T12:00:00Z',
  data: { modelType: 'classification' },
  ...more,
})
const version = (id: string, subject: string, digit: string) =>
  event(id, subject, { type: 'dev.muster.version.registered.v1', data: { artifact: { digest: digest(digit) } } })
const batch = { 'content-type': 'application/cloudevents-batch+json' }

describe('Events by HTTP', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let host: CreatedHost
  let store: EventStore
  let door: ReturnType<typeof askerOf>

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    host = await createHost([LifecycleModule], { databaseUrl: database.url, identity: identityOf({ rita: [], paula: ['publisher'] }) })
    store = host.app.get<EventStore>(EVENT_STORE)
    door = askerOf(host.url)
  })
  afterAll(async () => {
    await host?.stop()
    await database.drop()
  })

  const publish = (body: unknown, headers: Record<string, string> = {}) => door.post('ci', '/v1/events', body, headers)
  const ids = async (...names: [string] | [string, string]) =>
    (await store.read([names.length === 1 ? streamName('model', ...names) : streamName('version', ...names)])).map(
      ({ context }) => context.id,
    )

  it('are recorded, and unchanged the second time', async () => {
    const first = await publish(event('a', 'fraud'), { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' })
    expect(first).toMatchObject({ status: 202, body: { id: 'a', source: '/registry', outcome: 'recorded', position: first.position } })
    expect(await publish(event('a', 'fraud'))).toMatchObject({
      status: 200,
      position: first.position,
      body: { outcome: 'unchanged', status: 200 },
    })
    const [recorded] = await store.read([streamName('model', 'fraud')])
    expect(recorded?.context).toMatchObject({ authtype: 'service_account', authid: 'ci', traceparent: expect.stringMatching(/^00-/) })
  })

  it('are taken in binary mode and in structured mode', async () => {
    const { data, ...attributes } = event('b', 'binary')
    const headers = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]))
    expect(await publish(data, headers)).toMatchObject({ status: 202, body: { id: 'b' } })
    const structured = { 'content-type': 'application/cloudevents+json; charset=utf-8' }
    expect(await publish(event('b', 'binary'), structured)).toMatchObject({ status: 200, body: { outcome: 'unchanged' } })
  })

  it('that are malformed are answered with the place, and leave no trace', async () => {
    const before = await store.head()
    expect(await publish(event('c', 'fraud', { data: { modelType: 'magic' } }))).toMatchObject({
      status: 400,
      body: { type: 'urn:muster:problem:invalid', errors: [{ pointer: '/data/modelType' }] },
    })
    expect(await publish(event('c', 'fraud', { type: 'dev.muster.model.registred.v1' }))).toMatchObject({
      status: 400,
      body: { type: 'urn:muster:problem:unknown-type', detail: expect.stringContaining('did you mean dev.muster.model.registered.v1') },
    })
    expect(await publish(event('c', 'fraud', { data: { intendedUse: 'x'.repeat(256 * 1024) } }))).toMatchObject({ status: 413 })
    expect(await publish({})).toMatchObject({ status: 400, body: { type: 'urn:muster:problem:not-a-cloudevent' } })
    expect(await store.head()).toBe(before)
    expect(await door.get('rita', '/v1/quarantine')).toMatchObject({ status: 200, body: { items: [] } })
  })

  it('that hide something in their text are refused at its place', async () => {
    const text = '{"specversion":"1.0","id":"d","source":"/s","type":"t","data":{"a":{"b":1,"b":2}}}'
    const response = await fetch(`${host.url}/v1/events`, {
      method: 'POST',
      body: text,
      headers: { authorization: 'Bearer token-of-ci', 'content-type': 'application/json' },
    })
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/data/a/b' }] },
    })
  })

  it('that contradict what is recorded conflict with it', async () => {
    await publish(version('e', 'fraud@1', '1'))
    expect(await publish(version('f', 'fraud@1', '2'))).toMatchObject({
      status: 409,
      body: { type: 'urn:muster:problem:conflicting-digest', errors: [{ pointer: '/data/artifact/digest' }] },
    })
    expect(await publish(version('e', 'fraud@2', '1'))).toMatchObject({ status: 409, body: { type: 'urn:muster:problem:id-reused' } })
  })

  it('come in batches, each answered in its order', async () => {
    const sent = [event('g1', 'batched'), version('g2', 'batched@1', '1'), event('g3', 'batched')]
    expect(await publish(sent, batch)).toMatchObject({ status: 202, body: [{ id: 'g1', outcome: 'recorded' }, { id: 'g2' }, { id: 'g3' }] })
    expect(await publish([...sent, event('g4', 'batched')])).toMatchObject({
      status: 202,
      body: [{ status: 200 }, { status: 200 }, { status: 200 }, { status: 202 }],
    })
    expect(await publish(sent, batch)).toMatchObject({ status: 200 })
    expect(await ids('batched')).toEqual(['g1', 'g3', 'g4'])
    expect(await publish([], batch)).toMatchObject({ status: 200, body: [] })
  })

  it('of a batch are taken whole or not at all', async () => {
    const before = await store.head()
    const good = [event('h1', 'whole'), version('h2', 'whole@1', '1')]
    const malformed = await publish([...good, event('h3', 'whole', { subject: undefined })], batch)
    expect(malformed).toMatchObject({
      status: 400,
      body: [
        { outcome: 'withheld', status: 424 },
        { outcome: 'withheld' },
        { id: 'h3', outcome: 'refused', status: 400, error: { code: 'wrong-subject', pointer: '/subject' } },
      ],
    })
    const reused = await publish([...good, event('a', 'elsewhere')], batch)
    expect(reused).toMatchObject({
      status: 409,
      body: [{ outcome: 'withheld' }, { outcome: 'withheld' }, { id: 'a', status: 409, error: { code: 'id-reused' } }],
    })
    const conflicting = await publish([...good, version('h4', 'whole@1', '2')], batch)
    expect(conflicting).toMatchObject({ status: 409, body: [{}, {}, { error: { code: 'conflicting-digest' } }] })
    expect(await store.head()).toBe(before)
  })

  it('are for publishers', async () => expect(await door.post('rita', '/v1/events', event('i', 'fraud'))).toMatchObject({ status: 403 }))

  it('that declare an intent are taken from a person for themselves only, and from a service for whomever it names', async () => {
    const place = { model: 'fraud', version: '1', environment: 'production', endpoint: 'cards' }
    const declared = (id: string, requestedBy: string) =>
      event(id, `intent-${id}`, { type: 'dev.muster.intent.declared.v1', data: { ...place, requestedBy } })
    const before = await store.head()
    expect(await door.post('paula', '/v1/events', declared('k1', 'rita'))).toMatchObject({
      status: 400,
      body: { type: 'urn:muster:problem:invalid', errors: [{ pointer: '/data/requestedBy' }] },
    })
    expect(await door.post('paula', '/v1/events', [event('k2', 'fraud'), declared('k3', 'rita@example.org')], batch)).toMatchObject({
      status: 400,
      body: [{ outcome: 'withheld' }, { outcome: 'refused', status: 400, error: { code: 'invalid', pointer: '/data/requestedBy' } }],
    })
    expect(await door.post('paula', '/v1/events', declared('k4', 'nobody'))).toMatchObject({ status: 400 })
    expect(await store.head()).toBe(before)
    expect(await door.post('paula', '/v1/events', declared('k5', 'paula@example.org'))).toMatchObject({ status: 202 })
    expect(await publish(declared('k6', 'rita'))).toMatchObject({ status: 202 })
  })

  it('stand under the name of the person who brought them, whatever they say themselves', async () => {
    const place = { model: 'fraud', version: '1', environment: 'production', endpoint: 'cards', requestedBy: 'paula' }
    const claimed = { authtype: 'service_account', authid: 'somebody-else' }
    const trained = { trainedBy: ['rita'], endedAt: '2026-02-01T00:00:00Z', datasets: [{ name: 'applications', role: 'training' }] }
    const sent = [
      event('l1', 'named', { ...claimed, type: 'dev.muster.intent.declared.v1', data: place }),
      event('l2', 'named@1', { ...claimed, type: 'dev.muster.version.trained.v1', data: trained }),
    ]
    expect(await door.post('paula', '/v1/events', sent, batch)).toMatchObject({ status: 202 })
    const recorded = await store.read([streamName('intent', 'named'), streamName('version', 'named', '1')])
    expect(recorded.map(({ context: { authtype, authid } }) => `${authtype} ${authid}`)).toEqual(['user paula', 'user paula'])
  })

  it('that come at the same time are recorded once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => publish([event('j1', 'raced'), event(`j-${n % 3}`, 'raced')], batch)),
    )
    expect(answers.map(({ status }) => status).filter(status => status > 202)).toEqual([])
    expect((await ids('raced')).toSorted()).toEqual(['j-0', 'j-1', 'j-2', 'j1'])
  })
})

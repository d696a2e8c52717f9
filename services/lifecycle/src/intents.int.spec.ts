import { streamName, type ApprovalRequired } from '@muster/contracts'
import type { EventStore } from '@muster/event-store'
import { createHost, EVENT_STORE, type CreatedHost } from '@muster/nest-host'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { askerOf, identityOf } from '../../../infra/test/callers.ts'
import { freshDatabase } from '../../../infra/test/database.ts'
import { record } from '../../../infra/test/log.ts'
import { LifecycleModule } from './lifecycle.module.ts'

/* Deployments are decided elsewhere: here the test writes what that context would. */

const digest = `sha256:${'a'.repeat(64)}`
const target = { model: 'credit', version: '3', environment: 'production', endpoint: 'credit' }
const cleared = { type: 'deployment.cleared', target: { ...target, artifact: digest }, materialDigest: digest } as const
const opened = (id: string, missing: string[] = []) =>
  ({ type: 'deployment.opened', id, target, requestedBy: 'rita', missing, lapsesAt: '2026-11-26T12:00:00.000Z' }) as const

describe('An intent', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let host: CreatedHost
  let store: EventStore
  let door: ReturnType<typeof askerOf>

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    host = await createHost([LifecycleModule], { databaseUrl: database.url, identity: identityOf({ rita: [], tom: [] }) })
    store = host.app.get<EventStore>(EVENT_STORE)
    door = askerOf(host.url)
  })
  afterAll(async () => {
    await host?.stop()
    await database.drop()
  })

  const decide = (id: string, ...events: Parameters<typeof record>[3][]) =>
    record(store, streamName('deployment', id), 'credit', ...(events as [Parameters<typeof record>[3]]))
  const declaredIn = (id: string) => store.read([streamName('intent', id)])

  it('is declared by a person for themselves, and is undecided at first', async () => {
    const answer = await door.post('rita', '/v1/intents', { id: 'i1', ...target })
    expect(answer).toMatchObject({ status: 202, body: { id: 'i1', status: 'undecided', reasons: [], position: answer.position } })
    const [declared] = await declaredIn('i1')
    expect(declared).toMatchObject({
      type: 'intent.declared.v1',
      data: expect.stringContaining('"requestedBy":"rita"'),
      context: { source: '/muster/lifecycle', partitionkey: 'credit', authid: 'rita', authtype: 'user' },
    })
    expect(await door.post('tom', '/v1/intents', { ...target, requestedBy: 'rita' })).toMatchObject({ status: 403 })
    expect(await door.post('rita', '/v1/intents', { ...target, requestedBy: 'rita@example.org' })).toMatchObject({ status: 202 })
  })

  it('is declared by a service for the person that it names', async () => {
    expect(await door.post('ci', '/v1/intents', target)).toMatchObject({ status: 400, body: { errors: [{ pointer: '/requestedBy' }] } })
    expect(await door.post('ci', '/v1/intents', { ...target, requestedBy: 'rita@example.org' })).toMatchObject({
      status: 202,
      body: { id: expect.any(String) },
    })
  })

  it('that is declared again is the same one, and otherwise under its id a conflict', async () => {
    const first = await door.post('rita', '/v1/intents', { id: 'i2', ...target })
    expect(await door.post('rita', '/v1/intents', { id: 'i2', ...target })).toMatchObject({ status: 202, position: first.position })
    expect(await door.post('rita', '/v1/intents', { id: 'i2', ...target, version: '4' })).toMatchObject({
      status: 409,
      body: { type: 'urn:muster:problem:id-reused' },
    })
    expect(await declaredIn('i2')).toHaveLength(1)
    const key = { 'idempotency-key': 'once' }
    const [one, other] = [await door.post('rita', '/v1/intents', target, key), await door.post('rita', '/v1/intents', target, key)]
    expect(other.body.id).toBe(one.body.id)
    expect(await declaredIn(one.body.id)).toHaveLength(1)
  })

  it('that came by another door is recognised', async () => {
    const source = { specversion: '1.0', id: 'x1', source: '/ci', type: 'dev.muster.intent.declared.v1', subject: 'i3' }
    const { position } = await door.post('ci', '/v1/events', { ...source, data: { ...target, requestedBy: 'rita' } })
    expect(await door.post('rita', '/v1/intents', { id: 'i3', ...target })).toMatchObject({ status: 202, position })
    expect(await declaredIn('i3')).toHaveLength(1)
  })

  it('is recognised, and withdrawn, behind what a newer release wrote', async () => {
    const first = await door.post('rita', '/v1/intents', { id: 'i3-newer', ...target })
    const [declared] = await declaredIn('i3-newer')
    if (declared === undefined) throw new Error('nothing was declared')
    const { stream, context } = declared
    const newer = { id: '00000000-0000-4000-8000-0000000000a1', type: 'intent.postponed.v1', data: '{}', context }
    await store.append([{ stream, expected: 0, events: [newer] }])
    expect(await door.post('rita', '/v1/intents', { id: 'i3-newer', ...target })).toMatchObject({ status: 202, position: first.position })
    expect(await door.post('rita', '/v1/intents/i3-newer/withdrawal', {})).toMatchObject({ status: 202 })
    expect((await declaredIn('i3-newer')).map(({ type }) => type).at(-1)).toBe('intent.withdrawn.v1')
  })

  it('waits for its outcome as long as it is asked to', async () => {
    const asked = door.post('rita', '/v1/intents', { id: 'i4', ...target }, { prefer: 'wait=30' })
    await expect.poll(() => declaredIn('i4')).toHaveLength(1)
    await decide('i4', opened('i4'))
    const position = await decide('i4', cleared)
    expect(await asked).toMatchObject({
      status: 200,
      position,
      body: { id: 'i4', status: 'cleared', target: { artifact: digest }, reasons: [], position },
    })
    expect(await door.post('rita', '/v1/intents', { id: 'i4', ...target })).toMatchObject({ status: 200, body: { status: 'cleared' } })
  })

  it('tells what it waits for, whom it asks, and why it is blocked', async () => {
    await decide('i5', opened('i5', ['version-credit@3']))
    expect(await door.post('rita', '/v1/intents', { id: 'i5', ...target }, { prefer: 'wait=1' })).toMatchObject({
      status: 202,
      body: { status: 'waiting', missing: ['version-credit@3'] },
    })
    const question: Omit<ApprovalRequired, 'type' | 'approvalId' | 'target'> = {
      about: { kind: 'deployment', id: 'i5' },
      digest,
      changed: [],
      approvalRules: [{ id: 'risk', version: 1, digest }],
      needs: [{ role: 'risk', count: 1 }],
      excluded: [],
      unmapped: [],
    }
    await decide('i5', { type: 'deployment.approval-required', approvalId: 'i5.1', target, ...question })
    expect(await door.post('rita', '/v1/intents', { id: 'i5', ...target })).toMatchObject({
      status: 200,
      body: { status: 'approval-required', approvalId: 'i5.1' },
    })
    const reason = { code: 'rule-failed', message: 'The ratio is too low.' } as const
    await decide('i6', opened('i6'), { type: 'deployment.blocked', target, materialDigest: digest, reasons: [reason] })
    expect(await door.post('rita', '/v1/intents', { id: 'i6', ...target })).toMatchObject({
      status: 200,
      body: { status: 'blocked', reasons: [reason] },
    })
  })

  it('is withdrawn once, by whom it was asked or a publisher, and waits until nothing holds', async () => {
    await door.post('rita', '/v1/intents', { id: 'i7', ...target })
    await decide('i7', opened('i7'), cleared)
    expect(await door.post('tom', '/v1/intents/i7/withdrawal', {})).toMatchObject({ status: 403 })
    const asked = door.post('rita', '/v1/intents/i7/withdrawal', { because: 'no longer wanted' }, { prefer: 'wait=30' })
    await expect.poll(() => declaredIn('i7')).toHaveLength(2)
    const reasons = [{ code: 'intent-withdrawn', message: 'It was withdrawn.' }] as const
    const remediation = { steps: [], by: '2026-11-26T12:00:00.000Z' }
    await decide('i7', { type: 'deployment.revoked', target, materialDigest: digest, reasons: [...reasons], remediation })
    expect(await asked).toMatchObject({ status: 200, body: { status: 'revoked', reasons } })
    expect(await door.post('ci', '/v1/intents/i7/withdrawal', { because: 'again' })).toMatchObject({ status: 200 })
    expect(await declaredIn('i7')).toHaveLength(2)
    expect(await door.post('rita', '/v1/intents/none/withdrawal', {})).toMatchObject({ status: 404 })
  })

  it('that says one thing twice is refused at its place, and not taken for what it says last', async () => {
    const text = JSON.stringify({ ...target, requestedBy: 'rita' }).replace('{', '{"version":"4",')
    const response = await fetch(`${host.url}/v1/intents`, {
      method: 'POST',
      body: text,
      headers: { authorization: 'Bearer token-of-ci', 'content-type': 'application/json' },
    })
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status: 400,
      body: { type: 'urn:muster:problem:invalid', errors: [{ pointer: '/version' }] },
    })
  })

  it('that cannot be kept is refused at its place', async () => {
    expect(await door.post('rita', '/v1/intents', { ...target, model: '..' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/data/model' }] },
    })
    expect(await door.post('rita', '/v1/intents', { ...target, id: '..' })).toMatchObject({ status: 400 })
    expect(await door.post('rita', '/v1/intents', { ...target, purpose: '\u0000' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/purpose' }] },
    })
    expect(await door.post('rita', '/v1/intents', { ...target, purpose: '\u{D800}' })).toMatchObject({ status: 400 })
  })
})

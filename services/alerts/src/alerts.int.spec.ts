import { memoryBus } from '@muster/bus'
import { collector, eventually } from '@muster/bus/testing'
import { AlertView, pageOf, streamName, type AnyEvent, type Reason } from '@muster/contracts'
import type { EventStore } from '@muster/event-store'
import { createHost, EVENT_STORE, SQL, type CreatedHost } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { askerOf, identityOf } from '../../../infra/test/callers.ts'
import { freshDatabase } from '../../../infra/test/database.ts'
import { checked, digestOf, ruleCheck, target } from '../../../infra/test/deployments.ts'
import { record } from '../../../infra/test/log.ts'
import { AlertsModule } from './alerts.module.ts'

/* The whole room on a real PostgreSQL: what stands in the log raises and ends alerts. */

const reason: Reason = { code: 'rule-failed', message: 'It does not separate well enough.', policy: 'accuracy', version: 1, rule: 'holds' }
const failed = ruleCheck({
  outcome: 'fail',
  because: [{ text: 'evaluation.balancedAccuracy >= 0.65', values: { 'evaluation.balancedAccuracy': 0.6 }, result: false }],
})
const materialDigest = digestOf('material')

describe('Alerts', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let host: CreatedHost
  let store: EventStore
  let door: ReturnType<typeof askerOf>
  const bus = memoryBus()

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    host = await createHost([AlertsModule], { databaseUrl: database.url, bus, identity: identityOf({ tom: [] }) })
    store = host.app.get<EventStore>(EVENT_STORE)
    door = askerOf(host.url)
    await record(store, streamName('policy', 'accuracy'), 'accuracy', {
      type: 'policy.published',
      version: 1,
      digest: digestOf('accuracy'),
      document: {
        apiVersion: 'muster.dev/v1',
        kind: 'Policy',
        id: 'accuracy',
        title: 'The model separates well enough',
        owner: 'group:model-risk',
        severity: 'high',
        at: ['intent'],
        appliesTo: 'true',
        rules: [{ id: 'holds', assert: 'evaluation.balancedAccuracy >= 0.65', message: 'It does not separate well enough.' }],
        onUnknown: 'block',
        remediation: { steps: ['Train it anew.'] },
      },
      mode: 'enforce',
      effectiveFrom: '2026-01-01T00:00:00.000Z',
      reviewed: true,
    })
    await record(
      store,
      streamName('version', 'credit', '3'),
      'credit',
      {
        type: 'version.registered',
        artifact: { digest: target.artifact, uri: 's3://models/credit/3' },
        holdout: { name: 'holdout' },
        license: 'internal',
      },
      {
        type: 'version.trained',
        trainedBy: ['tom@example.org'],
        endedAt: '2026-10-30T00:00:00.000Z',
        datasets: [{ name: 'applications', role: 'training' }],
      },
    )
  })
  afterAll(async () => {
    await host.stop()
    await database.drop()
  })

  const deployment = (id: string, at: string, ...events: readonly AnyEvent[]) => {
    const [first, ...rest] = events.map(
      event => ('target' in event ? { ...event, target: { ...target, endpoint: at } } : event) as AnyEvent,
    )
    if (first === undefined) throw new Error('a deployment has events')
    return record(store, streamName('deployment', id), 'credit', first, ...rest)
  }
  const blocked: AnyEvent = { type: 'deployment.blocked', target, materialDigest, reasons: [reason] }
  const cleared: AnyEvent = { type: 'deployment.cleared', target, materialDigest }

  /** Alerts about the subject, once the log up to the position was seen. The alert itself stands behind it, so the list follows it. */
  const alertsAbout = async (subject: string, position: number) => {
    await door.get('tom', `/v1/alerts?after=${position}`)
    const { body } = await door.get('tom', `/v1/alerts?limit=100&after=${await store.head()}`)
    return body.items.filter((alert: { subject: string }) => alert.subject === subject)
  }
  const eventsOf = async (id: string) => (await store.read([streamName('alert', id)])).map(({ type }) => type)

  it('tell of what is blocked: by which rule and values, on what data, what to do and where to read on', async () => {
    const position = await deployment('d1', 'told', checked(failed, { verdict: 'blocked' }), blocked)
    const [alert] = await alertsAbout('credit@production/told', position)
    expect(alert).toMatchObject({
      status: 'open',
      kind: 'deployment-blocked',
      severity: 'high',
      policy: { id: 'accuracy', version: 1, rule: 'holds' },
      values: { 'evaluation.balancedAccuracy': 0.6 },
      model: 'credit',
      version: '3',
      environment: 'production',
      endpoint: 'told',
      artifact: target.artifact,
      datasets: ['applications', 'holdout'],
      remediation: { steps: ['Train it anew.'] },
      links: [{ href: '/v1/deployments/d1' }],
    })
    expect((await door.get('tom', `/v1/alerts/${alert.id}`)).body).toEqual(alert)
    const [raised] = await store.read([streamName('alert', alert.id)])
    expect(raised?.context).toMatchObject({ partitionkey: 'credit', causationid: alert.cause })
  })

  it('are one for all retries of the same thing, and are over when it is cleared', async () => {
    await deployment('r1', 'retried', checked(failed, { verdict: 'blocked' }), blocked)
    const second = await deployment('r2', 'retried', checked(failed, { verdict: 'blocked' }), blocked)
    const [alert, ...others] = await alertsAbout('credit@production/retried', second)
    expect(others).toEqual([])

    const third = await deployment('r3', 'retried', checked(ruleCheck()), cleared)
    const ended = await alertsAbout('credit@production/retried', third)
    expect(ended).toMatchObject([{ id: alert.id, status: 'resolved', resolvedBecause: 'Deployment r3 was cleared.' }])
    expect(await eventsOf(alert.id)).toEqual(['alert.raised.v1', 'alert.resolved.v1'])
  })

  it('are raised again by a new cause', async () => {
    await deployment('a1', 'again', checked(failed, { verdict: 'blocked' }), blocked)
    await deployment('a2', 'again', checked(ruleCheck()), cleared)
    const last = await deployment('a3', 'again', checked(failed, { verdict: 'blocked' }), blocked)
    const [alert] = await alertsAbout('credit@production/again', last)
    expect(alert).toMatchObject({ status: 'open', links: [{ href: '/v1/deployments/a3' }] })
    expect(alert).not.toHaveProperty('resolvedAt')
    expect(await eventsOf(alert.id)).toEqual(['alert.raised.v1', 'alert.resolved.v1', 'alert.raised.v1'])
  })

  it('warn while a rule that only warns fails, and no longer when it passes', async () => {
    const warned = await deployment('w1', 'warned', checked({ ...failed, mode: 'warn' }), cleared)
    expect(await alertsAbout('credit@3@production/warned', warned)).toMatchObject([{ kind: 'rule-warned', status: 'open' }])
    const passed = await deployment('w2', 'warned', checked(ruleCheck({ mode: 'warn' })))
    expect(await alertsAbout('credit@3@production/warned', passed)).toMatchObject([{ kind: 'rule-warned', status: 'resolved' }])
  })

  it('tell of what runs without a clearance until it ends', async () => {
    const stream = streamName('violation', 'production', 'credit')
    const running = { model: 'credit', version: '3', artifact: target.artifact }
    const observed = '00000000-0000-4000-8000-000000000002'
    const found = await record(store, stream, 'credit', {
      type: 'violation.found',
      kind: 'no-clearance',
      running,
      observed,
      message: 'It runs.',
    })
    const subject = `production/credit:credit@3:${target.artifact}:no-clearance`
    expect(await alertsAbout(subject, found)).toMatchObject([
      { status: 'open', severity: 'critical', datasets: ['applications', 'holdout'] },
    ])
    const ended = await record(store, stream, 'credit', {
      type: 'violation.ended',
      kind: 'no-clearance',
      running,
      because: 'rollout-ended',
    })
    expect(await alertsAbout(subject, ended)).toMatchObject([{ status: 'resolved' }])
  })

  it('tell of what is parked and of what is in quarantine', async () => {
    const parked = streamName('parking', 'deployments', 'credit')
    const entered = { type: 'parking.entered', position: 1, event: '00000000-0000-4000-8000-000000000003', reason: 'Error: no' } as const
    const position = await record(store, parked, 'credit', entered)
    expect(await alertsAbout(parked, position)).toMatchObject([{ kind: 'parked', status: 'open' }])
    const released = await record(store, parked, 'credit', { type: 'parking.released', events: 1 })
    expect(await alertsAbout(parked, released)).toMatchObject([{ kind: 'parked', status: 'resolved' }])

    const quarantine = streamName('quarantine', '0'.repeat(64))
    const reason = { code: 'not-json', message: 'It is not JSON.' } as const
    const kept = await record(store, quarantine, 'any', { type: 'quarantine.entered', reason, topic: 'muster.lifecycle', claimed: {} })
    expect(await alertsAbout(quarantine, kept)).toMatchObject([{ kind: 'quarantined', status: 'open' }])
  })

  it('are raised and ended once, though what caused them is handled again', async () => {
    const sql = host.app.get<Sql>(SQL)
    const table = () => sql.query('SELECT * FROM alerts.open_alerts ORDER BY id', [])
    const [head, open] = [await store.head(), await table()]
    // As if the process had died behind the appends, and before anything was committed, ever since the first event.
    await sql.transaction(async tx => {
      await tx.query(`UPDATE muster.cursors SET cursor = 'start', position = 0 WHERE name = 'alerts'`)
      await tx.query('DELETE FROM alerts.open_alerts')
    })
    await eventually('the table to be as before', async () => JSON.stringify(await table()) === JSON.stringify(open))
    expect(open.length).toBeGreaterThan(2)
    expect(await store.head()).toBe(head)
  })

  it('are listed by status, kind and model, in pages', async () => {
    const list = async (query: string) => (await door.get('tom', `/v1/alerts?${query}`)).body
    const all = await list('limit=100')
    const open = await list('status=open')
    expect(open.items).toEqual(all.items.filter(({ status }: { status: string }) => status === 'open'))
    expect((await list('kind=parked&status=resolved')).items).toHaveLength(1)
    expect((await list('model=credit')).items).toEqual(all.items.filter(({ model }: { model?: string }) => model === 'credit'))
    expect((await list('model=other')).items).toEqual([])
    const first = await list('limit=2')
    expect(pageOf('AlertPage', AlertView).parse(first)).toEqual(first)
    expect([...first.items, ...(await list(`limit=100&cursor=${first.next}`)).items]).toEqual(all.items)
    expect(await door.get('tom', `/v1/alerts/${'0'.repeat(32)}`)).toMatchObject({ status: 404 })
  })

  it('go out on their topic as they are recorded, with the id that they always have', async () => {
    const heard = collector(bus, 'test', ['muster.alerts'])
    const { items } = (await door.get('tom', '/v1/alerts?limit=100')).body
    const recorded = (await store.read(items.map(({ id }: { id: string }) => streamName('alert', id)))).toSorted(
      (one, other) => one.position - other.position,
    )
    await heard.until('every alert', ({ messages }) => messages().length >= recorded.length)
    await heard.stop()
    const byId = new Map(heard.messages().map(message => [message.headers['ce_id'], message]))
    expect(byId.size).toBe(recorded.length)
    for (const { id, type, data, position, context } of recorded) {
      const message = byId.get(id)
      expect(message).toMatchObject({
        key: context.partitionkey,
        headers: { ce_type: `dev.muster.${type}`, ce_position: String(position) },
      })
      expect(new TextDecoder().decode(message?.value ?? undefined)).toBe(data)
    }
  })
})

import { streamName, type Check, type Reason } from '@muster/contracts'
import type { EventStore } from '@muster/event-store'
import { createHost, EVENT_STORE, SQL, type CreatedHost } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { askerOf, identityOf } from '../../../../infra/test/callers.ts'
import { freshDatabase } from '../../../../infra/test/database.ts'
import { checked, digestOf, recordedRule, ruleCheck, target } from '../../../../infra/test/deployments.ts'
import { record } from '../../../../infra/test/log.ts'
import { policy, published } from '../../../../libs/domain/src/testing/policies.ts'
import { ComplianceModule } from '../compliance.module.ts'

/* How rules did, on a real PostgreSQL: by HTTP for the review, and by SQL for analysts. */

describe('The performance of policies', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let host: CreatedHost
  let store: EventStore
  let ask: ReturnType<typeof askerOf>

  const reference = (id: string, mode: 'enforce' | 'warn' = 'enforce') => ({ policy: id, version: 1, digest: digestOf(id), mode })
  /** A check on that day by three policies, of which `rare` does not apply. */
  const check = (id: string, at: string, accuracy: 'pass' | 'fail', leakage: 'pass' | 'unknown') => {
    const rest: Partial<Check> = {
      at,
      policies: [
        { ...reference('accuracy'), applies: true },
        { ...reference('leakage', 'warn'), applies: true },
        { ...reference('rare'), applies: false },
      ],
      snapshot: { evaluation: { balancedAccuracy: 0.7 } },
    }
    const event = checked(ruleCheck({ outcome: accuracy }), rest)
    const leaks = ruleCheck({ ...reference('leakage', 'warn'), outcome: leakage })
    return record(store, streamName('deployment', id), 'credit', { ...event, rules: [...event.rules, recordedRule(leaks)] })
  }
  const performance = async (query: string, position: number) =>
    (await ask.get('omar', `/v1/policy-performance?after=${position}&${query}`)).body
  const quarter = 'from=2026-07-01&until=2026-10-01'

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    host = await createHost([ComplianceModule], { databaseUrl: database.url, identity: identityOf({ omar: [] }) })
    store = host.app.get<EventStore>(EVENT_STORE)
    ask = askerOf(host.url)
    for (const document of [
      policy(),
      policy({ id: 'leakage', mode: 'warn' }),
      policy({ id: 'rare', appliesTo: "model.riskTier == 'high'" }),
    ])
      await record(store, streamName('policy', document.id), document.id, published(document))
  })
  afterAll(async () => {
    await host.stop()
    await database.drop()
  })

  it('is told by policy, version and rule, for the days of the window', async () => {
    await check('one', '2026-06-30T23:59:59.999Z', 'fail', 'pass')
    await check('one', '2026-07-01T00:00:00.000Z', 'pass', 'pass')
    await check('one', '2026-07-02T10:00:00.000Z', 'pass', 'unknown')
    const position = await check('two', '2026-07-02T09:00:00.000Z', 'fail', 'pass')
    const { items, from, until } = await performance(quarter, position)
    expect([from, until]).toEqual(['2026-07-01', '2026-10-01'])
    expect(items).toMatchObject([
      { policy: 'accuracy', version: 1, rule: 'holds', checks: 3, notApplied: 0, ran: 3, passed: 2, failed: 1, unknown: 0, deployments: 2 },
      { policy: 'leakage', mode: 'warn', ran: 3, passed: 2, unknown: 1, warned: 1, warningsEnded: 0, findings: ['ignored-warnings'] },
      { policy: 'rare', checks: 3, notApplied: 3, ran: 0, deployments: 0, findings: ['never-applied'] },
    ])
    expect(items[0]).toMatchObject({ firstAt: '2026-07-01T00:00:00.000Z', lastAt: '2026-07-02T10:00:00.000Z' })
    expect((await performance(`${quarter}&policy=rare`, position)).items).toHaveLength(1)
    const first = await performance(`${quarter}&limit=1`, position)
    const second = await performance(`${quarter}&limit=1&cursor=${first.next}`, position)
    expect(second.items).toMatchObject([{ policy: 'leakage' }])
  })

  it('finds what is noisy, and what never fails, once it ran often enough; and how long a rule takes, of a sample', async () => {
    let position = 0
    for (let index = 0; index < 64; index += 1)
      position = await check(`many-${index}`, '2026-08-01T00:00:00.000Z', 'pass', index % 2 === 0 ? 'unknown' : 'pass')
    const { items } = await performance('from=2026-08-01&until=2026-08-02', position)
    expect(items).toMatchObject([
      { policy: 'accuracy', ran: 64, deployments: 64, findings: ['never-failed'] },
      { policy: 'leakage', ran: 64, unknown: 32, findings: ['noisy', 'ignored-warnings'] },
      { policy: 'rare' },
    ])
    expect(items[0].timed).toBeGreaterThan(0)
    expect(items[0].microseconds).toBeGreaterThan(0)
    expect((await performance('from=2026-08-01&until=2026-08-02&finding=noisy', position)).items).toHaveLength(1)
    expect((await performance('from=2026-08-01&until=2026-08-02&noisy=0.51&finding=noisy', position)).items).toEqual([])
  })

  it('knows which warnings ended: the rule passes by now, or the deployment is over', async () => {
    await check('many-0', '2026-08-03T00:00:00.000Z', 'pass', 'pass')
    const reasons: Reason[] = [{ code: 'intent-withdrawn', message: 'It was withdrawn.' }]
    const position = await record(store, streamName('deployment', 'many-2'), 'credit', { type: 'deployment.lapsed', target, reasons })
    const { items } = await performance('from=2026-08-01&until=2026-08-02&policy=leakage', position)
    expect(items).toMatchObject([{ warned: 32, warningsEnded: 2, findings: ['noisy'] }])
  })

  it('is a view by day for analysts', async () => {
    const rows = await host.app
      .get<Sql>(SQL)
      .query(
        `select policy, ran, passed, failed, not_applied, deployments from compliance.policy_performance where day = '2026-07-02' order by policy`,
        [],
      )
    expect(rows).toEqual([
      { policy: 'accuracy', ran: 2, passed: 1, failed: 1, not_applied: 0, deployments: 2 },
      { policy: 'leakage', ran: 2, passed: 1, failed: 0, not_applied: 0, deployments: 2 },
      { policy: 'rare', ran: 0, passed: 0, failed: 0, not_applied: 2, deployments: 0 },
    ])
  })
})

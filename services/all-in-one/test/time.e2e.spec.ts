import { streamName } from '@muster/contracts'
import { EVENT_STORE, createHost, SQL, type CreatedHost } from '@muster/nest-host'
import type { EventStore } from '@muster/event-store'
import type { Sql } from '@muster/projections'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { eventually } from '../../../infra/test/eventually.ts'
import { askerOf, identityOf } from '../../../infra/test/callers.ts'
import { freshDatabase } from '../../../infra/test/database.ts'
import { modules } from '../src/modules.ts'
import { good, intent, modelEvidence, rollout, versionEvidence, weak, type CloudEvent, type VersionFigures } from './evidence.ts'
import { fsck } from './memory.ts'
import { policyFolder } from './policy-folder.ts'

/*
 * What happens by the clock alone: nobody sends anything, and what was true is no longer. Every service runs in this process, on a real
 * database, and the clock is in the hand of the test, so that a day is over when the test says so, and to the millisecond.
 */

const day = 24 * 60 * 60 * 1_000
const start = Date.parse('2026-03-02T09:00:00.000Z')
const instant = (milliseconds: number): string => new Date(milliseconds).toISOString()

const laterFrom = start + 2.5 * day
const later = `
apiVersion: muster.dev/v1
kind: Policy
id: later
title: A stricter rule that people were told of in time
owner: group:model-risk
severity: high
serviceLevel: { remediate: PT6H }
effective: { from: '${instant(laterFrom)}' }
at: [intent, rollout]
appliesTo: model.name == 'later'
rules:
  - id: calibrated
    assert: evaluation.calibrationError <= 0.01
    message: It is not calibrated well enough.
onUnknown: block
`

describe('As time goes by', () => {
  let now = start
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let host: CreatedHost
  let ask: ReturnType<typeof askerOf>
  let store: EventStore
  let sql: Sql

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    host = await createHost(modules, {
      databaseUrl: database.url,
      clock: () => instant(now),
      identity: identityOf({ tom: [], rita: ['model-risk'], ana: ['model-risk'], omar: ['policy-admin'] }),
      settings: { MUSTER_POLICIES: policyFolder({ 'later.yaml': later }), MUSTER_LOG_LEVEL: 'error' },
    })
    ask = askerOf(host.url)
    store = host.app.get<EventStore>(EVENT_STORE)
    sql = host.app.get<Sql>(SQL)
  })
  afterAll(async () => {
    await host?.stop()
    await database.drop()
  })

  /** Sent by a platform whose clock is right. */
  const publish = async (...events: CloudEvent[]): Promise<number> => {
    const { status, position } = await ask.post(
      'ci',
      '/v1/events',
      events.map(event => ({ ...event, time: instant(now) })),
    )
    expect(status).toBe(202)
    return position
  }
  const ready = (model: string, figures: VersionFigures = good): Promise<number> =>
    publish(...modelEvidence(model), ...versionEvidence(model, '1', figures))
  const read = async (id: string, after: number) => (await ask.get('ana', `/v1/deployments/${id}?after=${after}`)).body
  const declare = async (id: string, model: string, version = '1') => read(id, await publish(intent(id, model, version)))
  const becomes = (id: string, status: string) =>
    eventually(async () => {
      const { body } = await ask.get('ana', `/v1/deployments/${id}`)
      return body.status === status ? body : undefined
    }, `deployment ${id} to be ${status}`)

  const dueOf = async (id: string): Promise<number | undefined> => {
    const [row] = await sql.query<{ due: string | null }>('SELECT due_at AS due FROM deployments.open_deployments WHERE id = $1', [id])
    return row?.due === undefined || row.due === null ? undefined : Date.parse(row.due)
  }
  /** Sets the clock, and waits until whatever came due by then was looked at. */
  const comes = async (moment: number): Promise<void> => {
    now = moment
    await eventually(
      async () => {
        const [row] = await sql.query<{ due: number }>('SELECT count(*)::int AS due FROM deployments.open_deployments WHERE due_at <= $1', [
          instant(now),
        ])
        return row?.due === 0 ? true : undefined
      },
      `all that is due at ${instant(now)} to be looked at`,
    )
  }
  const withdrawn = (approval: string) =>
    eventually(async () => {
      const { body } = await ask.get('ana', `/v1/approvals/${approval}`)
      return body.status === 'withdrawn' ? true : undefined
    }, `the approval ${approval} to be withdrawn`)
  const violations = async (model: string): Promise<readonly string[]> =>
    (await store.read([streamName('violation', 'production', `${model}-desk`)])).map(({ type, data }) => `${type} ${JSON.parse(data).kind}`)

  it('an intent whose version does not come waits a day, and lapses', async () => {
    await publish(...modelEvidence('tardy'))
    expect(await declare('tardy-1', 'tardy')).toMatchObject({ status: 'waiting', missing: ['version-tardy@1'] })
    await comes(start + day - 1)
    expect(await read('tardy-1', 0)).toMatchObject({ status: 'waiting' })
    await comes(start + day)
    expect(await read('tardy-1', 0)).toMatchObject({
      status: 'lapsed',
      changedAt: instant(start + day),
      reasons: [{ code: 'not-registered-in-time', message: 'Not registered in time: version-tardy@1.' }],
    })
    await eventually(async () => {
      const { body } = await ask.get('ana', '/v1/alerts?kind=deployment-lapsed&model=tardy&status=open')
      return body.items[0]
    }, 'the alert')
  })

  it('what comes after that does not bring it back', async () => {
    const position = await publish(...versionEvidence('tardy', '1', good))
    expect(await read('tardy-1', position)).toMatchObject({ status: 'lapsed' })
    expect(await declare('tardy-2', 'tardy')).toMatchObject({ status: 'cleared' })
  })

  it('a policy that was published for later takes effect by itself', async () => {
    await ready('later')
    expect(await declare('later-1', 'later')).toMatchObject({ status: 'cleared' })
    await publish(rollout('later-runs', 'observed', 'later', '1'))
    await comes(laterFrom - 1)
    expect(await read('later-1', 0)).toMatchObject({ status: 'cleared' })
    await comes(laterFrom)
    const revoked = await becomes('later-1', 'revoked')
    expect(revoked).toMatchObject({
      changedAt: instant(laterFrom),
      reasons: [{ policy: 'later', rule: 'calibrated' }],
      check: { at: instant(laterFrom), point: 'rollout' },
    })
  })

  describe('evidence grows stale', () => {
    const model = 'stale'
    let evaluatedAt: number
    let deadline: number

    it('and on its last day it still serves', async () => {
      evaluatedAt = now
      await ready(model)
      expect(await declare(`${model}-1`, model)).toMatchObject({ status: 'cleared' })
      await publish(rollout(`${model}-runs`, 'observed', model, '1'))
      await comes(evaluatedAt + 90 * day)
      expect(await read(`${model}-1`, 0)).toMatchObject({ status: 'cleared' })
      expect(await dueOf(`${model}-1`)).toBe(evaluatedAt + 90 * day + 1)
    })

    it('and the clearance falls in the millisecond after, with what to do and until when', async () => {
      await comes(evaluatedAt + 90 * day + 1)
      const body = await becomes(`${model}-1`, 'revoked')
      expect(body).toMatchObject({
        changedAt: instant(evaluatedAt + 90 * day + 1),
        check: { at: instant(evaluatedAt + 90 * day + 1), point: 'rollout' },
        reasons: [{ policy: 'evidence-freshness', rule: 'evaluation-age' }],
        remediation: [{ policy: 'evidence-freshness', steps: ['Evaluate the version again on the holdout', expect.any(String)] }],
      })
      // P10D, as the policy says.
      deadline = now + 10 * day
      const alert = await eventually(async () => {
        const { body: page } = await ask.get('ana', `/v1/alerts?kind=deployment-revoked&model=${model}`)
        return page.items[0]
      }, 'the alert')
      expect(alert).toMatchObject({ status: 'open', remediation: { by: instant(deadline) } })
    })

    it('and what runs may run until then', async () => {
      await comes(deadline - 1)
      // Seen once more, it is measured once more.
      await read(`${model}-1`, await publish(rollout(`${model}-runs-still`, 'observed', model, '1')))
      expect(await violations(model)).toEqual([])
    })

    it('and is a violation from then on', async () => {
      await comes(deadline)
      await eventually(async () => ((await violations(model)).length > 0 ? true : undefined), 'the violation')
      expect(await violations(model)).toEqual(['violation.found.v1 revoked'])
      const found = await eventually(async () => {
        const { body } = await ask.get('ana', `/v1/violations?endpoint=${model}-desk&open=true`)
        return body.items[0]
      }, 'the violation in the list')
      expect(found).toMatchObject({ kind: 'revoked', deployment: `${model}-1`, foundAt: instant(deadline) })
    })

    it('and a new evaluation and a new intent bring it in order', async () => {
      const again = versionEvidence(model, '1', good).filter(({ type }) => type === 'dev.muster.version.evaluated.v1')
      await publish(...again.map(event => ({ ...event, id: `${model}-evaluated-again` })))
      expect(await declare(`${model}-2`, model)).toMatchObject({ status: 'cleared' })
      await eventually(async () => ((await violations(model)).length > 1 ? true : undefined), 'the end of the violation')
      expect((await violations(model)).at(-1)).toBe('violation.ended.v1 revoked')
    })
  })

  it('a request for approval stands over what has not changed, however often it is looked at', async () => {
    await ready('asked', weak)
    const asked = await declare('asked-1', 'asked')
    expect(asked).toMatchObject({ status: 'approval-required' })
    await comes(now + 3 * day)
    expect(await read('asked-1', 0)).toMatchObject({ status: 'approval-required', position: asked.position })
  })

  it('a change of the catalogue has everything open looked at again, and records nothing on what it does not change', async () => {
    await ready('steady')
    const before = await declare('steady-1', 'steady')
    const { status, position } = await ask.post('omar', '/v1/policies/non-production/retirement', { reason: 'Nobody uses it.' })
    expect(status).toBe(201)
    await read('steady-1', position)
    await comes(now)
    expect(await read('steady-1', 0)).toMatchObject({ status: 'cleared', position: before.position })
  })

  it('but whoever is asked to agree is asked anew where a policy that applied is gone, for it is part of what is agreed to', async () => {
    expect((await ask.get('ana', '/v1/deployments/asked-1')).body).toMatchObject({ approvalId: 'asked-1.1' })
    expect((await ask.post('omar', '/v1/policies/documentation/retirement', { reason: 'A trial.' })).status).toBe(201)
    const approval = await eventually(async () => {
      const answer = await ask.get('ana', '/v1/approvals/asked-1.2')
      return answer.status === 200 ? answer.body : undefined
    }, 'the new approval')
    expect(approval).toMatchObject({ supersedes: 'asked-1.1', changed: expect.arrayContaining(['policies/documentation']) })
    expect((await ask.get('ana', '/v1/deployments/asked-1')).body).toMatchObject({ status: 'approval-required', approvalId: 'asked-1.2' })
    await withdrawn('asked-1.1')
  })

  it('a policy that was retired stands in nobody’s way, and what it blocked is asked anew', async () => {
    await ready('poor', { ...good, balancedAccuracy: 0.55 })
    const retire = (id: string) => ask.post('omar', `/v1/policies/${id}/retirement`, { reason: 'A trial.' })
    expect(await declare('poor-1', 'poor')).toMatchObject({ status: 'blocked', reasons: [{ policy: 'performance' }] })
    expect(await retire('performance')).toMatchObject({ status: 201, body: { status: 'retired' } })
    expect(await retire('performance')).toMatchObject({ status: 200 })
    expect((await retire('weak-separation')).status).toBe(201)
    expect(await read('poor-1', await store.head())).toMatchObject({ status: 'blocked' })
    expect(await declare('poor-2', 'poor')).toMatchObject({ status: 'cleared' })
    // Nobody asks any longer what people were asked to agree to.
    expect(await becomes('asked-1', 'cleared')).not.toHaveProperty('approvalId')
    await withdrawn('asked-1.2')
  })

  it('everything comes out the same when it is derived again from the log', async () => expect(await fsck(store)).toEqual([]))
})

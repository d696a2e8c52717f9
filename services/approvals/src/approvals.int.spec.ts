import { ApprovalSummary, ApprovalView, pageOf, streamName, type ApprovalRequired } from '@muster/contracts'
import type { EventStore } from '@muster/event-store'
import { createHost, EVENT_STORE, type CreatedHost } from '@muster/nest-host'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { askerOf, identityOf } from '../../../infra/test/callers.ts'
import { freshDatabase } from '../../../infra/test/database.ts'
import { checked, digestOf, ruleCheck, target } from '../../../infra/test/deployments.ts'
import { record } from '../../../infra/test/log.ts'
import { ApprovalsModule } from './approvals.module.ts'

/* The whole room on a real PostgreSQL: deployments ask by the log, people sign at the door. */

type Question = Omit<ApprovalRequired, 'type'>
const question = (id: string, rest: Partial<Question> = {}): Question => ({
  approvalId: `${id}.1`,
  target,
  about: { kind: 'deployment', id },
  digest: digestOf(id),
  changed: [],
  approvalRules: [{ id: 'high-risk', version: 1, digest: digestOf('high-risk') }],
  needs: [{ role: 'model-risk', count: 2 }],
  excluded: [{ person: 'rita', because: 'asked for the deployment' }],
  unmapped: [],
  ...rest,
})

describe('Approvals', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let host: CreatedHost
  let store: EventStore
  let door: ReturnType<typeof askerOf>

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    const identity = identityOf({ ana: ['model-risk'], ben: ['model-risk'], eva: ['model-risk', 'legal'], rita: ['model-risk'], tom: [] })
    host = await createHost([ApprovalsModule], { databaseUrl: database.url, identity })
    store = host.app.get<EventStore>(EVENT_STORE)
    door = askerOf(host.url)
  })
  afterAll(async () => {
    await host.stop()
    await database.drop()
  })

  const says = (id: string, ...events: Parameters<typeof record>[3][]) =>
    record(store, streamName('deployment', id), 'credit', ...(events as [Parameters<typeof record>[3]]))
  const asks = async (id: string, rest: Partial<Question> = {}) => {
    const asked = question(id, rest)
    const position = await says(id, { type: 'deployment.approval-required', ...asked })
    const { status, body } = await door.get('tom', `/v1/approvals/${asked.approvalId}?after=${position}`)
    expect({ status, body: body.status }).toEqual({ status: 200, body: 'open' })
    return asked
  }
  const sign = (as: string, { approvalId, digest }: Question, rest: object = {}) =>
    door.post(as, `/v1/approvals/${approvalId}/signatures`, {
      verdict: 'approve',
      role: 'model-risk',
      digest,
      reason: 'The evidence is read.',
      ...rest,
    })
  const eventsOf = async ({ approvalId }: Question) => (await store.read([streamName('approval', approvalId)])).map(({ type }) => type)
  const list = async (as: string, query: string): Promise<string[]> =>
    (await door.get(as, `/v1/approvals?${query}`)).body.items.map(({ id }: { id: string }) => id)

  it('are granted by as many different people as they need', async () => {
    const asked = await asks('quorum')
    const first = await sign('ana', asked)
    expect(first).toMatchObject({ status: 201, body: { status: 'open', mine: false, signatures: [{ by: 'ana', reason: { of: 'ana' } }] } })
    const second = await sign('ben', asked)
    expect(second).toMatchObject({ status: 201, body: { status: 'granted', endedAt: expect.any(String) } })
    expect(await eventsOf(asked)).toEqual(['approval.requested.v1', 'approval.signed.v1', 'approval.signed.v1', 'approval.granted.v1'])

    const granted = (await store.read([streamName('approval', asked.approvalId)])).at(-1)
    expect(granted?.context).toMatchObject({ partitionkey: 'credit', authid: 'ben', authtype: 'user' })
    expect(JSON.parse(granted?.data ?? '')).toEqual({ about: asked.about, digest: asked.digest })
    expect(await list('ana', `status=granted&after=${second.position}`)).toEqual(['quorum.1'])
  })

  it('are granted once when the last signatures come at the same moment', async () => {
    const asked = await asks('race')
    const answers = await Promise.all(['ana', 'ben', 'eva'].map(as => sign(as, asked)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 409])
    expect((await eventsOf(asked)).filter(type => type === 'approval.granted.v1')).toHaveLength(1)
  })

  it('take the same signature twice as once, and not another one by the same person', async () => {
    const asked = await asks('twice')
    expect(await sign('ana', asked)).toMatchObject({ status: 201 })
    expect(await sign('ana', asked)).toMatchObject({ status: 200, body: { signatures: [{ by: 'ana' }] } })
    expect(await sign('ana', asked, { verdict: 'reject' })).toMatchObject({
      status: 409,
      body: { type: 'urn:muster:problem:already-signed' },
    })
    expect(await eventsOf(asked)).toEqual(['approval.requested.v1', 'approval.signed.v1'])
  })

  it('refuse whoever asked for the deployment, and keep that they tried on record once', async () => {
    const asked = await asks('requester')
    const refused = {
      status: 403,
      body: { type: 'urn:muster:problem:did-the-work', detail: expect.stringContaining('whoever asked for the deployment') },
    }
    expect(await sign('rita', asked)).toMatchObject(refused)
    expect(await sign('rita', asked)).toMatchObject(refused)
    expect(await eventsOf(asked)).toEqual(['approval.requested.v1', 'approval.signature-refused.v1'])
    expect((await door.get('tom', '/v1/approvals/requester.1')).body.refusals).toMatchObject([{ by: 'rita', role: 'model-risk' }])
  })

  it('can be signed by nobody while a name maps to nobody, and name that name', async () => {
    const asked = await asks('unmapped', { unmapped: ['someone@elsewhere.org'] })
    expect(await sign('ana', asked)).toMatchObject({
      status: 409,
      body: { type: 'urn:muster:problem:names-unmapped', detail: expect.stringContaining('someone@elsewhere.org') },
    })
    expect(await eventsOf(asked)).toEqual(['approval.requested.v1'])
  })

  it('are signed over the content that was shown and over no other', async () => {
    const asked = await asks('content')
    expect(await sign('ana', asked, { digest: digestOf('other') })).toMatchObject({
      status: 409,
      body: { type: 'urn:muster:problem:other-content' },
    })
    expect(await eventsOf(asked)).toEqual(['approval.requested.v1'])
  })

  it('are signed by people in a role that they have and that is asked for', async () => {
    const asked = await asks('roles')
    const refused = (why: string) => ({
      status: 403,
      body: { type: 'urn:muster:problem:not-permitted', detail: expect.stringContaining(why) },
    })
    expect(await sign('tom', asked)).toMatchObject(refused('person:tom does not have the role model-risk'))
    expect(await sign('eva', asked, { role: 'audit' })).toMatchObject(refused('it has model-risk, legal'))
    expect(await sign('ci', asked)).toMatchObject(refused('service:ci is no person'))
    expect(await sign('eva', asked, { role: 'legal' })).toMatchObject({ status: 409, body: { type: 'urn:muster:problem:role-not-asked' } })
    expect(await eventsOf(asked)).toEqual(['approval.requested.v1'])
  })

  it('are not there before anybody asked', async () => {
    expect(await door.get('ana', '/v1/approvals/nowhere.1')).toMatchObject({ status: 404 })
    expect(await sign('ana', question('nowhere'))).toMatchObject({ status: 404, body: { type: 'urn:muster:problem:not-found' } })
  })

  it('are rejected by one who says no', async () => {
    const asked = await asks('rejected')
    expect(await sign('ana', asked, { verdict: 'reject' })).toMatchObject({ status: 201, body: { status: 'rejected' } })
    expect(await sign('ben', asked)).toMatchObject({ status: 409, body: { type: 'urn:muster:problem:already-ended' } })
  })

  it('are withdrawn when what they were about has changed, and asked anew over the new content', async () => {
    const first = await asks('changed')
    await sign('ana', first)
    const second = await asks('changed', {
      approvalId: 'changed.2',
      digest: digestOf('changed again'),
      supersedes: 'changed.1',
      changed: ['/rules'],
    })
    const { body } = await door.get('ana', '/v1/approvals/changed.1')
    expect(body).toMatchObject({ status: 'withdrawn', signatures: [{ by: 'ana' }] })
    expect(await sign('ben', first)).toMatchObject({ status: 409, body: { type: 'urn:muster:problem:already-ended' } })
    expect(await sign('ana', second)).toMatchObject({ status: 201, body: { supersedes: 'changed.1' } })
  })

  it('show the newest check over exactly what is agreed to', async () => {
    const digest = digestOf('evidence')
    await says('evidence', checked(ruleCheck({ outcome: 'fail', message: 'First.' }), { materialDigest: digest }))
    await says('evidence', checked(ruleCheck({ outcome: 'fail', message: 'Newest.' }), { materialDigest: digest }))
    await says(
      'evidence',
      checked(ruleCheck({ outcome: 'fail', message: 'About something else.' }), { materialDigest: digestOf('another') }),
    )
    await asks('evidence')
    const { body } = await door.get('ana', '/v1/approvals/evidence.1')
    expect(ApprovalView.parse(body)).toEqual(body)
    expect(body.evidence).toMatchObject({ target, check: { materialDigest: digest, rules: [{ message: 'Newest.' }] } })
  })

  it('are mine exactly when I could sign them now', async () => {
    const { position } = await sign('ana', await asks('mine'))
    for (const as of ['ana', 'ben', 'rita', 'tom', 'ci']) {
      const { body } = await door.get(as, `/v1/approvals?limit=100&after=${position}`)
      const mine = body.items.filter((item: { mine: boolean }) => item.mine).map(({ id }: { id: string }) => id)
      expect(await list(as, 'mine=true')).toEqual(mine)
      expect(mine.includes('mine.1')).toBe(as === 'ben')
    }
  })

  it('are listed in pages, the newest request first', async () => {
    const all = await list('tom', 'limit=100')
    const first = await door.get('tom', '/v1/approvals?limit=3')
    const rest = await door.get('tom', `/v1/approvals?limit=100&cursor=${first.body.next}`)
    expect([...first.body.items, ...rest.body.items].map(({ id }) => id)).toEqual(all)
    expect(pageOf('ApprovalPage', ApprovalSummary).parse(first.body)).toEqual(first.body)
    expect(all[0]).toBe('mine.1')
    expect(rest.body.next).toBeUndefined()
  })
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  pageOf,
  PolicyHistoryEntry,
  PolicyVersionView,
  PolicyView,
  streamName,
  type PolicyCases,
  type PolicyDocument,
} from '@muster/contracts'
import { decode, type EventStore } from '@muster/event-store'
import { unknownAuthor } from '@muster/domain'
import { createHost, EVENT_STORE, type CreatedHost } from '@muster/nest-host'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { askerOf, identityOf } from '../../../infra/test/callers.ts'
import { freshDatabase } from '../../../infra/test/database.ts'
import { eventually } from '../../../infra/test/eventually.ts'
import { record } from '../../../infra/test/log.ts'
import { policyText } from '../../../libs/policy/src/testing/policy-texts.ts'
import { PoliciesModule } from './policies.module.ts'

/* How a policy changes, over HTTP and a real PostgreSQL; reviewers answer by the log, as approvals would. */

const people = { tom: [], ana: ['model-risk'], omar: ['policy-admin'] }
const document = (id: string, rest: Partial<Extract<PolicyDocument, { kind: 'Policy' }>> = {}): PolicyDocument => ({
  apiVersion: 'muster.dev/v1',
  kind: 'Policy',
  id,
  title: 'The model separates well enough',
  owner: 'group:model-risk',
  severity: 'high',
  at: ['intent'],
  appliesTo: "intent.environment == 'production'",
  rules: [{ id: 'holds', assert: 'evaluation.balancedAccuracy >= 0.65', message: 'It does not separate well enough.' }],
  onUnknown: 'block',
  ...rest,
})
const cases: PolicyCases = {
  facts: { 'intent.environment': 'production' },
  cases: [
    { name: 'it separates', facts: { 'evaluation.balancedAccuracy': 0.7 }, expect: { holds: 'pass' } },
    { name: 'it does not', facts: { 'evaluation.balancedAccuracy': 0.6 }, expect: { holds: 'fail' } },
  ],
}

describe('A change of a policy', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let dir: string
  let host: CreatedHost
  let door: ReturnType<typeof askerOf>

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    dir = await mkdtemp(join(tmpdir(), 'policies-'))
    const settings = { MUSTER_POLICIES: dir, MUSTER_LOG_LEVEL: 'error' }
    host = await createHost([PoliciesModule], { databaseUrl: database.url, identity: identityOf(people), settings })
    door = askerOf(host.url)
  })
  afterAll(async () => {
    await host.stop()
    await database.drop()
    await rm(dir, { recursive: true })
  })

  const draft = (as: string, of: PolicyDocument, rest: object = {}) =>
    door.post(as, `/v1/policies/${of.id}/draft`, { document: of, cases, ...rest })
  const backtest = async (of: PolicyDocument): Promise<string> => {
    const { body } = await door.post('tom', '/v1/backtests', { documents: [of] })
    return eventually(async () => {
      const { body: seen } = await door.get('tom', `/v1/backtests/${body.id}`)
      return seen.status === 'finished' ? (body.id as string) : undefined
    }, 'the backtest to be finished')
  }
  const submit = async (as: string, of: PolicyDocument) => {
    const { body } = await door.get(as, `/v1/policies/${of.id}`)
    return door.post(as, `/v1/policies/${of.id}/submission`, { digest: body.change.digest, backtest: await backtest(of) })
  }
  const reviewersSay = (verdict: 'granted' | 'rejected', { id, change }: PolicyView) => {
    const { approvalId = '', digest = '' } = change ?? {}
    return record(host.app.get<EventStore>(EVENT_STORE), streamName('approval', approvalId), 'policy', {
      type: `approval.${verdict}`,
      about: { kind: 'policy', id },
      digest,
    })
  }
  const policyLike = (id: string, expected: object) =>
    eventually(async () => {
      const { body } = await door.get('tom', `/v1/policies/${id}`)
      expect(body).toMatchObject(expected)
      return body as PolicyView
    }, `policy ${id} to be like that`)

  it('is drafted, submitted, agreed to, tried in shadow beside the version in effect, and activated', async () => {
    const first = document('life')
    expect(await draft('tom', first)).toMatchObject({
      status: 201,
      body: { status: 'draft', change: { status: 'draft', authors: [{ person: 'tom' }] } },
    })
    expect(await draft('tom', first)).toMatchObject({ status: 200 })
    const submitted = await submit('tom', first)
    expect(submitted).toMatchObject({
      status: 201,
      body: { change: { status: 'in-review', approvalId: 'policy:life~1', needs: [{ role: 'model-risk', count: 1 }] } },
    })
    await reviewersSay('granted', submitted.body)
    const tried = await policyLike('life', {
      status: 'trial',
      version: 1,
      mode: 'shadow',
      reviewed: true,
      trial: { approvalId: 'policy:life~1' },
    })
    expect(PolicyView.parse(tried)).toEqual(tried)

    expect(await door.post('tom', '/v1/policies/life/activation', { version: 1 })).toMatchObject({ status: 403 })
    expect(await door.post('omar', '/v1/policies/life/activation', { version: 2 })).toMatchObject({ status: 409 })
    const active = { status: 'in-force', version: 1, mode: 'enforce' }
    expect(await door.post('omar', '/v1/policies/life/activation', { version: 1 })).toMatchObject({ status: 201, body: active })

    const second = document('life', { severity: 'critical' })
    await draft('tom', second)
    const again = await submit('tom', second)
    expect(again.body.change).toMatchObject({
      approvalId: 'policy:life~2',
      needs: [{ role: 'model-risk', count: 2 }],
      differences: ['severity changed from high to critical'],
    })
    await reviewersSay('granted', again.body)
    await policyLike('life', { ...active, trial: { version: 2, mode: 'shadow', document: { severity: 'critical' } } })
  })

  it('tells who changed what and when, with every version and what differs between two', async () => {
    const history = (await door.get('tom', '/v1/policies/life/history')).body
    expect(pageOf('PolicyHistoryPage', PolicyHistoryEntry).parse(history)).toEqual(history)
    expect(history.items.map(({ event }: PolicyHistoryEntry) => event).toReversed()).toEqual([
      'policy.drafted',
      'policy.submitted',
      'policy.approved',
      'policy.published',
      'policy.activated',
      'policy.drafted',
      'policy.submitted',
      'policy.approved',
      'policy.published',
    ])
    expect(history.items.at(-1)).toMatchObject({ actor: 'tom' })
    const versions = (await door.get('tom', '/v1/policies/life/versions?limit=1')).body
    expect(pageOf('PolicyVersionPage', PolicyVersionView).parse(versions)).toEqual(versions)
    expect(versions.items).toMatchObject([{ version: 2, trial: true }])
    expect((await door.get('tom', `/v1/policies/life/versions?cursor=${versions.next}`)).body.items).toMatchObject([
      { version: 1, trial: false },
    ])
    expect((await door.get('tom', '/v1/policies/life/versions/1')).body).toMatchObject({ version: 1, document: { severity: 'high' } })
    expect(await door.get('tom', '/v1/policies/life/versions/3')).toMatchObject({ status: 404 })
    expect((await door.get('tom', '/v1/policies/life/differences')).body).toEqual({
      id: 'life',
      from: '1',
      to: '2',
      sentences: ['severity changed from high to critical'],
    })
  })

  it('is found by status, tag, control, owner and words', async () => {
    const tagged = document('tagged', {
      tags: { data: ['personal'] },
      controls: ['eu-ai-act:art-10'],
      rationale: 'The regulator asks for it.',
    })
    const { position } = await draft('tom', tagged)
    const found = async (query: string) =>
      (await door.get('tom', `/v1/policies?after=${position}&${query}`)).body.items.map(({ id }: PolicyView) => id)
    for (const query of [
      'tag=data:personal',
      'tag=personal',
      'control=eu-ai-act:art',
      'search=regulator tagged',
      'status=draft',
      'change=draft',
    ])
      expect({ query, found: await found(query) }).toEqual({ query, found: ['tagged'] })
    expect(await found('tag=public')).toEqual([])
    expect(await found('owner=group:model-risk&status=in-force')).toEqual(['life'])
  })

  it('is found whatever its tags are, and whatever is asked for', async () => {
    const noise = Array.from({ length: 2_000 }, (_, index) => String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000))).join('')
    const { position } = await draft('tom', document('noisy', { tags: { data: [noise] } }))
    expect((await door.get('tom', `/v1/policies?after=${position}&search=noisy`)).body.items).toMatchObject([{ id: 'noisy' }])
    for (const field of ['search', 'owner', 'tag', 'control'])
      expect(await door.get('tom', `/v1/policies?${field}=%00`)).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: `/${field}` }] },
      })
    for (const text of ["' OR true --", '%', '\\', '!&|():*<->', '\u202e', '🦔'])
      expect(await door.get('tom', `/v1/policies?search=${encodeURIComponent(text)}&tag=${encodeURIComponent(text)}`)).toMatchObject({
        status: 200,
        body: { items: [] },
      })
  })

  it('is not submitted before it shows what it must', async () => {
    const of = document('bare')
    const submission = async (rest: object = {}) => {
      const { body } = await door.get('tom', '/v1/policies/bare')
      return door.post('tom', '/v1/policies/bare/submission', { digest: body.change.digest, backtest: await backtest(of), ...rest })
    }
    await draft('tom', of, { cases: undefined })
    expect(await submission()).toMatchObject({ status: 409, body: { type: 'urn:muster:problem:no-cases' } })
    const wrong = {
      cases: [{ name: 'the wrong way round', facts: { ...cases.facts, 'evaluation.balancedAccuracy': 0.6 }, expect: { holds: 'pass' } }],
    }
    await draft('tom', of, { cases: wrong })
    expect(await submission()).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('the wrong way round: holds: expected pass, got fail') },
    })
    await draft('tom', of)
    expect(await submission({ backtest: 'never-run' })).toMatchObject({ status: 409, body: { type: 'urn:muster:problem:no-backtest' } })
    const other = await backtest(document('bare', { title: 'Something else' }))
    expect(await submission({ backtest: other })).toMatchObject({ status: 409, body: { type: 'urn:muster:problem:no-backtest' } })
    expect(await submission()).toMatchObject({ status: 201 })
  })

  it('is a draft again when a reviewer says no, and is talked about and given up', async () => {
    const of = document('sent-back')
    await draft('tom', of)
    await reviewersSay('rejected', (await submit('tom', of)).body)
    await policyLike('sent-back', { status: 'draft', change: { status: 'changes-requested' } })
    expect(await door.post('ana', '/v1/policies/sent-back/comments', { text: 'Why not 0.7?' })).toMatchObject({
      status: 201,
      body: { comments: 1 },
    })
    expect(await door.post('ci', '/v1/policies/sent-back/comments', { text: 'I am a robot.' })).toMatchObject({ status: 403 })
    const { digest } = (await door.get('tom', '/v1/policies/sent-back')).body.change
    expect(await door.post('tom', '/v1/policies/sent-back/discarding', { digest, reason: 'Another says it better.' })).toMatchObject({
      status: 201,
      body: { status: 'discarded' },
    })
    expect((await door.get('tom', '/v1/policies/sent-back/history')).body.items.slice(0, 2)).toMatchObject([
      { event: 'policy.discarded', text: 'Another says it better.' },
      { event: 'policy.commented', text: 'Why not 0.7?', actor: 'ana' },
    ])
  })

  it('names its authors when a pipeline sends it: who maps to nobody leaves nobody to sign', async () => {
    const of = document('from-a-repository')
    expect(await draft('ci', of)).toMatchObject({ status: 400, body: { errors: [{ pointer: '/authors' }] } })
    await draft('ci', of, { authors: ['tom@example.org', 'stranger@example.org'] })
    const { body } = await submit('ci', of)
    expect(body.change.authors).toEqual([{ name: 'tom@example.org', person: 'tom' }, { name: 'stranger@example.org' }])
    const history = await host.app.get<EventStore>(EVENT_STORE).read([streamName('policy', of.id)])
    expect(history.map(event => decode(event).event).at(-1)).toMatchObject({
      excluded: [{ person: 'tom', because: 'wrote the policy' }],
      unmapped: ['stranger@example.org'],
    })
  })

  it('names every place that is wrong', async () => {
    const of = document('wrong', {
      appliesTo: "intent.enviroment == 'production'",
      rules: [{ id: 'holds', assert: 'evaluation.balancedAccuracy = 0.65', message: 'No.' }],
    })
    const { status, body } = await draft('tom', of)
    expect(status).toBe(422)
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/document/appliesTo', '/document/rules/0/assert'])
    expect(body.detail).toMatch(/did you mean.*environment/)
    expect(await door.post('tom', '/v1/policies/another/draft', { document: document('right') })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/document/id' }] },
    })
  })
})

describe('A folder where people are known', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let dir: string
  const running: CreatedHost[] = []

  beforeEach(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    dir = await mkdtemp(join(tmpdir(), 'policies-'))
    await writeFile(join(dir, 'accuracy.yaml'), policyText('accuracy'))
    const written = cases.cases.map(one => ({ ...one, policy: 'accuracy' }))
    await writeFile(join(dir, 'accuracy.cases.yaml'), JSON.stringify({ facts: cases.facts, cases: written }))
  })
  afterEach(async () => {
    for (const host of running.splice(0)) await host.stop()
    await database.drop()
    await rm(dir, { recursive: true })
  })

  const start = async (settings: Readonly<Record<string, string>> = {}) => {
    const host = await createHost([PoliciesModule], {
      databaseUrl: database.url,
      identity: identityOf(people),
      demo: false,
      settings: { MUSTER_POLICIES: dir, MUSTER_LOG_LEVEL: 'error', ...settings },
    })
    running.push(host)
    return askerOf(host.url)
  }
  const inReview = (door: Awaited<ReturnType<typeof start>>) =>
    eventually(
      async () => {
        const { body } = await door.get('ana', '/v1/policies/accuracy')
        return body.change?.status === 'in-review' ? (body as PolicyView) : undefined
      },
      'the file to be in review',
      20,
    )

  it('publishes nothing: a changed file is submitted to its reviewers, without whoever answers for it', async () => {
    const door = await start({ MUSTER_POLICIES_AUTHOR: 'tom@example.org' })
    const policy = await inReview(door)
    expect(policy).toMatchObject({ status: 'draft', reviewed: false, change: { authors: [{ name: 'tom@example.org', person: 'tom' }] } })
    expect((await door.get('ana', '/v1/policies/accuracy/history')).body.items).toHaveLength(2)
  })

  it('says the same at every start, and is left alone once somebody gave it up', async () => {
    await inReview(await start({ MUSTER_POLICIES_AUTHOR: 'tom' }))
    const door = await start({ MUSTER_POLICIES_AUTHOR: 'tom' })
    expect((await door.get('ana', '/v1/policies/accuracy/history')).body.items).toHaveLength(2)
    const { digest } = (await door.get('tom', '/v1/policies/accuracy')).body.change
    await door.post('tom', '/v1/policies/accuracy/discarding', { digest, reason: 'Not now.' })
    const again = await start({ MUSTER_POLICIES_AUTHOR: 'tom' })
    expect((await again.get('ana', '/v1/policies/accuracy')).body).toMatchObject({ status: 'discarded' })
  })

  it('whose author is not known leaves nobody to sign', async () => {
    const { change } = await inReview(await start())
    expect(change?.authors).toEqual([unknownAuthor])
    const known = await inReview(await start({ MUSTER_POLICIES_AUTHOR: 'tom' }))
    expect(known.change?.authors).toEqual([{ name: 'tom', person: 'tom' }])
  })

  it('leaves alone what a person revised since', async () => {
    const door = await start({ MUSTER_POLICIES_AUTHOR: 'tom' })
    await inReview(door)
    await door.post('ana', '/v1/policies/accuracy/draft', { document: document('accuracy', { title: 'Ana says it otherwise' }), cases })
    const again = await start({ MUSTER_POLICIES_AUTHOR: 'tom' })
    expect((await again.get('ana', '/v1/policies/accuracy/history')).body.items).toHaveLength(3)
  })
})

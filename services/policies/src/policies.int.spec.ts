import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pageOf, PolicyView, streamName, type PolicyPublished } from '@muster/contracts'
import { decode, type EventStore } from '@muster/event-store'
import { createHost, EVENT_STORE, type CreatedHost } from '@muster/nest-host'
import { afterAll, afterEach, beforeEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { askerOf, identityOf } from '../../../infra/test/callers.ts'
import { freshDatabase } from '../../../infra/test/database.ts'
import { PoliciesModule } from './policies.module.ts'
import { approvalRuleText, policyText } from '../../../libs/policy/src/testing/policy-texts.ts'

/* A folder of policies and a real PostgreSQL; each start is a start of the whole room. */

describe('A folder of policies', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let dir: string
  const running: CreatedHost[] = []

  beforeEach(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    dir = await mkdtemp(join(tmpdir(), 'policies-'))
  })
  afterEach(async () => {
    for (const host of running.splice(0)) await host.stop()
    await database.drop()
    await rm(dir, { recursive: true })
  })

  const file = (name: string, text: string) => writeFile(join(dir, name), text)
  const start = async (settings: Readonly<Record<string, string>> = {}): Promise<CreatedHost> => {
    const identity = identityOf({ omar: ['policy-admin'], tom: [] })
    const host = await createHost([PoliciesModule], {
      databaseUrl: database.url,
      identity,
      settings: { MUSTER_POLICIES: dir, MUSTER_LOG_LEVEL: 'error', ...settings },
    })
    running.push(host)
    return host
  }
  const versionsOf = async (host: CreatedHost, id: string) => {
    const events = (await host.app.get<EventStore>(EVENT_STORE).read([streamName('policy', id)])).map(event => decode(event).event)
    return events
      .filter((event): event is PolicyPublished => event.type === 'policy.published')
      .map(({ version, mode, reviewed }) => ({ version, mode, reviewed }))
  }

  it('is published at the first start, and recorded once however often it is loaded', async () => {
    await file('accuracy.yaml', policyText('accuracy'))
    await file('approvals.yml', approvalRuleText('high-risk'))
    await file('notes.txt', 'not a policy')
    await Promise.all([start(), start()])
    const host = await start()
    expect(await versionsOf(host, 'accuracy')).toEqual([{ version: 1, mode: 'enforce', reviewed: false }])
    expect(await versionsOf(host, 'high-risk')).toHaveLength(1)
  })

  it('makes a new version of what was written anew, and of nothing else', async () => {
    await file('accuracy.yaml', policyText('accuracy'))
    await file('other.yaml', policyText('other'))
    await start()
    await file('accuracy.yaml', `# A remark changes nothing.\n${policyText('accuracy')}`)
    expect(await versionsOf(await start(), 'accuracy')).toHaveLength(1)
    await file('accuracy.yaml', policyText('accuracy', { assert: 'evaluation.balancedAccuracy >= 0.7' }))
    await start()
    await file('accuracy.yaml', policyText('accuracy'))
    const host = await start()
    expect((await versionsOf(host, 'accuracy')).map(({ version }) => version)).toEqual([1, 2, 3])
    expect(await versionsOf(host, 'other')).toHaveLength(1)
  })

  it('stops the start when something in it does not compile, says every place, and publishes nothing', async () => {
    await file('a.yaml', policyText('a', { assert: 'evaluation.balancedAcuracy >= 0.65' }))
    await file('b.yaml', policyText('b'))
    await file('c.yaml', policyText('c', { assert: 'model.' }))
    await expect(start()).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(/a\.yaml:11:\d+ .*did you mean[^]*c\.yaml:11:\d+ /),
    })
    for (const name of ['a', 'b', 'c']) await rm(join(dir, `${name}.yaml`))
    expect(await versionsOf(await start(), 'b')).toEqual([])
  })

  it('is loaded without what does not compile when the settings say to keep going', async () => {
    await file('a.yaml', policyText('a', { assert: 'model.' }))
    await file('b.yaml', policyText('b'))
    const host = await start({ MUSTER_POLICIES_KEEP_GOING: 'true' })
    expect(await versionsOf(host, 'a')).toEqual([])
    expect(await versionsOf(host, 'b')).toHaveLength(1)
  })

  it('cannot make another kind of what it published', async () => {
    await file('a.yaml', policyText('a'))
    await start()
    await file('a.yaml', approvalRuleText('a'))
    await expect(start()).rejects.toThrow(/a\.yaml:1:1 .*another kind than ApprovalRule/)
  })

  it('that is not there stops the start', () =>
    expect(start({ MUSTER_POLICIES: join(dir, 'nowhere') })).rejects.toMatchObject({ name: 'StartError' }))

  it('takes nothing away when a file is gone', async () => {
    await file('a.yaml', policyText('a'))
    await file('b.yaml', policyText('b'))
    await start()
    await rm(join(dir, 'a.yaml'))
    const door = askerOf((await start()).url)
    expect((await door.get('tom', '/v1/policies/a')).body).toMatchObject({ status: 'in-force', version: 1 })
  })

  it('does not bring back what a person retired, until its text changes', async () => {
    await file('a.yaml', policyText('a'))
    const door = askerOf((await start()).url)
    const reason = 'It is replaced by another one.'
    expect(await door.post('tom', '/v1/policies/a/retirement', { reason })).toMatchObject({ status: 403 })
    expect(await door.post('omar', '/v1/policies/none/retirement', { reason })).toMatchObject({ status: 404 })
    expect(await door.post('omar', '/v1/policies/a/retirement', { reason })).toMatchObject({ status: 201, body: { status: 'retired' } })
    expect(await door.post('omar', '/v1/policies/a/retirement', { reason })).toMatchObject({ status: 200 })

    const again = askerOf((await start()).url)
    expect((await again.get('tom', '/v1/policies/a')).body).toMatchObject({ status: 'retired', version: 1 })
    await file('a.yaml', policyText('a', { title: 'It holds anew' }))
    const anew = askerOf((await start()).url)
    expect((await anew.get('tom', '/v1/policies/a')).body).toMatchObject({ status: 'in-force', version: 2 })
  })
})

describe('The catalogue', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let host: CreatedHost

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    host = await createHost([PoliciesModule], { databaseUrl: database.url, identity: identityOf({ omar: ['policy-admin'] }) })
  })
  afterAll(async () => {
    await host.stop()
    await database.drop()
  })

  it('lists the starter policies by page, status and kind', async () => {
    const door = askerOf(host.url)
    const { position } = await door.post('omar', '/v1/policies/documentation/retirement', { reason: 'Not needed here.' })
    const all = (await door.get('omar', `/v1/policies?limit=100&after=${position}`)).body.items
    expect(all.length).toBeGreaterThan(8)
    const page = (await door.get('omar', '/v1/policies?limit=2')).body
    expect(pageOf('PolicyPage', PolicyView).parse(page)).toEqual(page)
    const next = (await door.get('omar', `/v1/policies?limit=100&cursor=${page.next}`)).body
    expect([...page.items, ...next.items]).toEqual(all)
    const retired = (await door.get('omar', '/v1/policies?status=retired')).body.items
    expect(retired).toMatchObject([{ id: 'documentation', status: 'retired', retiredAt: expect.any(String) }])
    const rules = (await door.get('omar', '/v1/policies?kind=ApprovalRule&status=in-force')).body.items
    expect(rules.every(({ kind }: { kind: string }) => kind === 'ApprovalRule') && rules.length > 0).toBe(true)
    expect((await door.get('omar', `/v1/policies/${rules[0].id}`)).body).toEqual(rules[0])
  })
})

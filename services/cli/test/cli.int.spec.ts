import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryBus, type MessageBus } from '@muster/bus'
import { createHost, type CreatedHost } from '@muster/nest-host'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { freshDatabase } from '../../../infra/test/database.ts'
import { modules } from '../../all-in-one/src/modules.ts'
import { muster } from '../src/muster.ts'
import type { Terminal } from '../src/terminal.ts'
import { fakeTerminal } from '../src/testing/terminal.ts'

/* Every command against a real server with the demo's people, in this process: the same as at a terminal, but for the terminal. */

const day = 86_400_000

describe('The command line, at a server', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let host: CreatedHost
  let bus: MessageBus
  let folder: string
  let days = 0
  const now = (): Date => new Date(Date.now() + days * day)

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    bus = memoryBus()
    host = await createHost(modules, { databaseUrl: database.url, bus, clock: () => now().toISOString() })
    folder = mkdtempSync(join(tmpdir(), 'muster-cli-'))
    mkdirSync(join(folder, '.muster'))
    const roles: Readonly<Record<string, readonly string[]>> = { ana: ['model-risk'], rita: ['model-risk'] }
    const tokens = Object.entries(host.tokens).map(([name, token]) => ({ name, roles: roles[name] ?? [], token }))
    writeFileSync(join(folder, '.muster/demo-tokens.json'), JSON.stringify({ url: host.url, tokens }))
  })
  afterAll(async () => {
    await host.stop()
    await database.drop()
    rmSync(folder, { recursive: true })
  })

  const run = async (
    line: string | readonly string[],
    { input = '', env = {}, ask }: { input?: string; env?: Record<string, string>; ask?: Terminal['ask'] } = {},
  ) => {
    const terminal = fakeTerminal({ env, cwd: folder, input, now, ...(ask !== undefined && { ask }) })
    const code = await muster(typeof line === 'string' ? line.split(' ') : line, terminal)
    return { code, out: terminal.out(), told: terminal.told(), json: <T = Record<string, unknown>>() => JSON.parse(terminal.out()) as T }
  }
  const gate = (version: string) => `gate --model german-credit --version ${version} --environment production --endpoint credit-desk`

  describe('plays the tour', () => {
    it('and every step comes out as said', async () => {
      const { code, out, told } = await run('tour')
      expect({ code, told }).toEqual({ code: 0, told: '(a demo token is used: as ci)' })
      expect(out).toContain('26 events of a real training run are published')
      expect(out).toContain(
        'fairness-disparate-impact/ratio fails: Disparate impact is outside 0.80 to 1.25. Here evaluation.fairness.disparateImpact is 0.5058.',
      )
      expect(out).toContain('evaluation.balancedAccuracy is 0.6183')
      expect(out).toMatch(/rita tries to sign her own request: refused\.\n.*\n +On record since/)
      expect(out).toContain('ana signed: “The margin is thin')
      expect(out).toContain('All 17 rules pass: evaluation.fairness.disparateImpact is 0.8419')
      expect(out).toContain('no-clearance: german-credit 1 runs at production/credit-desk and has no clearance.')
      expect(out).toContain('/data/balancedAccuracy: Too big')
      expect(out).toContain('All came out as said.')
    })

    it('again without recording anything, and says so', async () => {
      const length = async () => (await run('log --output json')).out.split('\n').length
      const before = await length()
      const { code, out } = await run('tour')
      expect(code).toBe(0)
      expect(out.match(/That was recorded before: a repeat changes nothing\./g)).toHaveLength(6)
      expect(await length()).toBe(before)
    })

    it('as JSON and nothing else, when asked', async () => {
      expect((await run('tour --output json')).json<{ steps: unknown[] }>().steps).toHaveLength(9)
    })
  })

  describe('asks a gate', () => {
    it('which ends with 1 and the value that decided when it is blocked', async () => {
      const { code, out } = await run(`${gate('1')} --requested-by rita@example.org`)
      expect(code).toBe(1)
      expect(out).toContain('BLOCKED: german-credit 1 at production/credit-desk')
      expect(out).toContain('evaluation.fairness.disparateImpact = 0.5058')
    })

    it('which ends with 0 when it is cleared, and writes the summary behind what is there', async () => {
      writeFileSync(join(folder, 'summary.md'), 'before\n')
      const { code, out } = await run(`${gate('3')} --output json --summary summary.md`)
      expect(code).toBe(0)
      expect(JSON.parse(out)).toMatchObject({ status: 'cleared', target: { version: '3' } })
      expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toMatch(/^before\n### ✅ CLEARED: german-credit 3/)
    })

    it('which ends with 3 while people are asked, and gives a retried job the present answer', async () => {
      const github = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'acme/credit', GITHUB_RUN_ID: '7', GITHUB_JOB: 'deploy' }
      const env = { ...github, GITHUB_ACTOR: 'rita@example.org', GITHUB_RUN_ATTEMPT: '1' }
      const first = await run(`${gate('2')} --wait 2 --output json`, { env })
      const { id, status, approvalId } = first.json<{ id: string; status: string; approvalId: string }>()
      expect({ code: first.code, status }).toEqual({ code: 3, status: 'approval-required' })
      expect(id).toMatch(/^github-acme-credit-7-deploy-[0-9a-f]{16}$/)
      expect(first.told).toContain(`waiting: approval ${approvalId} asks for 1 × model-risk; not rita (asked for the deployment), tom`)

      expect((await run(`approvals list --mine --output json`)).out).toContain(approvalId)
      const approve = ['approve', approvalId, '--reason', 'The evidence was read.']
      expect(await run(approve)).toMatchObject({ code: 2, told: expect.stringContaining('--digest') })
      expect(await run([...approve, '--yes', '--as', 'tom'])).toMatchObject({
        code: 4,
        told: expect.stringContaining('person:tom does not have the role model-risk'),
      })
      expect(await run([...approve, '--yes', '--as', 'rita'])).toMatchObject({
        code: 4,
        told: expect.stringContaining('whoever asked for the deployment may not sign'),
      })
      const asked: string[] = []
      const hesitant = await run(approve, { ask: question => Promise.resolve(asked.push(question) > 1 ? 'y' : '') })
      expect(hesitant).toMatchObject({ code: 1, out: '', told: expect.stringContaining('it is not signed') })
      expect(asked).toEqual([expect.stringContaining('[y/N]')])
      const signed = await run(approve, { ask: () => Promise.resolve('y') })
      expect(signed).toMatchObject({ code: 0, out: expect.stringContaining('is granted') })
      expect(signed.told).toMatch(/digest +sha256:[0-9a-f]{64}/)

      const again = await run(`${gate('2')} --wait 20 --output json`, { env: { ...env, GITHUB_RUN_ATTEMPT: '2' } })
      expect({ code: again.code, ...again.json() }).toMatchObject({ code: 0, id, status: 'cleared' })
    })

    it('which waits for people while there is time', async () => {
      const asked = run(`${gate('2')} --id waits-for-people --wait 30`)
      const sign = async (): Promise<number> => (await run('reject waits-for-people.1 --reason No. --yes')).code
      await vi.waitFor(async () => expect(await sign()).toBe(0), 20_000)
      expect(await asked).toMatchObject({ code: 1, out: expect.stringContaining('REFUSED: german-credit 2') })
    })

    it('which is taken back, and lapses', async () => {
      expect((await run(`${gate('2')} --id taken-back --wait 0`)).code).toBe(3)
      const { code, out } = await run(['intents', 'withdraw', 'taken-back', '--because', 'Version 3 goes instead.'])
      expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^taken-back is withdrawn\. Its deployment: LAPSED\./) })
      expect((await run('intents withdraw nobody')).code).toBe(1)
    })

    it('and says at once when nobody can sign, whose name it is, and to whom', async () => {
      const { code, told } = await run(`${gate('2')} --id unmapped --requested-by zoe@elsewhere.org --wait 2`)
      expect(code).toBe(3)
      expect(told).toMatch(/warning: nobody can sign approval unmapped\.1, for "zoe@elsewhere\.org" maps to no person/)
    })

    it('without recording anything in a dry run', async () => {
      const before = (await run('log --output json')).out.length
      expect(await run(`${gate('1')} --dry-run`)).toMatchObject({ code: 1, out: expect.stringContaining('nothing is recorded') })
      expect((await run(`${gate('3')} --dry-run`)).code).toBe(0)
      expect((await run('log --output json')).out.length).toBe(before)
    })

    it('with another question under the same id, which is wrong usage and no block', async () => {
      expect((await run(`${gate('1')} --id credit-v3`)).code).toBe(2)
    })
  })

  it('tells who it cannot let in, and whom it cannot reach, by the exit code', async () => {
    const unknown = await run('deployments list --output json', { env: { MUSTER_URL: host.url, MUSTER_TOKEN: 'nobody' } })
    expect(unknown).toMatchObject({ code: 4, told: 'muster: the token is not one that this server knows' })
    expect(JSON.parse(unknown.out)).toMatchObject({ status: 401 })
    expect((await run('publish - --as ana', { input: '{"id":"x"}' })).code).toBe(4)
    expect(await run('deployments list', { env: { MUSTER_URL: host.url, MUSTER_DATA_DIR: '/nowhere' } })).toMatchObject({
      code: 4,
      told: 'muster: say who you are: --token or MUSTER_TOKEN',
    })
    expect(await run('deployments list --token nobody')).toMatchObject({ code: 4 })
    const gone = await run(`${gate('1')} --url http://127.0.0.1:9`)
    expect(gone).toMatchObject({ code: 5, out: '', told: expect.stringContaining('cannot be reached') })
  })

  it('names each event that was not taken, and the field', async () => {
    const [good, bad] = ['extra-1', 'extra-2'].map(id => ({
      specversion: '1.0',
      id,
      source: '/pipelines/test',
      type: 'dev.muster.model.registered.v1',
      subject: id,
      time: now().toISOString(),
      data: id === 'extra-1' ? {} : { modelType: 'magic' },
    }))
    const { code, out } = await run('publish -', { input: `${JSON.stringify(good)}\n${JSON.stringify(bad)}` })
    expect(code).toBe(1)
    expect(out).toMatch(/^1 event refused:\n {2}stdin:2 extra-2: \/data\/modelType: /)
    expect(out).toContain('1 other not recorded')
    expect(await run('publish -', { input: JSON.stringify(good) })).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^1 event recorded/),
    })
    expect(await run('publish -', { input: JSON.stringify(good) })).toMatchObject({ out: 'Nothing new: 1 event was recorded before.' })
  })

  it('publishes more than one batch', async () => {
    const lines = Array.from({ length: 1_201 }, (_, index) =>
      JSON.stringify({
        specversion: '1.0',
        id: `many-${index}`,
        source: '/pipelines/test',
        type: 'dev.muster.model.registered.v1',
        subject: `many-${index}`,
        time: now().toISOString(),
        data: {},
      }),
    )
    const { code, out, told } = await run('publish -', { input: lines.join('\n') })
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('1,201 events recorded') })
    expect(told).toContain('500 of 1,201 events sent')
  })

  it.each([
    ['deployments list --status blocked', 'credit-v1'],
    ['deployments list --model nobody', 'No deployment is like that.'],
    ['deployments explain credit-v1', 'Re-weigh or re-sample the training data'],
    ['deployments show credit-v1', 'Re-weigh or re-sample the training data'],
    ['approvals show credit-v2.1', 'Refused, on record:\n- rita'],
    ['approvals list --mine', 'Nothing waits for your signature.'],
    ['alerts list --kind violation-found', 'critical'],
    ['violations list', 'no-clearance'],
    ['violations show production/credit-desk', 'no-clearance: german-credit 1 runs at production/credit-desk'],
    ['policies list --kind ApprovalRule', 'weak-separation'],
    ['policies show fairness-disparate-impact', 'evaluation.fairness.disparateImpact >= 0.80'],
    ['quarantine list', 'Nothing is in quarantine.'],
    ['parked list', 'Nothing is parked.'],
    ['log --category violation', 'violation.found.v1'],
    ['log --model nobody', 'Nothing like that is in the log.'],
  ])('answers muster %s', async (line, text) => {
    expect(await run(line)).toMatchObject({ code: 0, out: expect.stringContaining(text) })
  })

  it('shows what Kafka brought and could not be taken, tries it again, and gives it up', async () => {
    await bus.publish('muster.lifecycle', [{ key: null, value: Buffer.from('{"id": "\u001b[31m'), headers: {} }])
    const sha256 = await vi.waitFor(async () => {
      const [entry] = (await run('quarantine list --output json')).json<{ items: { sha256: string }[] }>().items
      if (entry === undefined) throw new Error('nothing is in quarantine yet')
      return entry.sha256
    }, 20_000)
    const shown = await run(`quarantine show ${sha256}`)
    expect(shown.out).toContain('{"id": "\uFFFD[31m')
    expect(await run(['quarantine', 'replay', sha256, '--reason', 'Try again.'])).toMatchObject({ code: 1, out: '' })
    expect((await run(['quarantine', 'discard', sha256, '--reason', 'Noise.', '--as', 'ana'])).code).toBe(4)
    expect(await run(['quarantine', 'discard', sha256, '--reason', 'Noise.'])).toMatchObject({ code: 0, out: 'It is given up.' })
    expect((await run('quarantine list')).out).toBe('Nothing is in quarantine.')
    expect((await run('quarantine list --all')).out).toContain('discarded')
  })

  it('shows the links of an alert as addresses that can be opened', async () => {
    const [alert] = (await run('alerts list --kind violation-found --output json')).json<{ items: { id: string }[] }>().items
    const { out } = await run(`alerts show ${alert?.id}`)
    const [, address = ''] = /(http:\S+\/v1\/violations\S+)/.exec(out) ?? []
    const response = await fetch(address, { headers: { authorization: `Bearer ${host.tokens['ana']}` } })
    expect(response.status).toBe(200)
  })

  it('shows how a deployment stood', async () => {
    const { json } = await run('deployments explain credit-v2 --output json')
    const asked = json<{ history: { type: string; position: number }[] }>().history.find(({ type }) => type.endsWith('approval-required'))
    expect((await run(`deployments explain credit-v2 --as-of ${asked?.position}`)).out).toMatch(/status +approval-required/)
    expect((await run('deployments explain credit-v2 --as-of 2020-01-01T00:00:00Z')).code).toBe(1)
  })

  it.each(['deployments explain nobody', 'approvals show nobody', 'policies show nobody', 'parked retry deployments nobody'])(
    'ends muster %s with 1, for it is not there',
    async line => expect((await run(line)).code).toBe(1),
  )

  it('follows the log from where it is told', async () => {
    const interrupted = new AbortController()
    const lines: string[] = []
    const terminal = fakeTerminal({
      env: {},
      cwd: folder,
      interrupted: interrupted.signal,
      print: line => lines.push(line) >= 3 && interrupted.abort(),
    })
    expect(await muster(['log', '--follow', '--from', '0', '--category', 'deployment', '--output', 'json'], terminal)).toBe(0)
    const types = lines.slice(0, 3).map(line => (JSON.parse(line) as { context: { type: string } }).context.type)
    expect(types).toEqual(['opened.v1', 'checked.v2', 'blocked.v1'].map(what => `dev.muster.deployment.${what}`))
  })

  it('retires a policy', async () => {
    const line = ['policies', 'retire', 'non-production', '--reason', 'Replaced.']
    expect(await run(line)).toMatchObject({ code: 0, out: 'non-production is retired and applies no longer.' })
    expect(await run(line)).toMatchObject({ code: 0, out: 'non-production was retired before.' })
    expect((await run([...line, '--as', 'ana'])).code).toBe(4)
  })

  it('plays the tour on a later day too, when the evidence of the first one is stale', async () => {
    days = 200
    const { code, out, told } = await run('tour')
    expect({ code, failure: told.split('\n').filter(line => line.startsWith('muster:')) }).toEqual({ code: 0, failure: [] })
    expect(told).toContain('its versions are played as of 180 days later')
    expect(out).toContain('Version 3-180d wants to run at production/credit-desk: cleared.')
    expect((await run('tour')).code).toBe(0)
  })
})

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryBus } from '@muster/bus'
import type { PolicyView } from '@muster/contracts'
import { createHost, type CreatedHost } from '@muster/nest-host'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { freshDatabase } from '../../../infra/test/database.ts'
import { eventually } from '../../../infra/test/eventually.ts'
import { modules } from '../../all-in-one/src/modules.ts'
import { muster } from '../src/muster.ts'
import type { Terminal } from '../src/terminal.ts'
import { fakeTerminal } from '../src/testing/terminal.ts'

/* How policies change from a terminal and from CI, at a real server with the demo's people. */

const policyText = (bound: string): string => `apiVersion: muster.dev/v1
kind: Policy
id: calibration
title: Probabilities mean what they say
owner: group:model-risk
severity: high
tags: { model: [classification] }
controls: ['eu-ai-act:art-15']
at: [intent, rollout]
appliesTo: intent.environment == 'production'
rules:
  - { id: calibrated, assert: evaluation.calibrationError <= ${bound}, message: It is badly calibrated. }
onUnknown: block
`
const casesText = `facts: { intent: { environment: production }, evaluation: { calibrationError: 0.02 } }
cases:
  - { name: well calibrated, policy: calibration, expect: { calibrated: pass } }
  - { name: badly, policy: calibration, facts: { evaluation.calibrationError: 0.2 }, expect: { calibrated: fail } }
`
const inCi = { GITHUB_ACTIONS: 'true', GITHUB_ACTOR: 'tom@example.org', GITHUB_REPOSITORY: 'acme/policies', GITHUB_RUN_ID: '1' }

describe('Policies on the command line', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let host: CreatedHost
  let folder: string

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    host = await createHost(modules, { databaseUrl: database.url, bus: memoryBus() })
    folder = mkdtempSync(join(tmpdir(), 'muster-policies-'))
    for (const name of ['.muster', 'policies', 'other']) mkdirSync(join(folder, name))
    const roles: Readonly<Record<string, readonly string[]>> = { ana: ['model-risk'], rita: ['model-risk'] }
    const tokens = Object.entries(host.tokens).map(([name, token]) => ({ name, roles: roles[name] ?? [], token }))
    writeFileSync(join(folder, '.muster/demo-tokens.json'), JSON.stringify({ url: host.url, tokens }))
    write('policies/calibration.yaml', policyText('0.05'))
    write('policies/calibration.cases.yaml', casesText)
    expect((await run('tour')).code).toBe(0)
  }, 120_000)
  afterAll(async () => {
    await host.stop()
    await database.drop()
    rmSync(folder, { recursive: true })
  })

  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
  const run = async (line: string | readonly string[], { env = {}, ask }: { env?: Record<string, string>; ask?: Terminal['ask'] } = {}) => {
    const terminal = fakeTerminal({ env, cwd: folder, ...(ask !== undefined && { ask }) })
    const code = await muster(typeof line === 'string' ? line.split(' ') : line, terminal)
    return { code, out: terminal.out(), told: terminal.told(), json: <T = Record<string, unknown>>() => JSON.parse(terminal.out()) as T }
  }
  const view = async () => (await run('policies show calibration --output json')).json<PolicyView>()
  const sign = (verdict: string, review: number, as = 'ana') =>
    eventually(async () => {
      const { code, told } = await run([verdict, `policy:calibration~${review}`, '--as', as, '--yes', '--reason', 'Read.'])
      return code === 0 ? told : undefined
    }, 'the approval to be signed')

  it('show what they would have changed, and end with 1 for CI where they would have stopped anybody', async () => {
    const { code, out, told } = await run('policies backtest policies/calibration.yaml --fail-on newly-blocked')
    expect({ code, told }).toMatchObject({ code: 1, told: expect.stringContaining('Ctrl-C leaves it running') })
    expect(out).toMatch(/newly blocked +1\n/)
    expect(out).toMatch(/newly blocked: credit-v3 \(german-credit 3 at production\/credit-desk.*\), .*: cleared then, blocked now/)
    expect(out).toContain('What runs now, and would violate it:\n- credit-v3')
    const id = /Backtest (\S+) of calibration/.exec(out)?.[1] ?? ''
    expect((await run(`policies backtest --watch ${id} --output json`)).json()).toMatchObject({ id, status: 'finished', newlyBlocked: 1 })
    expect((await run('policies backtest policies --watch x')).code).toBe(2)
    expect(await run('policies backtest policies --id other')).toMatchObject({ code: 2, told: expect.stringContaining('no policy other') })
  })

  it('are planned by a dry run, which records nothing', async () => {
    const { code, out } = await run('policies sync policies --dry-run', { env: inCi })
    expect(code).toBe(0)
    expect(out).toContain('calibration would be submitted (new):\n- Probabilities mean what they say: high, enforce')
    expect(out).toMatch(/\d+ policies have no file, and stay as they are until somebody retires them: .*fairness-disparate-impact/)
    expect((await run('policies show calibration')).code).toBe(1)
  })

  it('are submitted by CI for whoever began the run, once', async () => {
    const { code, out } = await run('policies sync policies', { env: inCi })
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('approval policy:calibration~1 asks for 1 × model-risk') })
    expect((await view()).change).toMatchObject({ status: 'in-review', authors: [{ name: 'tom@example.org', person: 'tom' }] })
    const again = await run('policies sync policies', { env: { ...inCi, GITHUB_ACTOR: 'ana@example.org' } })
    expect(again.out).toContain('calibration is in review already: approval policy:calibration~1.')
    expect(again.out).toContain('Nothing is to be submitted.')
  })

  it('stay with their authors when a reviewer sends them back, until they say something else', async () => {
    await sign('reject', 1)
    await eventually(async () => ((await view()).change?.status === 'changes-requested' ? true : undefined), 'the change to be sent back')
    const { code, out } = await run('policies sync policies', { env: inCi })
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('calibration was sent back by a reviewer') })
    write('policies/calibration.yaml', policyText('0.04'))
    expect((await run('policies sync policies', { env: inCi })).out).toContain('approval policy:calibration~2')
  })

  it('are tried when peers agree, take effect when somebody activates them, and sync then finds nothing to do', async () => {
    await sign('approve', 2)
    await eventually(async () => (await view()).trial, 'the trial to begin')
    expect((await run('policies sync policies', { env: inCi })).out).not.toContain('calibration')
    expect(await run('policies show calibration')).toMatchObject({ out: expect.stringContaining('muster policies activate calibration') })
    expect((await run('policies activate calibration --as tom')).code).toBe(4)
    expect((await run('policies activate calibration')).out).toMatch(/^Version 1 of calibration takes effect in mode enforce, from /)
    expect(await run('policies activate calibration')).toMatchObject({
      code: 1,
      told: expect.stringContaining('no version of calibration'),
    })
  })

  it('are shown and asked about before a person submits them; a no leaves a draft', async () => {
    write('policies/calibration.yaml', policyText('0.03'))
    const questions: string[] = []
    const ask = (answered: string) => (question: string) => {
      questions.push(question)
      return Promise.resolve(answered)
    }
    const line = ['policies', 'submit', 'policies', '--as', 'tom', '--comment', 'Tighter.']
    const no = await run(line, { ask: ask('') })
    expect(no).toMatchObject({ code: 1, out: '', told: expect.stringContaining('what was drafted stays a draft') })
    expect(no.told).toContain(
      'rule calibrated: assertion changed from evaluation.calibrationError <= 0.04 to evaluation.calibrationError <= 0.03',
    )
    expect(no.told).toMatch(/2 cases come out as expected\.\nBacktest \S+: of \d+ recorded decisions: \d+ newly blocked/)
    expect(questions).toEqual(['\nSubmit 1 policy for review? [y/N] '])
    expect(await run('policies show calibration --draft')).toMatchObject({ out: expect.stringMatching(/status +draft/) })
    const yes = await run(line.slice(0, 5), { ask: ask('y') })
    expect(yes).toMatchObject({ code: 0, out: expect.stringContaining('approval policy:calibration~3 asks for 1 × model-risk') })
    expect(yes.out).toContain('not tom (wrote the policy)')
  })

  it('are told of from their beginning, with what was said and what differs', async () => {
    expect(await run(['policies', 'comment', 'calibration', 'Why 0.03?', '--as', 'ana'])).toMatchObject({ code: 0 })
    expect((await run('policies diff calibration --from 1 --to draft')).out).toBe(
      'calibration, from version 1 to the draft:\n- rule calibrated: assertion changed from evaluation.calibrationError <= 0.04 to evaluation.calibrationError <= 0.03',
    )
    expect(await run(['policies', 'discard', 'calibration', '--reason', 'Too tight.'])).toMatchObject({ code: 0 })
    const { out } = await run('policies history calibration')
    const events = out.split('\n').flatMap(entry => /^\S+ \S+ {2}(\S+)/.exec(entry)?.[1] ?? [])
    expect(events.toReversed().slice(0, 8)).toEqual([
      'drafted',
      'submitted',
      'changes-requested',
      'revised',
      'submitted',
      'approved',
      'published',
      'activated',
    ])
    expect(out).toContain('“Why 0.03?”')
    expect(out).toContain('“Too tight.”')
    expect(await run('policies show calibration --draft')).toMatchObject({ code: 1, told: expect.stringContaining('no change') })
    expect((await run('policies show calibration --version 1')).out).toContain('agreed to by peers')
  })

  it.each(['--search calibrated', '--tag model:classification', '--control eu-ai-act:art-15', '--owner group:model-risk'])(
    'are found by %s',
    async search => {
      const found = await eventually(async () => {
        const { out } = await run(`policies list ${search} --limit 500`)
        return out.includes('calibration') ? out : undefined
      }, 'the list to know the policy')
      expect(found).not.toContain('non-production')
    },
  )

  it.each([
    ['without cases', { 'other/a.yaml': policyText('0.05').replace('id: calibration', 'id: other') }, 'other has no cases'],
    [
      'with a case that does not come out',
      { 'other/a.yaml': policyText('0.5'), 'other/a.cases.yaml': casesText },
      'expected fail, got pass',
    ],
    ['that do not compile', { 'other/a.yaml': policyText('0.05 +') }, 'other/a.yaml:'],
  ])('are not taken %s', async (_, files, told) => {
    for (const [name, text] of Object.entries(files)) write(name, text)
    for (const line of ['policies sync other', 'policies submit other --yes'])
      expect(await run(line)).toMatchObject({ code: 1, out: '', told: expect.stringContaining(told) })
  })

  it('are reviewed by how they did: what ran, what never failed and what never spoke', async () => {
    const found = await eventually(async () => {
      const { out } = await run('policies performance --policy fairness-disparate-impact')
      return out.includes('fairness-disparate-impact/ratio') ? out : undefined
    }, 'the figures to be there')
    expect(found).toMatch(/RULE +VERSION +MODE +RAN +PASSED +FAILED/)
    expect((await run('policies performance --finding never-applied')).out).toMatch(/\S+ never applied, in \d+ checks\./)
    expect((await run('policies performance --from yesterday')).code).toBe(2)
    expect((await run('policies performance --until 2020-01-01 --from 2019-01-01')).out).toContain('nothing of this kind was checked')
  })

  it('go on as an experiment beside what is decided, until it is cancelled', async () => {
    const { out } = await run('policies backtest policies --output json', {})
    expect(JSON.parse(out)).toMatchObject({ status: 'finished', follow: false })
    const interrupted = AbortSignal.abort()
    const terminal = fakeTerminal({ env: {}, cwd: folder, interrupted })
    expect(await muster(['policies', 'backtest', 'policies', '--follow', '--output', 'json'], terminal)).toBe(0)
    const { id, status } = JSON.parse(terminal.out()) as { id: string; status: string }
    expect(status).toBe('following')
    expect(await run(`policies backtest --cancel ${id}`)).toMatchObject({ code: 0, out: `Backtest ${id} is cancelled.` })
  })
})

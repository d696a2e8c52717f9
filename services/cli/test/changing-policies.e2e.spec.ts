import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../../infra/test/eventually.ts'
import { startMuster, type MusterProcess } from '../../all-in-one/test/muster.process.ts'
import { readPage } from './page.ts'

/* The guide to a change of what must hold, followed word by word on the embedded default with its demo people. */

const page = readPage('docs/guides/changing-policies.md')
const bin = fileURLToPath(new URL('../bin/muster.mjs', import.meta.url))
const run = promisify(execFile)

describe('Who follows the guide to a change of policies', () => {
  let muster: MusterProcess
  const dataDir = mkdtempSync(join(tmpdir(), 'muster-guide-'))
  chmodSync(dataDir, 0o755)
  const cli = async (words: readonly string[]): Promise<string> => {
    const env = { ...process.env, MUSTER_URL: muster.url, MUSTER_DATA_DIR: dataDir }
    const { stdout } = await run(process.execPath, [bin, ...words], { env, cwd: dataDir })
    return stdout
  }
  /** The commands of the page from the last one that was followed up to the first that begins so. */
  let next = 0
  const followTo = async (beginning: string): Promise<string> => {
    for (;;) {
      const words = page.commands[next++]
      if (words === undefined) throw new Error(`the guide shows no further "${beginning}"`)
      const said = await cli(words)
      if (words.join(' ').startsWith(beginning)) return said
    }
  }
  const answer = async (path: string) =>
    JSON.parse(await cli([...path.split(' '), '--output', 'json'])) as Record<string, unknown> & { readonly trial?: object }

  beforeAll(async () => {
    muster = await startMuster({ env: { MUSTER_DATA_DIR: dataDir, MUSTER_HTTP_PORT: '0' } })
    await cli(['tour'])
    for (const [name, text] of page.files) {
      mkdirSync(dirname(join(dataDir, name)), { recursive: true })
      writeFileSync(join(dataDir, name), text)
    }
  })
  afterAll(() => muster.stop())

  it('finds the policy good and its cases as they should be, without a server', async () => {
    expect([...page.files.keys()]).toEqual(['policies/calibration.yaml', 'policies/calibration.cases.yaml'])
    await followTo('policies lint')
    expect(await followTo('policies test')).toContain('5')
  })

  it('sees that version 3 would have been stopped, and that it runs now', async () => {
    const said = await followTo('policies backtest')
    expect(said).toContain('credit-v3')
  })

  it('submits it as tom, and cannot agree to it as tom', async () => {
    expect(await followTo('policies submit')).toContain('policy:calibration~1')
    await eventually(() => cli(['approvals', 'show', 'policy:calibration~1', '--as', 'rita']), 'the reviewers to be asked')
  })

  it('has rita agree, and then sees it tried in shadow', async () => {
    expect(await followTo('approvals show')).toContain('calibrationError')
    await followTo('approve')
    await eventually(async () => ((await answer('policies show calibration')).trial === undefined ? undefined : true), 'the trial to begin')
    expect(await followTo('policies show')).toContain('shadow')
  })

  it('activates it as omar: what fails the rule loses its clearance', async () => {
    await followTo('policies activate')
    expect(await answer('policies show calibration')).toMatchObject({ status: 'in-force', mode: 'enforce', reviewed: true })
    await eventually(
      async () => ((await answer('deployments show credit-v3'))['status'] === 'revoked' ? true : undefined),
      'the clearance of version 3 to be revoked',
    )
  })

  it('can run every other command that the guide shows', async () => {
    expect(await followTo('policies history')).toContain('activated')
    while (next < page.commands.length) expect(await cli(page.commands[next++] ?? [])).not.toBe('')
  })
})

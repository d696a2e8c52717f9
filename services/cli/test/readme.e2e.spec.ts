import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { factsSchema } from '@muster/contracts'
import { parsePolicyText } from '../../../libs/policy/src/index.ts'
import { startMuster, type MusterProcess } from '../../all-in-one/test/muster.process.ts'
import { readPage } from './page.ts'

/* The README is a promise: what it shows is run here as it stands, on the embedded default with its demo people. */

const { text: readme, blocks, commands } = readPage('README.md')
/** Followed as a whole: some of it is meant to fail. */
const forAuditors =
  blocks
    .find(({ text }) => text.includes('npx muster export'))
    ?.text.trim()
    .split('\n') ?? []
const others = commands.filter(words => words[0] !== 'tour' && !forAuditors.some(line => line.includes(words.join(' '))))
const bin = fileURLToPath(new URL('../bin/muster.mjs', import.meta.url))
const run = promisify(execFile)

describe('The README', () => {
  let muster: MusterProcess
  const dataDir = mkdtempSync(join(tmpdir(), 'muster-readme-'))
  chmodSync(dataDir, 0o755)
  const cli = async (words: readonly string[]) => {
    const env = { ...process.env, MUSTER_URL: muster.url, MUSTER_DATA_DIR: dataDir }
    const { stdout } = await run(process.execPath, [bin, ...words], { env, cwd: dataDir })
    return stdout
  }

  beforeAll(async () => {
    // The reader's working folder is the repository; what is written goes where the test keeps its other data.
    symlinkSync(fileURLToPath(new URL('../../../infra', import.meta.url)), join(dataDir, 'infra'))
    muster = await startMuster({ env: { MUSTER_DATA_DIR: dataDir, MUSTER_HTTP_PORT: '0' } })
  })
  afterAll(() => muster.stop())

  it('shows a tour that comes out as it is shown', async () => {
    const shown =
      blocks
        .find(({ text }) => text.includes('wants to run at production/credit-desk'))
        ?.text.trim()
        .split('\n') ?? []
    const played = (await cli(['tour'])).split('\n')
    expect(shown.length).toBeGreaterThan(5)
    expect(played).toEqual(expect.arrayContaining(shown))
  })

  it.each(others.map(words => [words.join(' '), words] as const))('shows a command that works: muster %s', async (_, words) => {
    expect(await cli(words)).not.toBe('')
  })

  it('shows auditors what is whole and what is not', async () => {
    expect(forAuditors.length).toBeGreaterThan(5)
    // The tour was played just now, and its last events are signed within seconds.
    await expect.poll(() => cli(['export', '-o', 'bundle.zip']).catch(() => ''), { timeout: 20_000 }).not.toBe('')
    for (const line of forAuditors) {
      const [command = '', comment = ''] = line.split(' #')
      const program = command.trim().replace('npx muster', `"${process.execPath}" "${bin}"`)
      const env = { ...process.env, MUSTER_URL: muster.url, MUSTER_DATA_DIR: dataDir, MUSTER_HOME: dataDir }
      const code = await run('sh', ['-c', program], { env, cwd: dataDir }).then(
        () => 0,
        (error: { readonly code?: number }) => error.code,
      )
      expect(code, line).toBe(Number(/exit code (\d)/.exec(comment)?.[1] ?? 0))
    }
  })

  it('shows a policy that compiles', () => {
    const policy = blocks.find(({ language }) => language === 'yaml')?.text ?? ''
    expect(parse(policy).id).toBe('fairness')
    expect(parsePolicyText(policy, 'README.md', factsSchema)).toMatchObject({ ok: true })
  })

  it('links to nothing that is not there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = '']) =>
      fileURLToPath(new URL(`../../../${path}`, import.meta.url)),
    )
    const missing = links.filter(path => {
      try {
        return readFileSync(path) === undefined
      } catch (error) {
        return !(error instanceof Error && 'code' in error && error.code === 'EISDIR')
      }
    })
    expect(missing).toEqual([])
  })
})

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

  it.each(commands.filter(([command]) => command !== 'tour').map(words => [words.join(' '), words] as const))(
    'shows a command that works: muster %s',
    async (_, words) => {
      expect(await cli(words)).not.toBe('')
    },
  )

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

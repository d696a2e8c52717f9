import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policyText } from '../../../../libs/policy/src/testing/policy-texts.ts'
import { muster } from '../muster.ts'
import { fakeTerminal } from '../testing/terminal.ts'

describe('muster policies lint', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'muster-lint-'))
    mkdirSync(join(folder, 'good/deep/.hidden'), { recursive: true })
    mkdirSync(join(folder, 'bad/deep'), { recursive: true })
    mkdirSync(join(folder, 'empty'))
    writeFileSync(join(folder, 'good/a.yaml'), policyText('a'))
    writeFileSync(join(folder, 'good/deep/b.yml'), policyText('b'))
    writeFileSync(join(folder, 'good/deep/.hidden/c.yaml'), 'kind: [')
    writeFileSync(join(folder, 'bad/a.yaml'), policyText('a', { assert: 'evaluation.nope' }).replace('severity: high\n', ''))
    writeFileSync(join(folder, 'bad/deep/b.yml'), policyText('b', { assert: 'evaluation.auc = 0.7' }))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const lint = async (...words: string[]) => {
    const terminal = fakeTerminal({ cwd: folder })
    return { code: await muster(['policies', 'lint', ...words], terminal), out: terminal.out(), told: terminal.told() }
  }

  it('finds nothing in a folder where nothing is wrong, and reads what a server would read', async () =>
    expect(await lint('good')).toEqual({ code: 0, out: '2 policies in 2 files: nothing is wrong.', told: '' }))

  it('says all that is wrong, each by file, line and column, and ends with 1', async () => {
    const { code, out } = await lint('bad')
    expect(code).toBe(1)
    expect(out.split('\n')).toEqual([
      'policy bad/a.yaml:1:1  the field "severity" is missing',
      'policy bad/a.yaml:10:13  unknown fact "evaluation.nope"',
      'policy bad/deep/b.yml:11:28  "=" is no operator; did you mean "=="?',
      '',
      '3 errors: a server would not start with this.',
    ])
  })

  it('takes a single file, and says it as JSON', async () => {
    const { code, out } = await lint('bad/deep/b.yml', '--output', 'json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ files: 1, policies: [], errors: [{ file: 'bad/deep/b.yml', line: 11, column: 28 }] })
  })

  it.each(['nowhere', 'empty'])('takes a path without policies for wrong usage: %s', async path =>
    expect(await lint(path)).toMatchObject({ code: 2, out: '', told: expect.stringContaining(path) }),
  )
})

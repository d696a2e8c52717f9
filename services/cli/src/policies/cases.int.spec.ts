import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approvalRuleText, policyText } from '../../../../libs/policy/src/testing/policy-texts.ts'
import { muster } from '../muster.ts'
import { fakeTerminal } from '../testing/terminal.ts'

let folder: string
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'muster-cases-'))))
afterAll(() => rmSync(folder, { recursive: true }))

const run = async (...words: string[]) => {
  const terminal = fakeTerminal({ cwd: folder })
  return { code: await muster(['policies', ...words], terminal), out: terminal.out(), told: terminal.told() }
}

const base = `facts:
  now: '2026-11-25T12:00:00Z'
  intent: { environment: production }
  model: { riskTier: high }
  evaluation: { balancedAccuracy: 0.71 }
`
const cases = (text: string): string => `${base}cases:\n${text}`

function write(name: string, files: Readonly<Record<string, string>>): string {
  mkdirSync(join(folder, name))
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), text)
  return name
}

describe('muster policies test', () => {
  it('says of every case that it came out as expected, and ends with 0', async () => {
    const at = write('good', {
      'a.yaml': policyText('a') + '---\n' + approvalRuleText('b'),
      'a.cases.yaml': cases(`  - { name: above, policy: a, expect: { holds: pass } }
  - { name: below, policy: a, facts: { evaluation.balancedAccuracy: 0.6 }, expect: { holds: fail } }
  - { name: not measured, policy: a, facts: { evaluation: null }, expect: { holds: unknown } }
  - { name: elsewhere, policy: a, facts: { intent.environment: staging }, applies: false }
  - { name: a high risk, policy: b, asks: true }
  - { name: a low one, policy: b, facts: { model.riskTier: minimal }, asks: false }
`),
    })
    const { code, out } = await run('test', at)
    expect(out.split('\n')).toEqual([
      'ok    a: above',
      'ok    a: below',
      'ok    a: not measured',
      'ok    a: elsewhere',
      'ok    b: a high risk',
      'ok    b: a low one',
      '',
      '6 cases: 6 as expected, 0 not.',
    ])
    expect(code).toBe(0)
  })

  it('shows what was expected, what came out and why, in text, JSON and JUnit, and ends with 1', async () => {
    const at = write('bad', {
      'a.yaml': policyText('a'),
      'a.cases.yaml': cases('  - { name: "<below>", policy: a, expect: { holds: fail } }\n'),
    })
    const { code, out } = await run('test', at, '--junit', 'out.xml')
    expect(code).toBe(1)
    expect(out.split('\n')).toEqual([
      'FAIL  a: <below>  (bad/a.cases.yaml:7)',
      '        holds: expected fail, got pass',
      '          evaluation.balancedAccuracy >= 0.65 is true (evaluation.balancedAccuracy = 0.71)',
      '',
      'No case shows that it passes: a/holds',
      '',
      '1 case: 0 as expected, 1 not.',
    ])
    const junit = readFileSync(join(folder, 'out.xml'), 'utf8')
    expect(junit).toContain('<testsuites name="muster policies test" tests="1" failures="1" errors="0">')
    expect(junit).toContain('classname="a" name="&lt;below&gt;" file="bad/a.cases.yaml" line="7"')
    expect(junit).toContain('<failure message="holds: expected fail, got pass">')
    const json = JSON.parse((await run('test', at, '--output', 'json')).out) as unknown
    expect(json).toMatchObject({ cases: [{ differences: [{ text: 'holds: expected fail, got pass' }] }], untried: { pass: ['a/holds'] } })
  })

  it.each([
    ['a policy that is not there', '{ name: x, policy: aa, expect: { holds: pass } }', 'there is no policy "aa"; did you mean "a"?'],
    ['a rule that is not there', '{ name: x, policy: a, expect: { hold: pass } }', 'there is no rule "hold"; did you mean "holds"?'],
    [
      'a fact that is not there',
      '{ name: x, policy: a, facts: { evaluation.acu: 1 }, expect: { holds: pass } }',
      'there is no fact "evaluation.acu"; did you mean "auc"?',
    ],
    [
      'a fact of another type',
      '{ name: x, policy: a, facts: { evaluation.auc: high }, expect: { holds: pass } }',
      '"evaluation.auc" must be a number, and is "high"',
    ],
    [
      'a policy that does not apply',
      '{ name: x, policy: a, facts: { intent.environment: dev }, expect: { holds: pass } }',
      'expected holds pass, and the policy does not apply',
    ],
    ['a policy that applies all the same', '{ name: x, policy: a, applies: false }', 'expected not to apply, got appliesTo true'],
    ['an approval asked of a policy', '{ name: x, policy: a, asks: true }', 'only an ApprovalRule asks; say what comes out by expect'],
  ])('never takes %s for a case that holds', async (title, one, difference) => {
    const at = write(title.replaceAll(' ', '-'), { 'a.yaml': policyText('a'), 'a.cases.yaml': cases(`  - ${one}\n`) })
    const { code, out } = await run('test', at)
    expect(code).toBe(1)
    expect(out).toContain(`        ${difference}`)
  })

  it('stands on a base in a file of its own', async () => {
    const at = write('based', {
      'a.yaml': policyText('a'),
      'base.cases.yaml': base,
      'a.cases.yaml': 'base: base.cases.yaml\ncases: [{ name: above, policy: a, expect: { holds: pass } }]\n',
    })
    expect(await run('test', join(at, 'a.yaml'))).toMatchObject({ code: 0, out: expect.stringContaining('1 case: 1 as expected') })
  })

  it.each([
    ['no cases', { 'a.yaml': policyText('a') }, 'no-cases has no cases'],
    ['a broken policy', { 'a.yaml': 'kind: [', 'a.cases.yaml': cases('  []\n') }, 'policy a-broken-policy/a.yaml:1'],
    ['broken YAML', { 'a.yaml': policyText('a'), 'a.cases.yaml': 'cases: [' }, 'cases broken-YAML/a.cases.yaml:1'],
    ['a field too many', { 'a.yaml': policyText('a'), 'a.cases.yaml': 'cases: []\nfact: {}\n' }, 'Unrecognized key: "fact"'],
    [
      'a case that expects nothing',
      { 'a.yaml': policyText('a'), 'a.cases.yaml': cases('  - { name: x, policy: a }\n') },
      ':7  cases.0: a case has name',
    ],
    [
      'a base that is not there',
      { 'a.yaml': policyText('a'), 'a.cases.yaml': 'base: b.cases.yaml\n' },
      'b.cases.yaml:1  the base cannot be read (ENOENT)',
    ],
    ['a base upon a base', { 'a.yaml': policyText('a'), 'a.cases.yaml': 'base: a.cases.yaml\n' }, 'a base stands on no other base'],
    [
      'aliases',
      { 'a.yaml': policyText('a'), 'a.cases.yaml': 'facts: { model: &m { owner: x }, endpoint: *m }\n' },
      'a file of cases has no aliases',
    ],
  ])('takes %s for wrong usage, and says where', async (title, files, told) =>
    expect(await run('test', write(title.replaceAll(' ', '-'), files))).toMatchObject({
      code: 2,
      out: '',
      told: expect.stringContaining(told),
    }),
  )
})

describe('muster policies lint --sarif', () => {
  it('writes each diagnostic as a result with its region', async () => {
    const at = write('sarif', { 'a b.yaml': policyText('a', { assert: 'evaluation.acu >= 0.7' }) })
    expect((await run('lint', at, '--sarif', 'lint.sarif')).code).toBe(1)
    expect(JSON.parse(readFileSync(join(folder, 'lint.sarif'), 'utf8'))).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { rules: [{ id: 'policy-error' }, { id: 'policy-warning' }] } },
          results: [
            {
              ruleId: 'policy-error',
              level: 'error',
              message: { text: expect.stringContaining('did you mean "evaluation.auc"?') },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'sarif/a%20b.yaml' },
                    region: { startLine: 11, startColumn: 13, endColumn: 27 },
                  },
                },
              ],
            },
          ],
        },
      ],
    })
  })

  it('ends with 2 where it cannot be written, so that nobody looks at an old one', async () =>
    expect(await run('lint', write('unwritable', { 'a.yaml': policyText('a') }), '--sarif', 'nowhere/lint.sarif')).toMatchObject({
      code: 2,
      told: expect.stringContaining('nowhere/lint.sarif cannot be written (ENOENT)'),
    }))
})

describe('muster policies diff', () => {
  it('says in words what differs, looks at no cases, and ends with 0', async () => {
    const one = write('one', { 'a.yaml': policyText('a'), 'a.cases.yaml': base })
    const other = write('other', { 'a.yaml': policyText('a').replace('severity: high', 'severity: low'), 'b.yaml': policyText('b') })
    const { code, out } = await run('diff', one, other)
    expect(code).toBe(0)
    expect(out.split('\n')).toEqual([
      'a is changed',
      '- severity changed from high to low',
      '',
      'b is added',
      '- The model separates well enough: high, enforce',
      '- rule holds asserts evaluation.balancedAccuracy >= 0.65',
      '',
      '2 policies differ: 1 added, 0 removed, 1 changed.',
    ])
    expect(await run('diff', one, one)).toMatchObject({ code: 0, out: 'Nothing differs.' })
    expect((await run('diff', one, 'nowhere')).code).toBe(2)
  })
})

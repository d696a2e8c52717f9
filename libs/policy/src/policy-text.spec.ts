import { factsSchema } from '@muster/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDiagnostic, parsePolicyText } from './policy-text.ts'

const parse = (text: string) => parsePolicyText(text, 'fairness.yaml', factsSchema)
const told = (text: string): readonly string[] => {
  const result = parse(text)
  return (result.ok ? result.documents.flatMap(({ warnings }) => warnings) : result.diagnostics).map(formatDiagnostic)
}

const policy = (asserted = 'assert: evaluation.auc > 0.7', more = '') => `apiVersion: muster.dev/v1
kind: Policy
id: fairness
title: Fair
owner: group:model-risk
severity: high
at: [intent]
appliesTo: intent.environment == 'production'
onUnknown: block
rules:
  - id: ratio
    ${asserted}
    message: Not fair.
${more}`

describe('A file of policies', () => {
  it('gives its documents, each with its own text and line', () => {
    const result = parse(`# ours\n${policy()}---\n${policy().replace('id: fairness', 'id: other')}`)
    expect(result.ok && result.documents.map(({ document, line, source }) => [document.id, line, source.split('\n')[0]])).toEqual([
      ['fairness', 2, 'apiVersion: muster.dev/v1'],
      ['other', 16, 'apiVersion: muster.dev/v1'],
    ])
  })

  it('says where in the file an expression is wrong', () => {
    expect(told(policy('assert: evaluation.fairnes.disparateImpact > 0.8'))).toEqual([
      'policy fairness.yaml:12:13  unknown fact "evaluation.fairnes"; did you mean "evaluation.fairness"?',
    ])
  })

  it.each([
    ['plain', 'assert: evaluation.auc > 0.7 && evaluation.nope', '12:37'],
    ['plain over lines', 'assert: evaluation.auc > 0.7\n      && evaluation.nope', '13:10'],
    ['single quotes', "assert: 'model.owner != '''' && evaluation.nope'", '12:37'],
    ['double quotes', 'assert: "model.owner != \\"\\" && evaluation.nope"', '12:37'],
    ['double quotes with escapes', 'assert: "model.owner != \'\\u00e9\\t\\x41\' && evaluation.nope"', '12:47'],
    ['double quotes over lines', 'assert: "evaluation.auc > 0.7\n\n      && \\\n      evaluation.nope"', '15:7'],
    ['a literal block', 'assert: |\n      evaluation.auc > 0.7\n      && evaluation.nope', '14:10'],
    ['a folded block', 'assert: >-  # folded\n      evaluation.auc > 0.7\n\n      && evaluation.nope', '15:10'],
    ['an indented block', 'assert: >2-\n        evaluation.auc > 0.7\n        && evaluation.nope', '14:12'],
    ['windows lines', 'assert: >-\r\n      evaluation.auc > 0.7\r\n      && evaluation.nope', '14:10'],
  ])('says so in %s', (_, asserted, place) => {
    expect(told(policy(asserted))).toEqual([`policy fairness.yaml:${place}  unknown fact "evaluation.nope"`])
  })

  it('says all at once: what is missing, what is unknown, what is wrong', () => {
    const text = policy('asert: evaluation.auc > 0.7')
      .replace('owner: group:model-risk\n', '')
      .replace('severity: high', 'severity: hihg')
      .replace('kind: Policy', 'kind: Policy\nratonale: none')
    expect(told(text)).toEqual([
      'policy fairness.yaml:1:1  the field "owner" is missing',
      'policy fairness.yaml:3:1  unknown field "ratonale"; did you mean "rationale"?',
      'policy fairness.yaml:6:11  "severity": Invalid option: expected one of "low"|"medium"|"high"|"critical"; did you mean "high"?',
      'policy fairness.yaml:11:5  the field "assert" is missing',
      'policy fairness.yaml:12:5  unknown field "asert"; did you mean "assert"?',
    ])
  })

  it('says what is wrong with the expressions of a document that lacks a field, too', () => {
    const text = policy('assert: evaluation.nope').replace('severity: high\n', '').replace("'production'", "'production' and true")
    expect(told(text)).toEqual([
      'policy fairness.yaml:1:1  the field "severity" is missing',
      'policy fairness.yaml:7:47  "and" is no operator; did you mean "&&"?',
      'policy fairness.yaml:11:13  unknown fact "evaluation.nope"',
    ])
  })

  it('of any shape has its problems told, and no more', () =>
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.constantFrom('Policy', 'ApprovalRule', 7), (rules, appliesTo, kind) => {
        expect(parse(JSON.stringify({ kind, rules, appliesTo, when: appliesTo })).ok).toBe(false)
      }),
    ))

  it('says what is wrong elsewhere, too, where the YAML is broken or something stands twice', () => {
    const broken = policy('assert: evaluation.nope').replace('title: Fair', 'title: [Fair')
    expect(told(broken).at(-1)).toContain('unknown fact "evaluation.nope"')
    expect(told(`a: "b\n---\n${policy('assert: evaluation.nope')}`)).toEqual([`policy fairness.yaml:16:1  Missing closing "quote`])
    expect(told(`${policy('assert: evaluation.nope')}owner: me\n`)).toEqual([
      'policy fairness.yaml:12:13  unknown fact "evaluation.nope"',
      'policy fairness.yaml:14:1  "owner" stands here twice',
    ])
    expect(told(`${policy('assert: evaluation.nope')}---\na: [b}\n`)).toEqual([
      'policy fairness.yaml:12:13  unknown fact "evaluation.nope"',
      ...told(`a: [b}\n`).map(text => text.replace(':1:', ':15:')),
    ])
  })

  it('says all expressions at once', () => {
    const text = policy('assert: evaluation.auc = 0.7').replace("'production'", "'production' and modell.name == 'a'")
    expect(told(text)).toEqual([
      'policy fairness.yaml:8:47  "and" is no operator; did you mean "&&"?',
      'policy fairness.yaml:8:51  unknown fact "modell"; did you mean "model"?',
      'policy fairness.yaml:12:28  "=" is no operator; did you mean "=="?',
    ])
  })

  it('is refused for two rules or two documents of one id', () => {
    expect(told(policy(undefined, '  - { id: ratio, assert: "true", message: Twice. }\n'))).toEqual([
      'policy fairness.yaml:14:11  the policy has two rules "ratio"',
    ])
    expect(told(`${policy()}---\n${policy()}`)).toEqual(['policy fairness.yaml:17:5  the file has two documents "fairness"'])
  })

  it('keeps warnings apart from errors', () => {
    expect(told(policy('assert: evaluation.threshold > 0.5'))).toEqual([
      expect.stringMatching(/^policy fairness\.yaml:12:13 {2}warning: evaluation\.threshold is optional/),
    ])
    expect(parse(policy('assert: evaluation.threshold > 0.5')).ok).toBe(true)
  })

  it('lets only approval rules see the outcomes of policies', () => {
    expect(told(policy('assert: has(checks) && size(checks) > 0'))[0]).toContain('12:17  only approval rules see checks')
  })

  it.each([
    ['syntax', 'a: [1, 2', /^policy fairness\.yaml:1:9 /],
    ['a key that stands twice', `${policy()}owner: me\n`, /:14:1 {2}"owner" stands here twice$/],
    ['an alias', `a: &a [1]\nb: *a\n`, /:2:4 {2}there are no aliases here/],
    [
      'an unknown kind',
      policy().replace('kind: Policy', 'kind: Polcy'),
      /:2:7 {2}"kind" must be Policy or ApprovalRule; did you mean "Policy"\?$/,
    ],
    [
      'what YAML takes for a bool',
      policy('assert: true'),
      /:12:13 {2}"rules\.0\.assert" must be text, and YAML reads this as a boolean; did you mean "'true'"\?$/,
    ],
    ['a list', '- a\n', /:1:1 {2}a policy document is a map of fields$/],
    ['nothing', '# nothing\n', /:1:1 {2}the file holds no document$/],
    ['a foreign tag', policy().replace('title: Fair', 'title: !js/function Fair'), /:4:8 {2}Unresolved tag/],
    ['a prototype', `${policy()}__proto__: { severity: low }\n`, /unknown field "__proto__"/],
  ])('is refused for %s', (_, text, expected) => {
    const result = parse(text)
    expect(result.ok).toBe(false)
    expect(told(text)[0]).toMatch(expected)
  })

  it.each([
    ['an endless list', '['.repeat(200_000)],
    ['an endless sequence', '- '.repeat(100_000)],
    ['an endless map', '{a: '.repeat(60_000)],
    ['many keys', Array.from({ length: 30_000 }, (_, key) => `k${key}: 1`).join('\n')],
    [
      'a bomb of aliases',
      `a: &a [x]\n${Array.from({ length: 20 }, (_, step) => `b${step}: &b${step} [*${step === 0 ? 'a' : `b${step - 1}`}, *a]`).join('\n')}`,
    ],
    ['a large file', 'a: ' + 'b'.repeat(300_000)],
    ['many documents', '---\na: b\n'.repeat(20_000)],
    ['a long expression', policy(`assert: ${'true && '.repeat(1_000)} true`)],
  ])(
    'is refused soon for %s',
    (_, text) => {
      const result = parse(text)
      expect(result.ok).toBe(false)
      if (!result.ok) expect(result.diagnostics.length).toBeLessThanOrEqual(50)
    },
    3_000,
  )

  it('may hold anything without a throw', () => {
    const pieces = fc.array(
      fc.constantFrom(
        'a: ',
        '- ',
        '[',
        ']',
        '{',
        '}',
        '"',
        "'",
        '|\n ',
        '>\n ',
        '\n',
        '  ',
        '&a ',
        '*a',
        '!!map ',
        '? ',
        ': ',
        '---\n',
        '...\n',
        '%YAML 1.1\n',
        '\t',
        '#',
        '<<: ',
        'kind: Policy\n',
        '\u0000',
        '\uD800',
      ),
    )
    fc.assert(
      fc.property(
        fc.oneof(
          pieces.map(parts => parts.join('')),
          pieces.map(parts => policy(`assert: ${parts.join('')}`)),
          fc.string(),
        ),
        text => {
          parse(text)
        },
      ),
      { numRuns: 300 },
    )
  })
})

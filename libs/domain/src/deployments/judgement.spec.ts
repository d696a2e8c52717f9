import type { RuleCheck } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { digest } from '../testing/recorded.ts'
import { judge, reasonOf, stops, type Judgement, type JudgementInput } from './judgement.ts'

const rule = (outcome: RuleCheck['outcome'], rest: Partial<RuleCheck> = {}): RuleCheck => ({
  policy: 'accuracy',
  version: 1,
  digest: digest('accuracy'),
  mode: 'enforce',
  rule: outcome,
  severity: 'high',
  onUnknown: 'requireApproval',
  outcome,
  message: 'It does not separate well enough.',
  missing: [],
  errors: [],
  because: [],
  ...rest,
})
const nothing: JudgementInput = { applied: [], rules: [], asking: [], excluded: [], unmapped: [], fits: true, tooLarge: 'too large' }

describe('The gate', () => {
  it('names everything that stands in the way, and nothing else', () => {
    const rules = [rule('pass'), rule('fail'), rule('unknown'), rule('unknown', { rule: 'strict', onUnknown: 'block' }), rule('error')]
    expect(judge({ ...nothing, rules })).toMatchObject({
      verdict: 'blocked',
      reasons: [
        { code: 'rule-failed', rule: 'fail' },
        { code: 'rule-unknown', rule: 'strict' },
        { code: 'rule-error', rule: 'error' },
      ],
    })
  })

  it('names the most severe first, then in the order of the policies and of their rules', () => {
    const of = (policy: string, severity: RuleCheck['severity'], name: string) => rule('fail', { policy, severity, rule: name })
    const rules = [
      of('a', 'low', 'one'),
      of('b', 'critical', 'two'),
      of('b', 'critical', 'one'),
      of('c', 'medium', 'x'),
      of('d', 'critical', 'x'),
    ]
    const { reasons } = judge({ ...nothing, rules }) as Extract<Judgement, { verdict: 'blocked' }>
    expect(reasons.map(reason => `${reason.policy}/${reason.rule}`)).toEqual(['b/two', 'b/one', 'd/x', 'c/x', 'a/one'])
  })

  it('says whether nobody wrote a policy or none of them applies', () => {
    const applied = [{ policy: 'accuracy', version: 1, digest: digest('accuracy'), mode: 'enforce', applies: false }] as const
    expect(judge(nothing)).toMatchObject({ reasons: [{ message: expect.stringContaining('the catalogue is empty') as string }] })
    expect(judge({ ...nothing, applied: [...applied] })).toMatchObject({
      reasons: [{ message: expect.stringContaining('none says') as string }],
    })
  })

  it('takes no facts that do not fit for facts that pass', () =>
    expect(judge({ ...nothing, rules: [rule('pass')], fits: false })).toMatchObject({ reasons: [{ code: 'snapshot-too-large' }] }))
})

describe('A rule stands in the way', () => {
  it.each<[string, RuleCheck, boolean]>([
    ['when it fails', rule('fail'), true],
    ['when it is in error', rule('error'), true],
    ['when it is unknown and its policy blocks', rule('unknown', { onUnknown: 'block' }), true],
    ['not when it is unknown and its policy leaves it to people', rule('unknown'), false],
    ['not when it passes', rule('pass', { onUnknown: 'block' }), false],
  ])('%s', (_, of, stands) => expect(stops(of)).toBe(stands))
})

describe('A reason', () => {
  const missing = (...paths: string[]): string => reasonOf(rule('unknown', { missing: paths })).message

  it('names what is missing, and of much the first five', () => {
    expect(missing('a')).toBe('It does not separate well enough. Unknown, since a is missing.')
    expect(missing('a', 'b')).toMatch(/since a, b are missing/)
    expect(missing('a', 'b', 'c', 'd', 'e', 'f', 'g')).toMatch(/since a, b, c, d, e and 2 more are missing/)
  })

  it('says why a rule could not be evaluated', () =>
    expect(reasonOf(rule('error', { errors: ['division by zero'] })).message).toMatch(/could not be evaluated: division by zero\.$/))
})

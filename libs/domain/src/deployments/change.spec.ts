import type { PolicyDocument } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { changed, facts, people } from '../testing/example.ts'
import { approvalRule, check, policy, tried } from '../testing/policies.ts'
import { changedPaths, outcomesChanged } from './change.ts'
import type { CheckInput } from './check.ts'

const documents: readonly PolicyDocument[] = [
  policy({ assert: "evaluation.balancedAccuracy >= 0.65 && datasets.all(d, d.license != '')" }),
  approvalRule({ when: 'evaluation.balancedAccuracy < 0.72' }),
]
const found = (change: Partial<CheckInput> = {}, of = documents) => check(of, change).check
const withFact = (path: string, value: Parameters<typeof changed>[2]) => found({ facts: changed(facts, path, value) })
const before = found()

describe('What changed between two checks', () => {
  it('is nothing, where only time went by', () => expect(changedPaths(before, found({ at: '2026-11-26T00:00:00.000Z' }))).toEqual([]))

  it.each<[string, ReturnType<typeof found>, string[]]>([
    ['a value', withFact('evaluation.balancedAccuracy', 0.71), ['evaluation.balancedAccuracy']],
    [
      'a value and what came of it',
      withFact('evaluation.balancedAccuracy', 0.8),
      ['evaluation.balancedAccuracy', 'policies/high-risk/when'],
    ],
    ['a value that failed', withFact('evaluation.balancedAccuracy', 0.6), ['evaluation.balancedAccuracy', 'policies/accuracy/holds']],
    ['a value that went missing', withFact('datasets.1.license', undefined), ['datasets[1].license', 'policies/accuracy/holds']],
    ['an element of a list', withFact('datasets.0.license', 'CC0'), ['datasets[0].license']],
    ['a list of another length', withFact('datasets', []), ['datasets']],
    ['another text of a policy', found({}, [policy(), ...documents.slice(1)]), ['datasets', 'policies/accuracy']],
    ['a policy more', found({}, [...documents, policy({ id: 'b', assert: 'true' })]), ['policies/b', 'policies/b/holds']],
    ['an approval rule less', found({}, documents.slice(0, 1)), ['policies/high-risk', 'policies/high-risk/when']],
    ['the persons', found({ people: people.slice(1) }), ['people']],
  ])('names %s', (_, after, paths) => expect(changedPaths(before, after)).toEqual(paths))
})

describe('A version that is tried in shadow', () => {
  const [first, ...others] = documents
  const strict = policy({ assert: 'evaluation.balancedAccuracy >= 0.9' })
  const beside = (trial: PolicyDocument, change: Partial<CheckInput> = {}) =>
    found({ ...change, catalogue: tried([first ?? strict, ...others], [trial]) })

  it('is nothing that changed for people who are asked', () => expect(changedPaths(before, beside(strict))).toEqual([]))

  it('is news when it begins to come out otherwise than it did, whatever the version in force says', () => {
    expect(outcomesChanged(before, beside(policy({ assert: 'true' })))).toBe(false)
    expect(outcomesChanged(before, beside(strict))).toBe(true)
    expect(outcomesChanged(beside(strict), beside(strict, { at: '2026-11-26T00:00:00.000Z' }))).toBe(false)
    expect(outcomesChanged(beside(strict), before)).toBe(true)
  })
})

describe('A re-check is news', () => {
  it.each<[string, ReturnType<typeof found>]>([
    ['when a rule comes out otherwise', withFact('evaluation.balancedAccuracy', 0.6)],
    ['when a rule becomes unknown', withFact('datasets.0.license', undefined)],
    ['when an approval rule asks no longer', withFact('evaluation.balancedAccuracy', 0.8)],
    ['when a new rule does not pass', found({}, [...documents, policy({ id: 'b', mode: 'warn', assert: 'false' })])],
    ['when a new approval rule asks', found({}, [...documents, approvalRule({ id: 'b' })])],
  ])('%s', (_, after) => expect(outcomesChanged(before, after)).toBe(true))

  it('when a rule that did not pass is gone', () => {
    const warning = found({}, [...documents, policy({ id: 'b', mode: 'warn', assert: 'false' })])
    expect(outcomesChanged(warning, before)).toBe(true)
  })

  it.each<[string, ReturnType<typeof found>]>([
    ['when values move and nothing comes out otherwise', withFact('evaluation.balancedAccuracy', 0.71)],
    ['when a new rule passes', found({}, [...documents, policy({ id: 'b', assert: 'true' })])],
    ['when a new approval rule does not ask', found({}, [...documents, approvalRule({ id: 'b', when: 'false' })])],
    ['when a rule that passed is gone', found({}, documents.slice(1))],
  ])('not %s', (_, after) => expect(outcomesChanged(before, after)).toBe(false))
})

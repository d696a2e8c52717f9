import { factsSchema, PolicyCases } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { examinePolicyFiles } from '../policy-files.ts'
import { approvalRuleText, policyText } from '../testing/policy-texts.ts'
import { casesIn, parseCaseFile, type ReadCase } from './case-file.ts'
import { casesFor } from './cases-for.ts'
import { compileAll, runCases, caseResultsOf } from './run-cases.ts'

const base = `facts:
  now: '2026-11-25T12:00:00Z'
  intent: { environment: production }
  model: { riskTier: high, owner: ben }
  evaluation: { balancedAccuracy: 0.71 }
`
const first = `cases:
  - { name: above, policy: a, expect: { holds: pass } }
  - { name: below, policy: a, facts: { evaluation.balancedAccuracy: 0.6 }, expect: { holds: fail } }
  - { name: of another policy, policy: b, asks: true }
`
const second = `facts: { model: { owner: null }, intent.environment: staging }
cases:
  - { name: elsewhere, policy: a, applies: false }
  - { name: not measured, policy: a, facts: { intent.environment: production, evaluation: null }, expect: { holds: pass } }
`
const { sources } = examinePolicyFiles(
  [
    { name: 'a.yaml', text: policyText('a') },
    { name: 'b.yaml', text: approvalRuleText('b') },
  ],
  factsSchema,
)
const documentOf = (id: string) => sources.flatMap(({ document }) => (document.id === id ? [document] : []))
const read = (...texts: readonly string[]): readonly ReadCase[] =>
  texts.flatMap((text, index) => {
    const name = `${index}.cases.yaml`
    return casesIn(name, parseCaseFile({ name, text }), [parseCaseFile({ name: 'base', text: base }).content?.facts ?? {}]).cases
  })

describe('The cases for one policy', () => {
  it('are its own, upon the facts that they share', () =>
    expect(casesFor('a', { cases: read(first) })).toEqual({
      facts: {
        now: '2026-11-25T12:00:00Z',
        intent: { environment: 'production' },
        model: { riskTier: 'high', owner: 'ben' },
        evaluation: { balancedAccuracy: 0.71 },
      },
      cases: [
        { name: 'above', expect: { holds: 'pass' } },
        { name: 'below', facts: { 'evaluation.balancedAccuracy': 0.6 }, expect: { holds: 'fail' } },
      ],
    }))

  it('say what differs, where they stand in another file', () =>
    expect(casesFor('a', { cases: read(first, second) }).cases.slice(2)).toEqual([
      { name: 'elsewhere', facts: { intent: { environment: 'staging' }, model: { owner: null } }, applies: false },
      { name: 'not measured', facts: { evaluation: null, model: { owner: null } }, expect: { holds: 'pass' } },
    ]))

  it('may be sent, and come out as they do in their files', () => {
    const cases = read(first, second)
    const compiled = compileAll(sources)
    for (const id of ['a', 'b']) {
      const sent = PolicyCases.parse(casesFor(id, { cases }))
      const results = runCases(
        cases.filter(({ policy }) => policy === id),
        compiled,
      )
      expect(documentOf(id).flatMap(document => [...caseResultsOf(document, sent)])).toEqual(
        results.map(({ name, differences }) => ({ name, differences })),
      )
    }
  })

  it('are none of a policy that no file names', () => expect(casesFor('c', { cases: read(first) })).toEqual({ cases: [] }))
})

describe('Cases run for a document', () => {
  it('come out wrong, each of them, where it does not compile', () => {
    const [document] = documentOf('a')
    if (document?.kind !== 'Policy') throw new Error('not a policy')
    const broken = { ...document, appliesTo: 'modl.owner == 1' }
    expect([...caseResultsOf(broken, { cases: [{ name: 'x', applies: false }] })]).toMatchObject([
      { name: 'x', differences: [{ text: expect.stringContaining('the policy does not compile: ') }] },
    ])
  })
})

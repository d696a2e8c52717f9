import { factsSchema, type PolicyDocument } from '@muster/contracts'
import { parsePolicyText } from '@muster/policy'
import { array, assert, constantFrom, property, record, shuffledSubarray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changed, facts, now, people } from '../testing/example.ts'
import { approvalRule, catalogueOf, check, policy, published, tried } from '../testing/policies.ts'
import { inForce } from './catalogue.ts'
import { simpleEvaluator } from './checkable.ts'
import type { PersonUse } from './facts.ts'

const weak = changed(facts, 'evaluation.balancedAccuracy', 0.6)
const unmeasured = changed(facts, 'evaluation.balancedAccuracy', undefined)
const untiered = changed(facts, 'model.riskTier', undefined)
const inError = policy({ assert: '100 / evaluations.count > 1' })
const uncounted = changed(facts, 'evaluations.count', 0)

const judged = (...input: Parameters<typeof check>) => check(...input).judgement
const codes = (...input: Parameters<typeof check>): string[] => {
  const judgement = judged(...input)
  return judgement.verdict === 'blocked' ? judgement.reasons.map(({ code }) => code) : [judgement.verdict]
}
const asked = (...input: Parameters<typeof check>) => {
  const judgement = judged(...input)
  if (judgement.verdict !== 'approval-required') throw new Error(`nobody was asked: ${judgement.verdict}`)
  return judgement.question
}

describe('An enforced rule', () => {
  it('that passes clears', () => expect(judged([policy()])).toEqual({ verdict: 'cleared' }))

  it('that fails blocks, and says why', () =>
    expect(judged([policy()], { facts: weak })).toEqual({
      verdict: 'blocked',
      reasons: [{ code: 'rule-failed', message: 'It does not separate well enough.', policy: 'accuracy', version: 1, rule: 'holds' }],
    }))

  it('that is unknown blocks, and names the path that is missing', () =>
    expect(judged([policy()], { facts: unmeasured })).toMatchObject({
      verdict: 'blocked',
      reasons: [{ code: 'rule-unknown', message: expect.stringContaining('since evaluation.balancedAccuracy is missing') as string }],
    }))

  it('that is unknown asks for approval, where its policy leaves it to people', () =>
    expect(
      codes([policy({ onUnknown: 'requireApproval' }), approvalRule({ when: 'false' }), approvalRule({ id: 'asks' })], {
        facts: unmeasured,
      }),
    ).toEqual(['approval-required']))

  it('that cannot be evaluated blocks, whatever its policy says of the unknown', () =>
    expect(codes([{ ...inError, onUnknown: 'requireApproval' }, approvalRule()], { facts: uncounted })).toEqual(['rule-error']))

  it('records what decided, with the values', () =>
    expect(check([policy()], { facts: weak }).check.rules).toMatchObject([
      {
        outcome: 'fail',
        because: [{ text: 'evaluation.balancedAccuracy >= 0.65', values: { 'evaluation.balancedAccuracy': 0.6 }, result: false }],
      },
    ]))
})

describe('A policy', () => {
  it('that does not apply has no say, and stands in the record', () => {
    const { check: found, judgement } = check([
      policy({ id: 'staging', appliesTo: "intent.environment == 'staging'", assert: 'false' }),
      policy(),
    ])
    expect(judgement.verdict).toBe('cleared')
    expect(found.policies).toMatchObject([
      { policy: 'accuracy', applies: true },
      { policy: 'staging', applies: false },
    ])
  })

  it('of which it is unknown whether it applies, applies: a missing risk tier never skips a policy', () =>
    expect(codes([policy({ appliesTo: "model.riskTier == 'high'" })], { facts: untiered })).toEqual(['rule-unknown']))

  it('of which it cannot be evaluated whether it applies, applies', () =>
    expect(codes([policy({ appliesTo: '100 / evaluations.count > 1' })], { facts: uncounted })).toEqual(['rule-error']))

  it.each(['warn', 'shadow'] as const)('in mode %s is recorded, and never blocks', mode => {
    const watched = (assert: string) => policy({ id: 'watched', mode, assert })
    for (const [document, of] of [
      [watched('false'), facts],
      [watched('evaluation.balancedAccuracy > 0.5'), unmeasured],
      [{ ...inError, id: 'watched', mode }, uncounted],
    ] as const) {
      const { check: found, judgement } = check([policy({ assert: 'true' }), document], { facts: of })
      expect(judgement).toEqual({ verdict: 'cleared' })
      expect(found.rules.find(({ policy: id }) => id === 'watched')).toMatchObject({ mode })
    }
  })

  it('has no say at a point at which it is not checked', () => {
    const atSignal = policy({ id: 'at-signal', at: ['signal'], assert: 'false' })
    expect(judged([policy(), atSignal])).toEqual({ verdict: 'cleared' })
    expect(codes([policy(), atSignal], { point: 'signal' })).toEqual(['rule-failed'])
  })
})

describe('Where no enforced policy applies', () => {
  it.each<[string, PolicyDocument[]]>([
    ['the catalogue is empty', []],
    ['none says that it does', [policy({ appliesTo: 'false' })]],
    ['all only warn', [policy({ mode: 'warn' })]],
    ['there are only approval rules', [approvalRule()]],
  ])('since %s, it is blocked', (_, documents) => expect(codes(documents)).toEqual(['no-policy-applies']))
})

describe('An approval rule', () => {
  const needs = (role: string, count: number) => [{ role, count }]

  it('asks when its `when` is true, unknown or in error', () => {
    expect(codes([policy(), approvalRule()])).toEqual(['approval-required'])
    expect(codes([policy(), approvalRule({ when: "model.riskTier == 'minimal'" })], { facts: untiered })).toEqual(['approval-required'])
    expect(codes([policy(), approvalRule({ when: '100 / evaluations.count > 1' })], { facts: uncounted })).toEqual(['approval-required'])
    expect(codes([policy(), approvalRule({ when: "model.riskTier == 'minimal'" })])).toEqual(['cleared'])
  })

  it('asks when it is unknown whether it applies', () =>
    expect(codes([policy(), approvalRule({ appliesTo: "model.riskTier == 'minimal'" })], { facts: untiered })).toEqual([
      'approval-required',
    ]))

  it('may ask by what came out of the policies', () => {
    const whenUnknown = approvalRule({ when: "has(checks) && checks.exists(c, c.policy == 'accuracy' && c.outcome == 'unknown')" })
    expect(codes([policy({ onUnknown: 'requireApproval' }), whenUnknown], { facts: unmeasured })).toEqual(['approval-required'])
    expect(codes([policy({ onUnknown: 'requireApproval' }), whenUnknown])).toEqual(['cleared'])
  })

  it.each(['warn', 'shadow'] as const)('in mode %s asks nobody', mode =>
    expect(judged([policy(), approvalRule({ mode })])).toEqual({ verdict: 'cleared' }),
  )

  it('does not ask about what is blocked', () => expect(codes([policy(), approvalRule()], { facts: weak })).toEqual(['rule-failed']))

  it('is what a rule that leaves the unknown to people needs: else there is nobody to ask, and it is blocked', () =>
    expect(codes([policy({ onUnknown: 'requireApproval' })], { facts: unmeasured })).toEqual(['nobody-to-ask', 'rule-unknown']))

  it('adds up with others to the highest count of each role', () =>
    expect(
      asked([
        policy(),
        approvalRule({ id: 'a', needs: [...needs('model-risk', 1), ...needs('legal', 2)] }),
        approvalRule({ id: 'b', needs: needs('model-risk', 3) }),
        approvalRule({ id: 'c', needs: needs('legal', 1) }),
        approvalRule({ id: 'd', needs: needs('privacy', 9), when: 'false' }),
      ]),
    ).toMatchObject({
      approvalRules: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
      needs: [...needs('model-risk', 3), ...needs('legal', 2)],
    }))
})

describe('Who may not sign', () => {
  const owner: PersonUse = { name: 'olga@example.org', as: 'owner', person: 'olga' }
  const ownersToo = approvalRule({ id: 'owners-too', exclude: ['owner'] })

  it('is whoever trained it or asked for it, listed or not', () =>
    expect(asked([policy(), approvalRule({ exclude: [] })]).excluded).toEqual([
      { person: 'rita', because: 'asked for the deployment' },
      { person: 'tom', because: 'trained the version' },
    ]))

  it('is whoever did both, for both', () =>
    expect(
      asked([policy(), approvalRule()], {
        people: [
          { name: 'Tom', as: 'requester', person: 'tom' },
          { name: 'tom@example.org', as: 'trainer', person: 'tom' },
        ],
      }).excluded,
    ).toEqual([{ person: 'tom', because: 'asked for the deployment and trained the version' }]))

  it('is the owner, where one of the rules that ask says so', () => {
    const excluded = (...documents: PolicyDocument[]) =>
      asked([policy(), ...documents], { people: [...people, owner] }).excluded.map(({ person }) => person)
    expect(excluded(approvalRule())).toEqual(['rita', 'tom'])
    expect(excluded(approvalRule(), ownersToo)).toEqual(['olga', 'rita', 'tom'])
    expect(excluded(approvalRule(), { ...ownersToo, when: 'false' })).toEqual(['rita', 'tom'])
  })

  it('is unknown while a name of a trainer or of the requester maps to nobody', () => {
    const robots: PersonUse[] = [
      { name: 'robot-7', as: 'trainer' },
      { name: 'robot-5', as: 'requester' },
      { name: 'robot-7', as: 'trainer' },
    ]
    expect(asked([policy(), approvalRule()], { people: robots }).unmapped).toEqual(['robot-5', 'robot-7'])
  })

  it('is unknown while the name of the owner maps to nobody, but only where a rule excludes the owner', () => {
    const robot: PersonUse = { name: 'robot-7', as: 'owner' }
    expect(asked([policy(), approvalRule()], { people: [...people, robot] }).unmapped).toEqual([])
    expect(asked([policy(), ownersToo], { people: [...people, robot] }).unmapped).toEqual(['robot-7'])
  })
})

describe('The snapshot', () => {
  it('holds what the policies mention, and no more', () =>
    expect(
      check([policy({ appliesTo: "model.riskTier == 'high'" }), approvalRule({ when: "datasets.exists(d, d.license == 'none')" })]).check
        .snapshot,
    ).toEqual({
      model: { riskTier: 'high' },
      evaluation: { balancedAccuracy: 0.7 },
      datasets: [{ license: 'internal' }, { license: 'internal' }],
    }))

  it('holds neither the clock nor what came out of the policies', () =>
    expect(
      check([policy({ assert: 'now > evaluation.at' }), approvalRule({ when: "has(checks) && checks.exists(c, c.outcome == 'fail')" })])
        .check.snapshot,
    ).toEqual({ evaluation: { at: '2026-11-01T00:00:07.000Z' } }))

  const about = policy({ assert: "model.intendedUse != ''" })
  const long = (bytes: number) => changed(facts, 'model.intendedUse', 'x'.repeat(bytes - '{"model":{"intendedUse":""}}'.length))

  it('of 64 KiB is taken', () => expect(codes([about], { facts: long(64 * 1024) })).toEqual(['cleared']))

  it('of more is an error of every rule, never a truncation', () => {
    const { check: found, judgement } = check([about, policy({ id: 'b', assert: 'true' })], { facts: long(64 * 1024 + 1) })
    expect(judgement).toMatchObject({ verdict: 'blocked', reasons: [{ code: 'snapshot-too-large' }] })
    expect(found.rules.map(({ outcome }) => outcome)).toEqual(['error', 'error'])
    expect(found.snapshot).toEqual({})
  })

  it('is measured in bytes, not in characters', () => {
    const umlauts = changed(facts, 'model.intendedUse', 'ü'.repeat(40_000))
    expect(codes([about], { facts: umlauts })).toEqual(['snapshot-too-large'])
  })
})

describe('A version that is tried in shadow beside the one in force', () => {
  const strict = policy({ assert: 'evaluation.balancedAccuracy >= 0.9' })
  const counts = approvalRule({ when: "has(checks) && checks.exists(c, c.outcome == 'fail')" })
  const found = (documents: PolicyDocument[], trials: PolicyDocument[], input: { readonly facts?: typeof facts } = {}) =>
    check([], { ...input, catalogue: tried(documents, trials) })

  it('is recorded beside it, and leaves the verdict as it is', () => {
    const { check: both, judgement } = found([policy()], [strict])
    expect(both.rules).toMatchObject([
      { policy: 'accuracy', version: 1, mode: 'enforce', outcome: 'pass' },
      { policy: 'accuracy', version: 2, mode: 'shadow', outcome: 'fail' },
    ])
    expect(judgement).toEqual({ verdict: 'cleared' })
  })

  it('is seen by no approval rule, and asks nobody itself', () => {
    expect(found([policy(), counts], [strict]).judgement).toEqual({ verdict: 'cleared' })
    expect(found([policy()], [approvalRule()]).judgement).toEqual({ verdict: 'cleared' })
  })

  it('changes nothing of what people agree to', () => {
    const asked = check([policy(), approvalRule()]).check.materialDigest
    const trials = [strict, policy({ id: 'other', assert: "version.framework == 'x'" }), approvalRule({ when: 'false' })]
    expect(found([policy(), approvalRule()], trials).check.materialDigest).toBe(asked)
  })

  it('cannot make the facts too large for what decides: only itself comes out in error', () => {
    const large = changed(facts, 'model.intendedUse', 'x'.repeat(64 * 1024))
    const { check: both, judgement } = found([policy()], [policy({ assert: "model.intendedUse != ''" })], { facts: large })
    expect(judgement).toEqual({ verdict: 'cleared' })
    expect(both.rules.map(({ outcome }) => outcome)).toEqual(['pass', 'error'])
    expect(both.snapshot).toEqual({ evaluation: { balancedAccuracy: 0.7 } })
  })
})

describe('The next check', () => {
  const fresh = (days: number) => policy({ assert: `now - evaluation.at <= duration('P${days}D')` })
  const next = (...input: Parameters<typeof check>): string => check(...input).check.nextCheckAt

  it('is due in a day at the latest', () => expect(next([policy()])).toBe('2026-11-26T12:00:00.000Z'))

  it('is due as soon as a recorded outcome may change by the clock alone, and not before', () => {
    // The evaluation is of 2026-11-01T00:00:07: 25 days later it may still be the 25th day, a microsecond later it is not.
    expect(next([fresh(25)])).toBe('2026-11-26T00:00:07.001Z')
    expect(codes([fresh(25)], { at: '2026-11-26T00:00:07.000Z' })).toEqual(['cleared'])
    expect(codes([fresh(25)], { at: '2026-11-26T00:00:07.001Z' })).toEqual(['rule-failed'])
  })

  it('is not forgotten by a check at the very instant of the bound', () =>
    expect(next([fresh(25)], { at: '2026-11-26T00:00:07.000Z' })).toBe('2026-11-26T00:00:07.001Z'))

  it('is due at the clock of an approval rule, too', () =>
    expect(next([policy(), approvalRule({ when: "now > evaluation.at + duration('P25D')" })])).toBe('2026-11-26T00:00:07.001Z'))

  it('is due when another version takes effect or ends', () => {
    const soon = published(policy(), { version: 2, effectiveFrom: '2026-11-25T18:00:00Z' })
    const catalogue = inForce(catalogueOf(published(policy()), soon), now)
    expect(next([], { catalogue })).toBe('2026-11-25T18:00:00.000Z')
  })

  it('is due on the first of them', () => {
    const catalogue = inForce(
      catalogueOf(published(fresh(25)), published(policy({ id: 'b', effective: { until: '2026-11-25T12:00:00.0005Z' } }))),
      now,
    )
    expect(next([], { catalogue })).toBe('2026-11-25T12:00:00.001Z')
  })
})

/* Policies that read in every way: texts, numbers, lists, optional facts, quantifiers, the clock, what came out before. */
const documents: readonly PolicyDocument[] = [
  policy({ id: 'a', appliesTo: "model.riskTier in ['high', 'limited']", assert: 'evaluation.balancedAccuracy >= 0.65' }),
  policy({
    id: 'b',
    onUnknown: 'requireApproval',
    assert: "datasets.all(d, d.personalData ? has(d.dpia) && d.dpia.approvedAt < now : d.license != '')",
  }),
  policy({ id: 'c', mode: 'warn', assert: "now - evaluation.at <= duration('P24D') && size(version.documents) > 0" }),
  policy({ id: 'd', appliesTo: 'has(version.framework)', assert: "version.framework.startsWith('sklearn')" }),
  policy({
    id: 'e',
    onUnknown: 'requireApproval',
    assert: "version.documents.exists(d, d.kind == 'model-card') && 100 / evaluations.count > 1",
  }),
  policy({ id: 'f', appliesTo: "point == 'intent'", assert: '!(intent.requestedBy in version.trainedBy)' }),
  policy({ id: 'g', assert: 'evaluation.fairness.groups.filter(g, g.disparateImpact < 0.8).size() == 0' }),
  approvalRule({ id: 'h', when: "has(checks) && checks.exists(c, c.outcome == 'unknown')" }),
  approvalRule({ id: 'i', when: 'evaluation.auc < 0.75', exclude: ['owner'] }),
]
const edits = [
  ['evaluation.balancedAccuracy', 0.6],
  ['evaluation.auc', 0.7],
  ['evaluation.auc', undefined],
  ['evaluation.at', '2026-11-02T00:00:00Z'],
  ['evaluation', undefined],
  ['evaluation.fairness.groups', undefined],
  ['evaluation.fairness.groups.0.disparateImpact', 0.5],
  ['evaluations.count', 0],
  ['model.riskTier', undefined],
  ['model.riskTier', 'minimal'],
  ['datasets', []],
  ['datasets.0.personalData', undefined],
  ['datasets.0.dpia', undefined],
  ['datasets.1.dpia.approvedAt', undefined],
  ['version.framework', 'torch'],
  ['version.documents', []],
  ['version.trainedBy', ['tom', 'rita']],
  ['intent.requestedBy', undefined],
] as const
const someFacts = shuffledSubarray([...edits]).map(some => some.reduce((of, [path, value]) => changed(of, path, value as never), facts))
const someDocuments = shuffledSubarray([...documents])
const somePeople = array(
  record(
    {
      name: constantFrom('one', 'two'),
      as: constantFrom('trainer' as const, 'requester' as const, 'owner' as const),
      person: constantFrom('tom', 'rita'),
    },
    { requiredKeys: ['name', 'as'] },
  ),
  { maxLength: 4 },
)

describe('Whoever performs a check again', () => {
  it('by the simple evaluator writes the same record, to the byte', () =>
    assert(
      property(someFacts, someDocuments, someDocuments, somePeople, (of, chosen, shadows, named) => {
        const trials = shadows.map(document => ({ ...document, mode: 'enforce' as const, title: 'Another' }))
        const input = { facts: of, people: named, catalogue: tried(chosen, trials) }
        expect(JSON.stringify(check([], input))).toBe(JSON.stringify(check([], input, simpleEvaluator)))
      }),
    ))

  it('from its own snapshot finds the same outcomes, the same content and the same verdict', () =>
    assert(
      property(someFacts, someDocuments, somePeople, (of, chosen, named) => {
        const { check: found, judgement } = check(chosen, { facts: of, people: named })
        const again = check(chosen, { facts: found.snapshot, people: found.people as PersonUse[] })
        expect(again.check).toEqual(found)
        expect(again.judgement).toEqual(judgement)
      }),
    ))
})

describe('Of verdicts', () => {
  it('blocked outranks approval required, which outranks cleared, and only what passes clears', () =>
    assert(
      property(someFacts, someDocuments, somePeople, (of, chosen, named) => {
        const { check: found, judgement } = check(chosen, { facts: of, people: named })
        const enforced = found.rules.filter(({ mode }) => mode === 'enforce')
        const stands = enforced.some(
          rule => rule.outcome === 'fail' || rule.outcome === 'error' || (rule.outcome === 'unknown' && rule.onUnknown === 'block'),
        )
        const asks = found.approvalRules.some(({ needed }) => needed !== false)
        const passed = enforced.every(({ outcome }) => outcome === 'pass')
        if (enforced.length === 0 || stands) expect(judgement.verdict).toBe('blocked')
        else if (passed && !asks) expect(judgement.verdict).toBe('cleared')
        else expect(judgement.verdict).toBe(asks ? 'approval-required' : 'blocked')
        expect(found.verdict).toBe(judgement.verdict)
      }),
    ))
})

describe('A policy file', () => {
  const text = `
apiVersion: muster.dev/v1
kind: Policy
id: fairness-disparate-impact
title: Selection rates of protected groups stay comparable
owner: group:model-risk
severity: high
at: [intent, rollout, signal]
appliesTo: intent.environment == 'production' && model.riskTier in ['high', 'limited']
rules:
  - id: ratio
    assert: evaluation.fairness.disparateImpact >= 0.8 && evaluation.fairness.disparateImpact <= 1.25
    message: Disparate impact is outside 0.8 to 1.25.
onUnknown: block
---
apiVersion: muster.dev/v1
kind: ApprovalRule
id: weak-separation
title: A model that separates weakly needs a risk manager
owner: group:model-risk
appliesTo: intent.environment == 'production'
when: evaluation.balancedAccuracy < 0.65
needs: [{ role: model-risk, count: 1 }]
`
  const parsed = parsePolicyText(text, 'fairness.yaml', factsSchema)
  const shipped = parsed.ok ? parsed.documents.map(({ document }) => document) : []

  it.each([
    [0.7, 0.9, 'cleared'],
    [0.6, 0.9, 'approval-required'],
    [0.7, 0.5, 'blocked'],
    [0.6, 0.5, 'blocked'],
  ])('decides: balanced accuracy %d and disparate impact %d are %s', (accuracy, impact, verdict) => {
    const measured = changed(changed(facts, 'evaluation.balancedAccuracy', accuracy), 'evaluation.fairness.disparateImpact', impact)
    expect(judged(shipped, { facts: measured }).verdict).toBe(verdict)
  })
})

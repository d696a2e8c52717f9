import { canonicalJson, type ExplainedCheck, type PassedRule, type RuleCheck } from '@muster/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainedCheck } from '../deployments/explained-check.ts'
import { check, policy, approvalRule, inForceOf } from '../testing/policies.ts'
import { checkReader, type RecordedCheck } from './recorded-check.ts'

const documents = [policy(), policy({ id: 'strict', assert: 'evaluation.balancedAccuracy > 2' }), approvalRule()]
const usual = explainedCheck(check(documents).check, id => inForceOf(documents).policies.find(({ document }) => document.id === id))

const inVersion: Record<1 | 2, (one: ExplainedCheck) => string> = {
  1: one => canonicalJson({ ...one, newlyAsked: [] }),
  2: one => canonicalJson({ ...one, rules: one.rules.map(rule => (rule.outcome === 'pass' ? passed(rule) : rule)), newlyAsked: [] }),
}
const passed = ({ policy: id, version, mode, rule: name, severity, outcome }: RuleCheck): PassedRule =>
  ({ policy: id, version, mode, rule: name, severity, outcome }) as PassedRule
const bare = <Item extends { because: unknown; digest: unknown }>({ because: _, digest: __, ...item }: Item) => item

const opened = ({ target, people, ...rest }: RecordedCheck) => ({ ...rest, target: target(), people: people() })
const expected = ({ at, point, verdict, asOf, policies, rules, approvalRules, snapshot, target, people }: ExplainedCheck) => ({
  at,
  point,
  verdict,
  policies,
  snapshot,
  target,
  people,
  through: asOf.position,
  rules: rules.map(rule => (rule.outcome === 'pass' ? passed(rule) : bare(rule))),
  approvalRules: approvalRules.map(bare),
})

/** Texts that look like the members that are looked for. */
const text = fc.oneof(
  fc.string(),
  fc.constantFrom('],"rules":[', ',"errors":[]', '"version":1}', '\\', '"', '","snapshotDigest":"', ',"target":{', '{"because":['),
)
/** What no fact is today, and yet must not mislead. */
const values = fc.dictionary(
  text,
  fc.oneof(
    text,
    fc.constant({ a: [1], digest: 'sha256:', errors: ['x'], version: 1 }),
    fc.constant([{ errors: [], mode: 'x', version: 2 }]),
    fc.constant({ snapshotDigest: 'x', target: {}, verdict: 'y' }),
  ),
)
const rule: fc.Arbitrary<RuleCheck> = fc
  .record({
    outcome: fc.constantFrom('pass', 'fail', 'unknown', 'error'),
    message: text,
    missing: fc.array(text),
    errors: fc.array(text),
    because: fc.array(fc.record({ text, values, result: fc.constantFrom(true, false, 'unknown', 'error') })),
  })
  .map(rest => ({ ...(usual.rules[0] as RuleCheck), ...rest }) as RuleCheck)
const checks: fc.Arbitrary<ExplainedCheck> = fc
  .record({
    rules: fc.array(rule, { maxLength: 4 }),
    snapshot: values,
    people: fc.array(fc.record({ name: fc.string({ minLength: 1 }), as: fc.constantFrom('trainer', 'owner') })),
    approvalRules: fc.array(
      fc.record({
        because: fc.array(fc.record({ text, values, result: fc.constant(true) })),
        needed: fc.constantFrom(true, false, 'unknown'),
      }),
      { maxLength: 2 },
    ),
    position: fc.nat(),
  })
  .map(
    ({ rules, snapshot, people, approvalRules, position }) =>
      ({
        ...usual,
        rules,
        snapshot,
        people,
        approvalRules: approvalRules.map(one => ({ ...usual.approvalRules[0], ...one })),
        asOf: { ...usual.asOf, position },
      }) as ExplainedCheck,
  )

describe.each([1, 2] as const)('A check that was recorded in version %s', version => {
  const textOf = inVersion[version]

  it('is read as it was recorded, whatever stands in it', () => {
    const reader = checkReader()
    fc.assert(
      fc.property(checks, one => {
        expect(opened(reader.read(textOf(one)))).toEqual(expected(JSON.parse(inVersion[1](one)) as ExplainedCheck))
      }),
    )
  })

  it('is read the same again, when others were read meanwhile', () => {
    const reader = checkReader()
    const others = fc.array(fc.tuple(fc.constantFrom(1, 2), checks), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(checks, others, (one, more) => {
        const first = opened(reader.read(textOf(one)))
        for (const [as, other] of more) reader.read(inVersion[as](other))
        expect(opened(reader.read(textOf(one)))).toEqual(first)
      }),
      { numRuns: 30 },
    )
  })

  it('is read although its members stand in another order', () => {
    const { approvalRules, ...rest } = JSON.parse(textOf(usual)) as ExplainedCheck
    expect(opened(checkReader().read(JSON.stringify({ ...rest, approvalRules })))).toEqual(expected(usual))
  })

  it('shares what it says with others that say the same', () => {
    const reader = checkReader()
    expect(reader.read(textOf(usual)).policies).toBe(reader.read(textOf({ ...usual, at: '2026-11-25T13:00:00.000Z' })).policies)
  })
})

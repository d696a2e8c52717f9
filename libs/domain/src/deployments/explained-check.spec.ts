import { findDefinition, upcasted, type EventDefinition } from '@muster/contracts'
import { evaluatePolicy } from '@muster/policy'
import { describe, expect, it } from 'vitest'
import { changed, facts, now } from '../testing/example.ts'
import { check, inForceOf, policy } from '../testing/policies.ts'
import { explainedRule } from './check-record.ts'
import { explainedCheck } from './explained-check.ts'

const version1 = findDefinition('deployment.checked.v1') as EventDefinition
const documents = [
  policy(),
  policy({ id: 'strict', assert: 'evaluation.balancedAccuracy > 0.99' }),
  policy({ id: 'watched', mode: 'warn' }),
]
const { policies } = inForceOf(documents)
const versionOf = (id: string) => policies.find(({ document }) => document.id === id)
const { check: recorded } = check(documents)

describe('A recorded check, explained', () => {
  it('says of every rule why it came out so, as when it was checked', () =>
    expect(explainedCheck(recorded, versionOf).rules).toEqual(
      policies.flatMap(one => evaluatePolicy(one, { ...facts, now, point: 'intent' }).rules).map(explainedRule),
    ))

  it('gives reasons of the facts that were recorded, whatever they are today', () => {
    const { check: earlier } = check(documents, { facts: changed(facts, 'evaluation.balancedAccuracy', 0.8) })
    const [passed] = explainedCheck(earlier, versionOf).rules
    expect(passed?.because).toMatchObject([{ values: { 'evaluation.balancedAccuracy': 0.8 } }])
  })

  it('shows a rule that passed without reasons, where its version is not at hand', () => {
    const [passed, failed] = explainedCheck(recorded, () => undefined).rules
    expect(passed).toMatchObject({ outcome: 'pass', because: [], digest: recorded.policies[0]?.digest })
    expect(failed).toEqual(recorded.rules[1])
  })

  it('keeps to the record where a version at hand finds otherwise', () => {
    const [other] = inForceOf([policy({ assert: 'evaluation.balancedAccuracy > 0.99' })]).policies
    expect(explainedCheck(recorded, id => (id === 'accuracy' ? other : undefined)).rules[0]).toMatchObject({ outcome: 'pass', because: [] })
  })

  it('is what was recorded in version 1, of which the record of today is what is read', () => {
    const data = { ...explainedCheck(recorded, versionOf), newlyAsked: [] }
    expect(upcasted(version1, data)).toEqual({ ...recorded, newlyAsked: [] })
  })

  it('keeps the mode in which the version was checked', () => {
    const shadow = { ...recorded, rules: recorded.rules.map(rule => ({ ...rule, mode: 'shadow' as const })) }
    expect(explainedCheck(shadow, versionOf).rules.map(({ mode }) => mode)).toEqual(['shadow', 'shadow', 'shadow'])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evidenceOf, facts, log, target } from '../testing/example.ts'
import { approvalRule, catalogueOf, policy, published } from '../testing/policies.ts'
import { changedDocuments, inForceById, isAffected, sieveOf, type Glance } from './affected.ts'
import { inForce } from './catalogue.ts'
import type { ModelEvidence } from './evidence.ts'
import { factsOf } from './facts.ts'

const at = '2026-11-25T12:00:00.000Z'
const standing = (...documents: Parameters<typeof published>[0][]) =>
  inForce(catalogueOf(...documents.map(document => published(document))), at)
const changed = new Set(['strict'])
const strict = (appliesTo: string) => standing(policy(), policy({ id: 'strict', appliesTo }))
const one = { applied: ['accuracy'], facts, point: 'intent' } as const

describe('A change of the catalogue affects a deployment', () => {
  it('to which a changed policy applies now', () => expect(isAffected(changed, strict('true'), one)).toBe(true))

  it('to which it may apply, since a fact is missing', () =>
    expect(isAffected(changed, strict("model.riskTier == 'high'"), { ...one, facts: {} })).toBe(true))

  it('to which it applied when it was checked last, whatever it says now', () => {
    expect(isAffected(changed, strict('false'), { ...one, applied: ['accuracy', 'strict'] })).toBe(true)
    expect(isAffected(changed, standing(policy()), { ...one, applied: ['accuracy', 'strict'] })).toBe(true)
  })

  it('to which the clock alone may make it apply', () =>
    expect(isAffected(changed, strict("now > timestamp('2027-01-01T00:00:00Z')"), one)).toBe(true))

  it('to which a changed approval rule applies', () =>
    expect(isAffected(changed, standing(approvalRule({ id: 'strict' })), one)).toBe(true))

  it('and none to which it certainly does not, neither before nor now', () => expect(isAffected(changed, strict('1 > 2'), one)).toBe(false))

  it('and none that is checked at another point', () => {
    const catalogue = standing(policy({ id: 'strict', at: ['rollout'] }))
    expect(isAffected(changed, catalogue, one)).toBe(false)
    expect(isAffected(changed, catalogue, { ...one, point: 'rollout' })).toBe(true)
  })
})

describe('At a glance, a deployment may be affected', () => {
  const glance = { id: 'd1', ...target, applied: ['accuracy'] }
  const high: ModelEvidence = { riskTier: 'high' }
  const sift = (appliesTo: string, seen: Glance = glance) => sieveOf(changed, strict(appliesTo))?.(seen, high)

  it('if a changed document may apply, by names and by what its model is', () => {
    expect(sift("model.name == 'credit' && model.riskTier == 'high'")).toBe(true)
    expect(sift("model.type == 'regression'")).toBe(true)
  })

  it('and is held back if none does', () => {
    expect(sift("intent.environment == 'staging'")).toBe(false)
    expect(sieveOf(changed, standing(policy()))?.(glance, high)).toBe(false)
  })

  it('if one of them applied before, or nobody knows what did', () => {
    expect(sift('false', { ...glance, applied: ['strict'] })).toBe(true)
    expect(sift('false', { ...glance, applied: null })).toBe(true)
  })

  it.each([
    "version.framework == 'torch'",
    "model.owner == 'group:credit'",
    "point == 'intent'",
    "now > timestamp('2027-01-01T00:00:00Z')",
  ])('and cannot be told so of %s', appliesTo => expect(sieveOf(changed, strict(appliesTo))).toBeUndefined())

  const literal = fc.constantFrom(
    "model.riskTier == 'high'",
    "model.type != 'regression'",
    'has(model.intendedUse)',
    "model.name in ['credit', 'fraud']",
    "intent.environment == 'staging'",
    "intent.endpoint.startsWith('c')",
    "version.name == '3'",
    "intent.id == 'd2'",
  )
  const selector = fc
    .array(fc.tuple(fc.boolean(), literal, fc.constantFrom('&&', '||')), { minLength: 1, maxLength: 4 })
    .map(parts => parts.map(([not, text, and], index) => `${index === 0 ? '' : and} ${not ? '!' : ''}(${text})`).join(' '))
    .map(text => text.trim())
  const evidence = fc.record(
    {
      riskTier: fc.constantFrom('high' as const, 'limited' as const),
      type: fc.constantFrom('regression', 'classification'),
      intendedUse: fc.constant('Credit decisions'),
      registeredAt: fc.constant(at),
    },
    { requiredKeys: [] },
  )

  it('whenever it is affected, whatever else its facts are', () =>
    fc.assert(
      fc.property(selector, evidence, fc.constantFrom('intent', 'rollout'), (appliesTo, model, point) => {
        const around = evidenceOf(log)
        const whole = { ...around, model }
        const known = factsOf(whole, [], point, 'd1', at)
        const now = inForce(catalogueOf(published(policy({ id: 'strict', at: ['intent', 'rollout'], appliesTo }))), at)
        const mayBe = sieveOf(changed, now)?.(glance, whole.model)
        expect(mayBe).toBe(isAffected(changed, now, { applied: glance.applied, facts: known, point }))
      }),
    ))
})

describe('What changed of a catalogue', () => {
  const before = inForceById(standing(policy(), policy({ id: 'strict' })))

  it('is each document of which another version or mode, or none, is in force', () => {
    expect(changedDocuments(before, before)).toEqual([])
    expect(changedDocuments(before, inForceById(standing(policy())))).toEqual(['strict'])
    expect(changedDocuments(before, inForceById(standing(policy(), policy({ id: 'strict', mode: 'warn' }))))).toEqual(['strict'])
    expect(changedDocuments({}, before)).toEqual(['accuracy', 'strict'])
  })
})

import { describe, expect, it } from 'vitest'
import { facts } from '../testing/example.ts'
import { approvalRule, catalogueOf, policy, published } from '../testing/policies.ts'
import { changedDocuments, inForceById, isAffected } from './affected.ts'
import { inForce } from './catalogue.ts'

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

describe('What changed of a catalogue', () => {
  const before = inForceById(standing(policy(), policy({ id: 'strict' })))

  it('is each document of which another version or mode, or none, is in force', () => {
    expect(changedDocuments(before, before)).toEqual([])
    expect(changedDocuments(before, inForceById(standing(policy())))).toEqual(['strict'])
    expect(changedDocuments(before, inForceById(standing(policy(), policy({ id: 'strict', mode: 'warn' }))))).toEqual(['strict'])
    expect(changedDocuments({}, before)).toEqual(['accuracy', 'strict'])
  })
})

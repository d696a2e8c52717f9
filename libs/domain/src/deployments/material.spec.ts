import { assert, constantFrom, date, nat, property, shuffledSubarray, string } from 'fast-check'
import type { FactValue, PolicyDocument } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { changed, facts, now, people, target } from '../testing/example.ts'
import { approvalRule, catalogueOf, check, policy, published } from '../testing/policies.ts'
import { digest, eventId } from '../testing/recorded.ts'
import { inForce } from './catalogue.ts'
import type { CheckInput } from './check.ts'

const documents: readonly PolicyDocument[] = [
  policy({ appliesTo: "model.riskTier in ['high', 'limited']", assert: 'evaluation.balancedAccuracy >= 0.65' }),
  policy({ id: 'data', assert: "datasets.all(d, d.license != '') || has(version.framework)" }),
  policy({ id: 'fresh', appliesTo: "point in ['intent', 'rollout']", assert: "now - evaluation.at <= duration('P90D')" }),
  approvalRule({ when: 'evaluation.auc < 0.8' }),
]
const materialOf = (change: Partial<CheckInput> = {}, of = documents): string => check(of, change).check.materialDigest
const asked = materialOf()
const withFact = (path: string, value: FactValue | undefined): string => materialOf({ facts: changed(facts, path, value) })

describe('What people agree to stays the same', () => {
  it('wherever in the log, whenever within the outcomes and for whichever event it is checked again', () =>
    assert(
      property(nat(), date({ min: new Date('2026-11-25'), max: new Date('2027-01-01'), noInvalidDate: true }), (position, at) => {
        expect(materialOf({ at: at.toISOString(), asOf: { position, event: eventId(position) } })).toBe(asked)
      }),
    ))

  it('whatever becomes of facts that no rule reads', () =>
    assert(
      property(
        constantFrom('model.intendedUse', 'version.artifactUri', 'datasets.0.origin', 'evaluation.accuracy', 'intent.id', 'endpoint.owner'),
        string(),
        (path, value) => void expect(withFact(path, value)).toBe(asked),
      ),
    ))

  it('in whatever order policies were published and persons were named', () =>
    assert(
      property(
        shuffledSubarray([...documents], { minLength: documents.length }),
        shuffledSubarray([...people], { minLength: people.length }),
        (order, named) => void expect(materialOf({ people: named }, order)).toBe(asked),
      ),
    ))

  it('at whichever point it is checked, where the same policies speak', () => expect(materialOf({ point: 'rollout' })).toBe(asked))

  it('while the owner changes, where no rule excludes the owner', () =>
    expect(materialOf({ people: [...people, { name: 'olga@example.org', as: 'owner', person: 'olga' }] })).toBe(asked))
})

describe('What people agree to becomes another with', () => {
  const olga = { name: 'olga@example.org', as: 'trainer', person: 'olga' } as const

  it.each<[string, string]>([
    ['another artifact', materialOf({ target: { ...target, artifact: digest('other') } })],
    ['another environment', materialOf({ target: { ...target, environment: 'staging' } })],
    ['another endpoint', materialOf({ target: { ...target, endpoint: 'loans' } })],
    ['another version of a policy', materialOf({}, [policy(), ...documents.slice(1)])],
    ['another version of an approval rule', materialOf({}, [...documents.slice(0, 3), approvalRule({ when: 'evaluation.auc <= 0.8' })])],
    ['another policy', materialOf({}, [...documents, policy({ id: 'other', assert: 'true' })])],
    ['one policy less', materialOf({}, documents.slice(1))],
    [
      'another mode',
      materialOf({ catalogue: inForce(catalogueOf(...documents.map(document => published(document, { mode: 'warn' }))), now) }),
    ],
    ['another outcome', withFact('evaluation.balancedAccuracy', 0.6)],
    ['another outcome by the clock alone', materialOf({ at: '2027-03-01T00:00:00.000Z' })],
    ['another value that a rule reads, though nothing comes out otherwise', withFact('evaluation.balancedAccuracy', 0.71)],
    ['another value that an approval rule reads, though it asks all the same', withFact('evaluation.auc', 0.76)],
    ['another value that says whether a policy applies, though it does', withFact('model.riskTier', 'limited')],
    ['a value that the evaluation never came to', withFact('version.framework', 'sklearn')],
    ['a value that went missing', withFact('datasets.1.license', undefined)],
    ['somebody else who may not sign', materialOf({ people: [...people, olga] })],
    ['another reason why somebody may not sign', materialOf({ people: [...people, { name: 'Tom', as: 'requester', person: 'tom' }] })],
    ['a name that maps to nobody', materialOf({ people: [...people, { name: 'robot-7', as: 'trainer' }] })],
    ['one person less who may not sign', materialOf({ people: people.slice(1) })],
  ])('%s', (_, material) => expect(material).not.toBe(asked))

  it('an owner, where a rule excludes the owner', () => {
    const ownersToo = [...documents, approvalRule({ id: 'owners-too', exclude: ['owner'] })]
    const owner = { name: 'olga@example.org', as: 'owner' } as const
    const [none, known, unknown] = [
      materialOf({}, ownersToo),
      materialOf({ people: [...people, { ...owner, person: 'olga' }] }, ownersToo),
      materialOf({ people: [...people, owner] }, ownersToo),
    ]
    expect(new Set([none, known, unknown]).size).toBe(3)
  })

  it('any other value that is read, each with a digest of its own', () =>
    assert(
      property(
        constantFrom(0.66, 0.7, 0.8, 0.9),
        constantFrom(0.66, 0.7, 0.8, 0.9),
        (one, other) =>
          void expect(withFact('evaluation.balancedAccuracy', one) === withFact('evaluation.balancedAccuracy', other)).toBe(one === other),
      ),
    ))
})

import { canonicalJson, factsSchema, type Check, type Facts, type Policy, type PolicyDocument } from '@muster/contracts'
import { compileDocument, type CompiledDocument } from '@muster/policy'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changed, facts, now } from '../testing/example.ts'
import { approvalRule, check, policy } from '../testing/policies.ts'
import { compileDraft, type Draft } from './draft.ts'
import { mentions, recordedFacts } from './facts-then.ts'
import { checkReader } from './recorded-check.ts'
import { tellDifference } from './telling.ts'
import { whatIf, type VersionOf, type WhatIf } from './what-if.ts'

const reader = checkReader()
/** Each run compiles documents. */
const few = { numRuns: 40 }
const drafts = new Map<string, Draft>()
const draftOf = (...documents: readonly PolicyDocument[]): Draft => {
  const known = drafts.get(canonicalJson(documents))
  if (known !== undefined) return known
  const compilation = compileDraft(documents)
  if (!compilation.ok) throw new Error(compilation.diagnostics.map(({ message }) => message).join('; '))
  drafts.set(canonicalJson(documents), compilation.draft)
  return compilation.draft
}
const versionsOf = (documents: readonly PolicyDocument[]): VersionOf => {
  const compiled = new Map<string, CompiledDocument>()
  for (const document of documents) {
    const compilation = compileDocument(document, factsSchema)
    if (compilation.ok) compiled.set(document.id, compilation.compiled)
  }
  return id => compiled.get(id)
}
const recordedBy = (inForce: readonly PolicyDocument[], of: Facts) =>
  reader.read(canonicalJson({ ...check(inForce, { facts: of }).check, newlyAsked: [] }))
const complete = (of: Facts): Facts => ({ ...of, now, point: 'intent' })
/** What the draft would have done to a decision that was made by these documents on these facts. */
const tried = (inForce: readonly PolicyDocument[], draft: readonly PolicyDocument[], of: Facts = facts): WhatIf =>
  whatIf(draftOf(...draft), recordedBy(inForce, of), complete(of), versionsOf(inForce))
const replaced = (inForce: readonly PolicyDocument[], draft: readonly PolicyDocument[]): readonly PolicyDocument[] => [
  ...inForce.filter(({ id }) => !draft.some(document => document.id === id)),
  ...draft,
]

const accuracy = (least: number, rest: Partial<Policy> = {}) =>
  policy({ id: 'accuracy', assert: `evaluation.balancedAccuracy >= ${least}`, ...rest })
const auc = (least: number, rest: Partial<Policy> = {}) => policy({ id: 'auc', assert: `evaluation.auc >= ${least}`, ...rest })
const weak = (below: number) => approvalRule({ id: 'weak', when: `evaluation.balancedAccuracy < ${below}` })
const onFailure = approvalRule({ id: 'on-failure', when: "checks.exists(c, c.outcome != 'pass')" })

const without = (...paths: readonly string[]): Facts => paths.reduce((of, path) => changed(of, path, undefined), facts)

const aFigure = fc.constantFrom(0.5, 0.6, 0.7, 0.8)
const mode = fc.constantFrom('enforce', 'warn', 'shadow')
const onUnknown = fc.constantFrom('block', 'requireApproval')
const appliesTo = fc.constantFrom('true', "model.riskTier == 'high'", "intent.environment == 'staging'")
const somePolicy = fc
  .tuple(aFigure, fc.boolean(), fc.record({ mode, onUnknown, appliesTo }))
  .map(([least, isAuc, rest]) => (isAuc ? auc : accuracy)(least, rest as Partial<Policy>))
const someRule = fc.oneof(aFigure.map(weak), fc.constant(onFailure))
const documents = fc.uniqueArray(fc.oneof(somePolicy, someRule), { selector: ({ id }) => id, minLength: 1, maxLength: 4 })
const someFacts = fc
  .tuple(aFigure, aFigure, fc.subarray(['evaluation.auc', 'evaluation.balancedAccuracy', 'model.riskTier']))
  .map(([accuracyIs, aucIs, lacking]) =>
    lacking.reduce(
      (of, path) => changed(of, path, undefined),
      changed(changed(facts, 'evaluation.balancedAccuracy', accuracyIs), 'evaluation.auc', aucIs),
    ),
  )

describe('A draft, tried on a recorded decision,', () => {
  it('comes to the verdict of the gate with the draft in force, over all documents and facts', () =>
    fc.assert(
      fc.property(documents, documents, someFacts, (inForce, draft, of) => {
        const verdict: Check['verdict'] = check(replaced(inForce, draft), { facts: of }).check.verdict
        expect(tried(inForce, draft, of).now.verdict).toBe(verdict)
      }),
      few,
    ))

  it('that says what was in force changes nothing', () =>
    fc.assert(
      fc.property(documents, someFacts, (inForce, of) => {
        expect(tried(inForce, inForce, of)).toMatchObject({ class: 'unchanged', deciding: [], missing: [] })
      }),
      few,
    ))

  it('that is looser never newly blocks, and one that is stricter never newly allows', () =>
    fc.assert(
      fc.property(aFigure, aFigure, onUnknown, someFacts, (one, other, unknown, of) => {
        const rest = { onUnknown: unknown } as Partial<Policy>
        const [loose, strict] = [accuracy(Math.min(one, other), rest), accuracy(Math.max(one, other), rest)]
        expect(['unchanged', 'newly-allowed', 'newly-needs-approval']).toContain(tried([strict, weak(0.7)], [loose], of).class)
        expect(['unchanged', 'newly-blocked']).toContain(tried([loose, weak(0.7)], [strict], of).class)
      }),
      few,
    ))

  it('that asks for what nobody had recorded newly allows nothing', () =>
    fc.assert(
      fc.property(documents, onUnknown, someFacts, (inForce, unknown, of) => {
        const asks = policy({ id: 'accuracy', assert: "model.intendedUse != ''", onUnknown: unknown })
        expect(tried(inForce, [asks], changed(of, 'model.intendedUse', undefined)).class).not.toBe('newly-allowed')
      }),
      few,
    ))

  it('comes out the same on what was recorded, where that is enough', () =>
    fc.assert(
      fc.property(documents, documents, someFacts, (inForce, draft, of) => {
        const recorded = recordedBy(inForce, of)
        const versionOf = versionsOf(inForce)
        const then = recordedFacts(draftOf(...draft), recorded, mentions(versionOf))
        fc.pre(then !== undefined)
        const { class: found, now: judgement } = whatIf(draftOf(...draft), recorded, then ?? {}, versionOf)
        expect({ class: found, verdict: judgement.verdict }).toEqual({
          class: tried(inForce, draft, of).class,
          verdict: tried(inForce, draft, of).now.verdict,
        })
      }),
      few,
    ))

  it('is undecidable where it depends on a fact that nobody missed then, and says which', () => {
    const found = tried([accuracy(0.6)], [auc(0.7)], without('evaluation.auc'))
    expect(found).toMatchObject({ class: 'undecidable', then: 'cleared', missing: ['evaluation.auc'], deciding: ['auc'] })
    expect(found.now.verdict).toBe('blocked')
  })

  it('is decidable where it comes out the same whatever the fact would have been', () =>
    expect(tried([accuracy(0.9)], [auc(0.7)], without('evaluation.auc'))).toMatchObject({ class: 'unchanged', then: 'blocked' }))

  it('is judged by the gate where the fact was missed then, too', () => {
    const missed = [accuracy(0.6), auc(0.7, { mode: 'warn' })]
    expect(tried(missed, [auc(0.7)], without('evaluation.auc'))).toMatchObject({ class: 'newly-blocked', deciding: ['auc'] })
  })

  it('looks at rules of approval again that look at outcomes', () =>
    expect(tried([accuracy(0.6, { onUnknown: 'requireApproval' }), onFailure], [auc(0.9, { mode: 'warn' })])).toMatchObject({
      class: 'newly-needs-approval',
      then: 'cleared',
    }))

  it('that asks people says so', () => {
    const recorded = recordedBy([accuracy(0.6)], facts)
    const found = whatIf(draftOf(weak(0.8)), recorded, complete(facts), () => undefined)
    const told = tellDifference({ deployment: 'd1', position: 12, event: 'e', about: { team: 'group:credit' } }, recorded, found)
    expect(told).toMatchObject({
      class: 'newly-needs-approval',
      then: 'cleared',
      now: 'approval-required',
      policies: ['weak'],
      team: 'group:credit',
      explanation: ['weak asks: A high risk needs a person.'],
    })
  })

  it('that blocks says by which rule, with the values, and without a version', () => {
    const recorded = recordedBy([accuracy(0.6)], facts)
    const found = whatIf(draftOf(accuracy(0.8)), recorded, complete(facts), () => undefined)
    expect(tellDifference({ deployment: 'd1', position: 12, event: 'e', about: {} }, recorded, found)).toMatchObject({
      reasons: [{ code: 'rule-failed', message: 'It does not separate well enough.', policy: 'accuracy', rule: 'holds' }],
      explanation: [expect.stringContaining('evaluation.balancedAccuracy = 0.7')],
    })
  })

  it('that takes the only policy away leaves nothing that says it is in order', () =>
    expect(tried([accuracy(0.6)], [accuracy(0.6, { appliesTo: 'false' })])).toMatchObject({
      class: 'newly-blocked',
      deciding: ['accuracy'],
    }))
})

describe('The facts of a recorded decision', () => {
  const versionOf = versionsOf([accuracy(0.6)])
  const recorded = recordedBy([accuracy(0.6)], facts)

  it('are those of its record where the policies of that time mention what the draft reads', () =>
    expect(recordedFacts(draftOf(accuracy(0.9)), recorded, mentions(versionOf))).toEqual({
      evaluation: { balancedAccuracy: 0.7 },
      now,
      point: 'intent',
    }))

  it('hold what every decision names', () =>
    expect(
      recordedFacts(draftOf(accuracy(0.9, { appliesTo: "intent.environment == 'production'" })), recorded, mentions(versionOf)),
    ).toMatchObject({ intent: { environment: 'production', endpoint: 'credit' } }))

  it('are not enough where the draft reads anything else, or a version is not at hand', () => {
    expect(recordedFacts(draftOf(auc(0.9)), recorded, mentions(versionOf))).toBeUndefined()
    expect(
      recordedFacts(
        draftOf(accuracy(0.9)),
        recorded,
        mentions(() => undefined),
      ),
    ).toBeUndefined()
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { factsSchema, type Facts, type FactValue } from '@muster/contracts'
import { inForce, performCheck } from '@muster/domain'
import { parsePolicyText } from '@muster/policy'
import { loadPolicy } from '@open-policy-agent/opa-wasm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changed, facts, now, people, target } from '../../../libs/domain/src/testing/example.ts'
import { catalogueOf, published } from '../../../libs/domain/src/testing/policies.ts'
import { sha256 } from '../../../libs/domain/src/testing/recorded.ts'

const starter = new URL('../../../infra/policies/starter/', import.meta.url)
const names = readdirSync(starter).filter(name => !name.endsWith('.cases.yaml'))
const documents = names.flatMap(name => {
  const parsed = parsePolicyText(readFileSync(new URL(name, starter), 'utf8'), name, factsSchema)
  if (!parsed.ok) throw new Error(`${name} does not compile`)
  return parsed.documents.map(({ document }) => document)
})
const catalogue = inForce(catalogueOf(...documents.map(document => published(document))), now)
const policy = await loadPolicy(readFileSync(new URL('policy.wasm', import.meta.url)))

const documented = ['model-card', 'test-report', 'risk-assessment'].map(kind => ({
  kind,
  uri: `https://example.org/${kind}`,
  digest: `sha256:${'e'.repeat(64)}`,
  at: now,
}))
const complete = changed(facts, 'version.documents', documented)

/** Each a path and what may stand there; undefined takes the fact away. */
const changes: readonly (readonly [path: string, ...values: (FactValue | undefined)[]])[] = [
  ['intent.environment', 'staging'],
  ['model.type', 'regression', undefined],
  ['model.riskTier', 'minimal', 'limited', 'prohibited', undefined],
  ['model.owner', '', undefined],
  ['model.intendedUse', '', undefined],
  ['version.artifactDigest', 'sha256:1', undefined],
  ['version.registeredAt', undefined],
  ['version.documents', documented.slice(1), []],
  ['evaluation', undefined],
  ['evaluation.at', '2026-08-01T00:00:00Z', '2026-11-25T11:00:00Z'],
  ['evaluation.balancedAccuracy', 0.59, 0.6, 0.64, 0.65, undefined],
  ['evaluation.fairness.disparateImpact', 0.79, 0.8, 1.25, 1.26, undefined],
  ['datasets', [], undefined],
  ['datasets.0.role', 'validation'],
  ['datasets.0.origin', '', undefined],
  ['datasets.0.license', '', undefined],
  ['datasets.0.personalData', false, undefined],
  ['datasets.1.personalData', false, undefined],
  ['datasets.0.lawfulBasis', '', undefined],
  ['datasets.0.dpia', undefined],
  ['datasets.0.dpia.approvedAt', '2026-12-24T00:00:00Z'],
  ['datasets.0.retainUntil', '2026-11-24T00:00:00Z', '2027-01-01T00:00:00Z'],
]
const change = fc.constantFrom(...changes).chain(([path, ...values]) => fc.tuple(fc.constant(path), fc.constantFrom(...values)))

const statusByMuster = (of: Facts): string => {
  const input = { target, people, facts: of, catalogue, asOf: { position: 1, event: '00000000-0000-4000-8000-000000000000' }, at: now }
  return performCheck({ ...input, point: 'intent' }, sha256).judgement.verdict
}

// oxlint-disable-next-line typescript/no-explicit-any -- it looks into facts of every shape
const statusByHand = (of: any): string => {
  const input = {
    now: Date.parse(of.now),
    intent: of.intent,
    model: of.model,
    version: of.version,
    datasets: of.datasets?.map(({ dpia, retainUntil, ...rest }: { dpia?: { approvedAt: string }; retainUntil?: string }) => ({
      ...rest,
      dpiaApprovedAt: dpia && Date.parse(dpia.approvedAt),
      retainUntil: retainUntil && Date.parse(retainUntil),
    })),
    evaluation: of.evaluation && {
      at: Date.parse(of.evaluation.at),
      balancedAccuracy: of.evaluation.balancedAccuracy,
      disparateImpact: of.evaluation.fairness?.disparateImpact,
    },
  }
  return policy.evaluate(input)[0].result.status
}

describe('The rules that a team would write by hand', () => {
  it('clear what meets every starter policy', () => {
    expect([statusByMuster(complete), statusByHand(complete)]).toEqual(['cleared', 'cleared'])
  })

  it('come to the status that the starter policies come to, whatever is wrong or missing', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), several => {
        const of = several.reduce((before, [path, value]) => changed(before, path, value), complete)
        expect(statusByHand(of)).toBe(statusByMuster(of))
      }),
      { numRuns: 1_000 },
    )
  }, 60_000)
})

import type { Facts } from '@muster/contracts'
import { numbers } from '../../libs/kernel/src/testing/numbers.ts'

/* Facts of about 2 KB, complete, and different enough that every rule sometimes passes and sometimes fails. The same on every machine. */

/** As many are decided upon in turn. */
export const variety = 64

export function factsOf(index: number): Facts {
  const drawn = numbers(Math.imul(index + 1, 0x9e3779b1))
  const between = (low: number, high: number): number => Number((low + (high - low) * drawn()).toFixed(4))
  const whole = (low: number, high: number): number => Math.floor(low + (high - low) * drawn())
  const one = <T>(...values: readonly [T, ...T[]]): T => values[Math.floor(drawn() * values.length)] ?? values[0]
  const instant = (days: number): string => new Date(Date.UTC(2026, 10, 25, 12) - days * 86_400_000).toISOString()

  const dataset = (role: string, name: string) => ({
    name,
    role,
    digest: `sha256:${'d'.repeat(64)}`,
    registered: true,
    origin: 'Hofmann 1994, doi:10.24432/C5NC77',
    license: one('DbCL-1.0', 'CC-BY-4.0', 'proprietary-0', `proprietary-${whole(1, 100)}`),
    categories: one(['personal', 'financial'], ['financial'], ['personal', 'children']),
    personalData: one(true, true, false),
    ...(one(true, true, false) && { lawfulBasis: one('contract', 'consent', `basis-${whole(0, 100)}`) }),
    rows: whole(200, 4_000),
    columns: whole(5, 80),
    missingRate: between(0, 0.08),
    duplicateRate: between(0, 0.04),
    profiledAt: instant(whole(1, 60)),
  })
  const group = (attribute: string, name: string) => ({
    attribute,
    group: name,
    rows: whole(20, 400),
    ...(one(true, true, true, true, false) && { disparateImpact: between(0.7, 1.3) }),
    equalOpportunityDifference: between(-0.2, 0.2),
  })
  return {
    now: instant(0),
    point: 'intent',
    intent: {
      id: `i${index}`,
      environment: one('production', 'production', 'staging', `sandbox-${whole(0, 100)}`),
      endpoint: 'credit',
      requestedBy: 'person:ana',
      declaredAt: instant(0),
    },
    model: {
      name: 'credit',
      registeredAt: instant(80),
      type: 'classification',
      intendedUse: one('Credit decisions', 'Credit decisions', ''),
      owner: one('person:ben', `person:p${whole(0, 100)}`),
      riskTier: one('limited', 'high', 'prohibited'),
    },
    version: {
      name: `v${index}`,
      registeredAt: instant(20),
      artifactDigest: one(`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`, 'unknown'),
      license: one('MIT', 'Apache-2.0', 'GPL-3.0', `LicenseRef-${whole(0, 100)}`),
      sourceCommit: one('9f3c2ab', `c${whole(0, 100)}`),
      trainedBy: ['person:tom'],
      documents: ['model-card', 'test-report', 'risk-assessment'].slice(0, whole(2, 4)).map(kind => ({
        kind,
        uri: `https://example.org/${one('evidence', String(whole(0, 100)))}`,
        digest: `sha256:${'e'.repeat(64)}`,
        at: instant(20),
      })),
    },
    datasets: [dataset('training', 'german-credit'), dataset(one('holdout', 'validation'), 'german-credit-holdout')],
    evaluation: {
      at: instant(whole(1, 130)),
      dataset: 'german-credit-holdout',
      auc: between(0.5, 1),
      accuracy: between(0.5, 1),
      balancedAccuracy: between(0.5, 1),
      f1: between(0.4, 1),
      calibrationError: between(0, 0.1),
      rmse: between(0, 1),
      latencyP99Ms: between(20, 400),
      fairness: {
        disparateImpact: between(0.7, 1.5),
        equalOpportunityDifference: between(-0.2, 0.2),
        groups: [group('age', 'under-25'), group('sex', 'female')],
      },
    },
    evaluations: { count: whole(1, 110), latest: [] },
    endpoint: { registeredAt: instant(90), owner: 'person:ben' },
  }
}

/** What Rego is asked: the same, with instants as milliseconds, since the SDK for JavaScript brings no `time.*`. Made before the clock runs. */
export function regoInput(facts: Facts): unknown {
  const { evaluation, now } = facts as { readonly evaluation: { readonly at: string }; readonly now: string }
  return { ...facts, now: Date.parse(now), evaluation: { ...evaluation, at: Date.parse(evaluation.at) } }
}

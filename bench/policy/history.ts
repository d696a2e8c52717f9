import { createHash } from 'node:crypto'
import { encodeEvent, factsSchema, type Facts, type FactValue, type Policy } from '@muster/contracts'
import { performCheck, type VersionOf } from '@muster/domain'
import { digestOf, type Sha256 } from '@muster/kernel'
import { compileDocument, type CompiledPolicy } from '@muster/policy'
import { factsOf } from './facts.ts'
import { rulesOf, type Rule } from './rules.ts'

/*
 * Recorded decisions, as they stand in the log: checks by twenty rules in four policies, of which seven in ten were cleared; and a draft of all
 * four that asks for a little more of everything.
 */

export interface History {
  /** Events `deployment.checked` as bytes, as a database hands them over. */
  readonly decisions: readonly Buffer[]
  readonly versionOf: VersionOf
  readonly draft: readonly Policy[]
}

const distinct = 1_000
const sha256: Sha256 = bytes => createHash('sha256').update(bytes).digest()

export function recordedHistory(): History {
  const policies = policiesOf(rulesOf(20)).map(published)
  const versions = new Map(policies.map(one => [one.document.id, one]))
  return {
    decisions: Array.from({ length: distinct }, (_, index) => recordedDecision(policies, index)),
    versionOf: id => versions.get(id),
    draft: policiesOf(rulesOf(40).slice(20)),
  }
}

const policiesOf = (rules: readonly Rule[]): readonly Policy[] =>
  Array.from({ length: 4 }, (_, at): Policy => ({
    apiVersion: 'muster.dev/v1',
    kind: 'Policy',
    id: `bench-${at}`,
    title: 'What is measured',
    owner: 'group:bench',
    severity: 'high',
    at: ['intent'],
    appliesTo: 'true',
    rules: rules.slice(at * 5, at * 5 + 5).map(({ id, cel }) => ({ id, assert: cel, message: 'It is not met.' })),
    onUnknown: 'block',
  }))

function published(document: Policy): CompiledPolicy {
  const result = compileDocument(document, factsSchema, { version: 1, digest: digestOf(sha256, document.id) })
  if (!result.ok) throw new Error(result.diagnostics.map(({ path, message }) => `${path} ${message}`).join('\n'))
  return result.compiled
}

function recordedDecision(policies: readonly CompiledPolicy[], index: number): Buffer {
  const artifact = digestOf(sha256, `artifact ${index}`)
  const { check } = performCheck(
    {
      target: { model: 'credit', version: `v${index}`, environment: 'production', endpoint: 'credit', artifact },
      facts: index % 10 < 7 ? inOrder(factsOf(index)) : factsOf(index),
      people: [{ person: 'tom', name: 'tom', as: 'trainer' }],
      catalogue: { policies, approvalRules: [] },
      asOf: { position: 1_000 + index, event: '00000000-0000-4000-8000-000000000000' },
      at: '2026-11-25T12:00:00.000Z',
      point: 'intent',
    },
    sha256,
  )
  return Buffer.from(encodeEvent({ type: 'deployment.checked', ...check, newlyAsked: [] }).data)
}

type Fields = { readonly [name: string]: FactValue }
interface Drawn {
  readonly model: Fields
  readonly version: Fields
  readonly datasets: readonly Fields[]
  readonly evaluation: Fields & { readonly fairness: Fields & { readonly groups: readonly Fields[] } }
}

/** The same, with every figure moved to where all twenty rules pass; some of them only just. */
function inOrder(facts: Facts): Facts {
  const { model, version, datasets, evaluation } = facts as unknown as Drawn
  /** From one range to another. */
  const moved = (value: FactValue | undefined, [from, to]: Range, [low, high]: Range): number =>
    Number((low + ((high - low) * (Number(value) - from)) / (to - from)).toFixed(4))
  const { fairness } = evaluation
  return {
    ...facts,
    model: { ...model, intendedUse: 'Credit decisions', owner: 'person:ben', riskTier: model['riskTier'] === 'high' ? 'high' : 'limited' },
    version: {
      ...version,
      artifactDigest: `sha256:${'a'.repeat(64)}`,
      license: 'MIT',
      sourceCommit: '9f3c2ab',
      documents: [
        { kind: 'risk-assessment', uri: 'https://example.org/evidence', digest: `sha256:${'e'.repeat(64)}`, at: facts['now'] ?? '' },
      ],
    },
    datasets: datasets.map((one, index) => ({
      ...one,
      role: index === 0 ? 'training' : 'holdout',
      license: 'CC-BY-4.0',
      lawfulBasis: 'contract',
      categories: ['personal', 'financial'],
      rows: Number(one['rows']) + 400,
      missingRate: moved(one['missingRate'], [0, 0.08], [0, 0.04]),
      duplicateRate: moved(one['duplicateRate'], [0, 0.04], [0, 0.02]),
    })),
    evaluation: {
      ...evaluation,
      at: '2026-11-20T12:00:00.000Z',
      auc: moved(evaluation['auc'], [0.5, 1], [0.6, 1]),
      accuracy: moved(evaluation['accuracy'], [0.5, 1], [0.65, 1]),
      balancedAccuracy: moved(evaluation['balancedAccuracy'], [0.5, 1], [0.55, 1]),
      f1: moved(evaluation['f1'], [0.4, 1], [0.6, 1]),
      calibrationError: moved(evaluation['calibrationError'], [0, 0.1], [0, 0.02]),
      latencyP99Ms: moved(evaluation['latencyP99Ms'], [20, 400], [20, 80]),
      fairness: {
        ...fairness,
        disparateImpact: moved(fairness['disparateImpact'], [0.7, 1.5], [0.8, 1.25]),
        groups: fairness.groups.map(group => ({
          ...group,
          disparateImpact: moved(group['disparateImpact'] ?? 1, [0.7, 1.3], [0.75, 1.3]),
        })),
      },
    },
    evaluations: { count: 5, latest: [] },
  }
}

type Range = readonly [from: number, to: number]

import {
  canonicalJson,
  modeOf,
  streamName,
  type ApprovalRule,
  type Facts,
  type Policy,
  type PolicyDocument,
  type PolicyPublished,
} from '@muster/contracts'
import { byCodeUnit } from '@muster/kernel'
import { emptyCatalogue, foldCatalogue, inForce, type Catalogue, type InForce } from '../deployments/catalogue.ts'
import { performCheck, type CheckInput, type CheckResult } from '../deployments/check.ts'
import type { Evaluator } from '../deployments/checkable.ts'
import { eventId, digest, recorded, sha256 } from './recorded.ts'
import { facts, now, people, target } from './example.ts'

/* Policies of one rule each, the catalogue that they make, and checks of the example by it. */

/** A policy with one rule, `accuracy/holds` unless told otherwise. */
export const policy = ({
  assert = 'evaluation.balancedAccuracy >= 0.65',
  ...rest
}: Partial<Policy> & { readonly assert?: string } = {}): Policy => ({
  apiVersion: 'muster.dev/v1',
  kind: 'Policy',
  id: 'accuracy',
  title: 'The model separates well enough',
  owner: 'group:model-risk',
  severity: 'high',
  at: ['intent', 'rollout', 'signal'],
  appliesTo: 'true',
  rules: [{ id: 'holds', assert, message: 'It does not separate well enough.' }],
  onUnknown: 'block',
  ...rest,
})

export const approvalRule = (rest: Partial<ApprovalRule> = {}): ApprovalRule => ({
  apiVersion: 'muster.dev/v1',
  kind: 'ApprovalRule',
  id: 'high-risk',
  title: 'A high risk needs a person',
  owner: 'group:model-risk',
  appliesTo: 'true',
  when: 'true',
  needs: [{ role: 'model-risk', count: 1 }],
  ...rest,
})

export const published = (document: PolicyDocument, rest: Partial<PolicyPublished> = {}): PolicyPublished => ({
  type: 'policy.published',
  version: 1,
  digest: digest(canonicalJson(document)),
  document,
  mode: modeOf(document),
  effectiveFrom: document.effective?.from ?? '2026-01-01T00:00:00Z',
  ...(document.effective?.until !== undefined && { effectiveUntil: document.effective.until }),
  reviewed: true,
  ...rest,
})

export const catalogueOf = (...events: readonly PolicyPublished[]): Catalogue =>
  events.reduce((all, event) => foldCatalogue(all, recorded(streamName('policy', event.document.id), event)), emptyCatalogue)

const compiled = new WeakMap<PolicyDocument, Catalogue['versions']>()

/** The documents, published; each is compiled once, however often a property asks. */
function publishedAll(documents: readonly PolicyDocument[]): Catalogue {
  const versions = documents.flatMap(document => {
    const known = compiled.get(document) ?? catalogueOf(published(document)).versions
    compiled.set(document, known)
    return [...known]
  })
  return { versions: new Map(versions) }
}

/** In force: these documents, and others that are tried in shadow beside them, each as the version after. */
export function tried(documents: readonly PolicyDocument[], trials: readonly PolicyDocument[], at = now): InForce {
  const [standing, beside] = [
    inForce(publishedAll(documents), at),
    inForce(catalogueOf(...trials.map(trial => published(trial, { version: 2, mode: 'shadow' }))), at),
  ]
  const byId = <Compiled extends { readonly document: PolicyDocument }>(all: readonly Compiled[]): readonly Compiled[] =>
    all.toSorted((one, other) => byCodeUnit(one.document.id, other.document.id))
  return {
    ...standing,
    policies: byId([...standing.policies, ...beside.policies]),
    approvalRules: byId([...standing.approvalRules, ...beside.approvalRules]),
  }
}

export const inForceOf = (documents: readonly PolicyDocument[], at = now): InForce => inForce(publishedAll(documents), at)

/** A check of the example by these documents, with whatever a specification changes. */
export function check(
  documents: readonly PolicyDocument[],
  { at = now, point = 'intent', ...rest }: Partial<CheckInput> & { readonly facts?: Facts } = {},
  evaluator?: Evaluator,
): CheckResult {
  const catalogue = inForceOf(documents, at)
  const input = { target, facts, people, catalogue, asOf: { position: 11, event: eventId(11) }, ...rest, at, point }
  return performCheck({ ...input, facts: { ...input.facts, now: at, point } }, sha256, evaluator)
}

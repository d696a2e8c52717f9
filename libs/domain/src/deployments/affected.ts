import type { Facts } from '@muster/contracts'
import { evaluateExpression, type CompiledApprovalRule, type CompiledPolicy } from '@muster/policy'
import type { InForce } from './catalogue.ts'
import { reference } from './check-record.ts'
import type { ModelEvidence } from './evidence.ts'
import { modelFacts, type DecisionPoint } from './facts.ts'

/*
 * Whom a change of the catalogue affects: those to whom a changed document applied when they were checked last, and those to whom it does not
 * certainly not apply now. All others would come out as before, so they need no check.
 */

/** What is in force of each document, by id. */
export type InForceById = Readonly<Record<string, string>>

export function inForceById({ policies, approvalRules }: InForce): InForceById {
  const found = new Map<string, string[]>()
  for (const compiled of [...policies, ...approvalRules]) {
    const { policy, version, digest, mode } = reference(compiled)
    found.set(policy, [...(found.get(policy) ?? []), `${version} ${mode} ${digest}`])
  }
  return Object.fromEntries([...found].map(([id, versions]) => [id, versions.join(', ')]))
}

/** Ids of the documents of which something else is in force. */
export const changedDocuments = (before: InForceById, after: InForceById): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(id => before[id] !== after[id])

export interface Affectable {
  /** Ids of the documents that applied when it was checked last, certainly or perhaps. */
  readonly applied: readonly string[]
  readonly facts: Facts
  readonly point: DecisionPoint
}

export function isAffected(changed: ReadonlySet<string>, catalogue: InForce, { applied, facts, point }: Affectable): boolean {
  const mayApply = ({ document, appliesTo }: CompiledPolicy | CompiledApprovalRule): boolean => {
    if (!changed.has(document.id)) return false
    const { value, flipsAt } = evaluateExpression(appliesTo, facts)
    // What the clock alone may bring must be in the next check's date.
    return value !== false || flipsAt !== undefined
  }
  return (
    applied.some(id => changed.has(id)) ||
    catalogue.policies.some(policy => policy.document.at.includes(point) && mayApply(policy)) ||
    catalogue.approvalRules.some(mayApply)
  )
}

/** What is known of a deployment at a glance, before any stream but its model's is read. */
export interface Glance {
  readonly id: string
  readonly model: string
  readonly version: string
  readonly environment: string
  readonly endpoint: string
  /** As in `Affectable`; null when that is not known. */
  readonly applied: readonly string[] | null
}

/** The facts that a glance tells as they are, or tells that they are not there. */
const toldAtAGlance = new Set([
  'intent.id',
  'intent.environment',
  'intent.endpoint',
  'model.name',
  'model.registeredAt',
  'model.type',
  'model.intendedUse',
  'model.riskTier',
  'version.name',
])

/**
 * Tells at a glance whom the change may affect: whoever it holds back, `isAffected` would too, at any point and whatever the other facts are,
 * since what the changed documents apply to mentions no other. Nothing when one of them mentions more.
 */
export function sieveOf(
  changed: ReadonlySet<string>,
  { policies, approvalRules }: InForce,
): ((glance: Glance, model: ModelEvidence) => boolean) | undefined {
  const selectors = [...policies, ...approvalRules].flatMap(({ document, appliesTo }) => (changed.has(document.id) ? [appliesTo] : []))
  if (!selectors.every(({ reads, usesNow }) => !usesNow && reads.every(path => toldAtAGlance.has(path)))) return undefined
  return ({ id, model, version, environment, endpoint, applied }, evidence) => {
    if (applied === null || applied.some(document => changed.has(document))) return true
    const facts = { intent: { id, environment, endpoint }, model: modelFacts(model, evidence), version: { name: version } }
    return selectors.some(selector => evaluateExpression(selector, facts).value !== false)
  }
}

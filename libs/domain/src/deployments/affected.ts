import type { Facts } from '@muster/contracts'
import { evaluateExpression, type CompiledApprovalRule, type CompiledPolicy } from '@muster/policy'
import type { InForce } from './catalogue.ts'
import { reference } from './check-record.ts'
import type { DecisionPoint } from './facts.ts'

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

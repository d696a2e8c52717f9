import {
  approvalResultsOf,
  compilePolicySet,
  evaluateApprovalRule,
  evaluatePolicy,
  evaluatePolicySet,
  resultsOf,
  type ApprovalRuleResult,
  type CompiledApprovalRule,
  type CompiledPolicy,
  type PolicyResult,
  type PolicySet,
} from '@muster/policy'
import type { Facts } from '@muster/contracts'
import { byCodeUnit } from '@muster/kernel'
import type { InForce } from './catalogue.ts'
import { decides } from './check-record.ts'
import type { DecisionPoint } from './facts.ts'

/*
 * What is checked at a decision point: the documents in force there, as one program for the policies and one for the approval rules, which
 * see what came out of the policies.
 *
 * A catalogue is in force for days and is checked by the thousand, so what was compiled is kept, and found again by the documents themselves:
 * it does not matter who put the list together, or for which instant.
 */

export interface Checkable {
  readonly policies: readonly CompiledPolicy[]
  readonly approvalRules: readonly CompiledApprovalRule[]
  readonly policySet: PolicySet
  readonly approvalRuleSet: PolicySet
  /** Path patterns of the facts that the documents mention, sorted: all of them, and those that decide. */
  readonly mentioned: readonly string[]
  readonly mentionedByDeciding: readonly string[]
}

/** Who says how policies come out. Both say the same, to the byte; the simple one says it slowly, and plainly. */
export interface Evaluator {
  readonly policies: (checkable: Checkable, facts: Facts) => readonly PolicyResult[]
  readonly approvalRules: (checkable: Checkable, facts: Facts) => readonly ApprovalRuleResult[]
}

export const engine: Evaluator = {
  policies: ({ policySet }, facts) => resultsOf(evaluatePolicySet(policySet, facts)),
  approvalRules: ({ approvalRuleSet }, facts) => approvalResultsOf(evaluatePolicySet(approvalRuleSet, facts)),
}

export const simpleEvaluator: Evaluator = {
  policies: ({ policies }, facts) => policies.map(policy => evaluatePolicy(policy, facts)),
  approvalRules: ({ approvalRules }, facts) => approvalRules.map(rule => evaluateApprovalRule(rule, facts)),
}

/** Two decision points, two states of the catalogue while it changes, and as much again for who looks at the past. */
const mostKept = 8
let kept: readonly Checkable[] = []

export function checkableAt(point: DecisionPoint, { policies: inForce, approvalRules }: InForce): Checkable {
  const policies = inForce.filter(({ document }) => document.at.includes(point))
  const found = kept.find(one => isSame(one.policies, policies) && isSame(one.approvalRules, approvalRules)) ?? compiled()
  if (kept[0] !== found) kept = [found, ...kept.filter(one => one !== found)].slice(0, mostKept)
  return found

  function compiled(): Checkable {
    const documents = [...policies, ...approvalRules]
    return {
      policies,
      approvalRules,
      policySet: compilePolicySet(policies, []),
      approvalRuleSet: compilePolicySet([], approvalRules),
      mentioned: mentionedBy(documents),
      mentionedByDeciding: mentionedBy(documents.filter(decides)),
    }
  }
}

const isSame = (some: readonly unknown[], others: readonly unknown[]): boolean =>
  some.length === others.length && some.every((one, index) => one === others[index])

/** The clock, and what came out of the policies, are no facts of a snapshot. */
const mentionedBy = (documents: readonly Pick<CompiledPolicy, 'reads'>[]): readonly string[] =>
  [...new Set(documents.flatMap(({ reads }) => reads))].filter(path => path !== 'now' && !path.startsWith('checks')).toSorted(byCodeUnit)

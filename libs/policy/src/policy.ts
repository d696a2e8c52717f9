import { modeOf, type Facts, type Policy, type PolicyMode, type Severity } from '@muster/contracts'
import type { CompiledExpression } from './compile.ts'
import type { CompiledApprovalRule, CompiledPolicy, CompiledRule } from './document.ts'
import { evaluateExpression, type Evaluation } from './evaluate.ts'
import type { Explained, Truth } from './scope.ts'

/*
 * What a policy says about facts. Pure: the same policy on the same facts gives the same answer, the clock being the fact `now`.
 *
 * A policy whose `appliesTo` is unknown or in error applies, and its rules come out so: a missing risk tier never skips a policy.
 * The same holds for an approval rule: unless its `when` is certainly false, it asks.
 */

export type Outcome = 'pass' | 'fail' | 'unknown' | 'error'

export interface RuleResult {
  readonly policy: string
  readonly version: number
  readonly digest: string
  readonly mode: PolicyMode
  readonly severity: Severity
  readonly onUnknown: Policy['onUnknown']
  readonly rule: string
  readonly outcome: Outcome
  readonly message: string
  readonly missing: readonly string[]
  readonly errors: readonly string[]
  readonly because: readonly Explained[]
  /** Path patterns that the rule and its `appliesTo` mention, sorted. */
  readonly reads: readonly string[]
  readonly flipsAt?: string
}

export interface PolicyResult {
  readonly applies: Truth
  /** Empty when it certainly does not apply. */
  readonly rules: readonly RuleResult[]
  /** The earliest instant at which anything here may come out otherwise by the clock alone. */
  readonly flipsAt?: string
}

export const evaluatePolicy = (policy: CompiledPolicy, facts: Facts): PolicyResult =>
  policyResult(policy, expression => evaluateExpression(expression, facts))

/** How an expression of it came out, whoever evaluated it. */
type Evaluate = (expression: CompiledExpression) => Evaluation

export function policyResult(policy: CompiledPolicy, evaluate: Evaluate): PolicyResult {
  const applies = evaluate(policy.appliesTo)
  const rules = applies.value === false ? [] : policy.rules.map(rule => ruleResult(policy, applies, rule, evaluate))
  return { applies: applies.value, rules, ...earliest([applies, ...rules]) }
}

function ruleResult(policy: CompiledPolicy, applies: Evaluation, { id, message, assert }: CompiledRule, evaluate: Evaluate): RuleResult {
  const { document, version, digest, appliesTo } = policy
  const decisive = applies.value === true ? evaluate(assert) : applies
  const { value, missing, errors, flipsAt } = decisive
  return {
    policy: document.id,
    version,
    digest,
    mode: modeOf(document),
    severity: document.severity,
    onUnknown: document.onUnknown,
    rule: id,
    outcome: outcomeOf(value),
    message,
    missing,
    errors,
    // Words are made when they are asked for, which of a rule that passed they rarely are.
    get because() {
      return decisive.because
    },
    reads: readsOfRule(appliesTo, assert),
    ...(flipsAt !== undefined && { flipsAt }),
  }
}

const known = new WeakMap<CompiledExpression, WeakMap<CompiledExpression, readonly string[]>>()

/** The same list for the same rule, since it says so in every check. */
function readsOfRule(appliesTo: CompiledExpression, assert: CompiledExpression): readonly string[] {
  const ofPolicy = known.get(appliesTo) ?? new WeakMap<CompiledExpression, readonly string[]>()
  const reads = ofPolicy.get(assert) ?? [...new Set([...appliesTo.reads, ...assert.reads])].toSorted()
  known.set(appliesTo, ofPolicy.set(assert, reads))
  return reads
}

function outcomeOf(value: Truth): Outcome {
  if (typeof value === 'string') return value
  return value ? 'pass' : 'fail'
}

export interface ApprovalRuleResult {
  readonly rule: string
  readonly version: number
  readonly digest: string
  readonly applies: Truth
  /** What `when` came out as, or `appliesTo` where that is not certain. */
  readonly when: Truth
  /** Whether it asks for its approvals: always, unless it certainly does not. */
  readonly needed: boolean
  readonly missing: readonly string[]
  readonly errors: readonly string[]
  readonly because: readonly Explained[]
  readonly reads: readonly string[]
  readonly flipsAt?: string
}

/** `facts.checks` are the outcomes of the policies, where the rule asks about them. */
export const evaluateApprovalRule = (rule: CompiledApprovalRule, facts: Facts): ApprovalRuleResult =>
  approvalRuleResult(rule, expression => evaluateExpression(expression, facts))

export function approvalRuleResult(rule: CompiledApprovalRule, evaluate: Evaluate): ApprovalRuleResult {
  const applies = evaluate(rule.appliesTo)
  const decisive = applies.value === true ? evaluate(rule.when) : applies
  const { value, missing, errors } = decisive
  return {
    rule: rule.document.id,
    version: rule.version,
    digest: rule.digest,
    applies: applies.value,
    when: value,
    needed: value !== false,
    missing,
    errors,
    get because() {
      return decisive.because
    },
    reads: rule.reads,
    ...earliest([applies, decisive]),
  }
}

/** The canonical form sorts by time up to the second; below it by length, so instants are compared padded. */
function earliest(results: readonly { readonly flipsAt?: string }[]): { readonly flipsAt?: string } {
  const [first] = results.flatMap(({ flipsAt }) => flipsAt ?? []).toSorted((one, other) => (padded(one) < padded(other) ? -1 : 1))
  return first === undefined ? {} : { flipsAt: first }
}

const padded = (instant: string): string => instant.slice(0, 19) + instant.slice(19, -1).padEnd(7, instant.length === 20 ? '.000000' : '0')

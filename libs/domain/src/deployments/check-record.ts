import { modeOf, passedRule, type PassedRule, type RuleCheck, type UnmetRule } from '@muster/contracts'
import type { ApprovalRuleResult, CompiledApprovalRule, CompiledPolicy, Explained, RuleResult } from '@muster/policy'

/* Results of policies in the shapes in which a check records them. */

/** What is in shadow is recorded, and nothing follows from it: no verdict, no question, no other digest. */
export const decides = (compiled: CompiledPolicy | CompiledApprovalRule): boolean => modeOf(compiled.document) !== 'shadow'

export const reference = (compiled: CompiledPolicy | CompiledApprovalRule) => ({
  policy: compiled.document.id,
  version: compiled.version,
  digest: compiled.digest,
  mode: modeOf(compiled.document),
})

const copied = ({ text, values, result }: Explained) => ({ text, values: { ...values }, result })

export function recordedRule(result: RuleResult): PassedRule | UnmetRule {
  const { outcome } = result
  return outcome === 'pass' ? passedRule(result) : { ...explainedRule(result), outcome }
}

export const explainedRule = ({
  policy,
  version,
  digest,
  mode,
  rule,
  severity,
  onUnknown,
  outcome,
  message,
  missing,
  errors,
  because,
}: RuleResult): RuleCheck => ({
  policy,
  version,
  digest,
  mode,
  rule,
  severity,
  onUnknown,
  outcome,
  message,
  missing: [...missing],
  errors: [...errors],
  because: because.map(copied),
})

/** Why, of one that asks or may have to. */
export const recordedApprovalRule = (document: CompiledApprovalRule, result: Pick<ApprovalRuleResult, 'when' | 'because'>) => ({
  ...reference(document),
  needed: result.when,
  because: result.when === false ? [] : result.because.map(copied),
})

/** Where the facts are too much to be recorded, a rule may not be said to hold: nobody could find out why. */
export const ruleInError = (result: RuleResult, message: string): UnmetRule => ({
  ...explainedRule({ ...result, because: [] }),
  outcome: 'error',
  missing: [],
  errors: [message],
})

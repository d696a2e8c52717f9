import { modeOf, type RuleCheck } from '@muster/contracts'
import type { CompiledApprovalRule, CompiledPolicy, Explained, RuleResult } from '@muster/policy'

/* Results of policies in the shapes in which a check records them. */

/** What is in shadow is recorded, and nothing follows from it: no verdict, no question, no other digest. */
export const decides = (compiled: CompiledPolicy | CompiledApprovalRule): boolean => modeOf(compiled.document) !== 'shadow'

export const reference = (compiled: CompiledPolicy | CompiledApprovalRule) => ({
  policy: compiled.document.id,
  version: compiled.version,
  digest: compiled.digest,
  mode: modeOf(compiled.document),
})

export const copied = ({ text, values, result }: Explained) => ({ text, values: { ...values }, result })

export const recordedRule = ({
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

export const inError = (message: string) => ({ outcome: 'error' as const, missing: [], errors: [message], because: [] })

import { z } from 'zod'
import { checkOutcomes, decisionPoints } from '../facts.ts'
import { PolicyMode, Severity } from '../policies/document.ts'
import { ClaimedName, Digest, Fact, Instant, Person, Position } from '../primitives.ts'

/*
 * A check as it is recorded: enough to be read by people, and to be performed again by anyone, years later. Of a rule that passed only that it
 * did: why is found again from the snapshot and the version of the policy, which never change.
 */

/** What an expression came out as: three-valued, or an error. */
export const Truth = z.union([z.boolean(), z.enum(['unknown', 'error'])])
const PolicyReference = { policy: z.string(), version: z.int().min(1), digest: Digest, mode: PolicyMode }

/** One sub-expression that decided, the values that it read, and what came out. */
export const Because = z.strictObject({ text: z.string(), values: z.record(z.string(), Fact), result: Truth })

export const AppliedPolicy = z.strictObject({ ...PolicyReference, applies: Truth })

/** A rule with why it came out so. */
export const RuleCheck = z.strictObject({
  ...PolicyReference,
  rule: z.string(),
  severity: Severity,
  onUnknown: z.enum(['block', 'requireApproval']),
  outcome: z.enum(checkOutcomes),
  message: z.string().describe('What the policy tells people.'),
  missing: z.array(z.string()).describe('Paths of required facts that are missing.'),
  errors: z.array(z.string()),
  because: z.array(Because),
})

const { policy, version, mode, rule, severity } = RuleCheck.shape
export const PassedRule = z.strictObject({ policy, version, mode, rule, severity, outcome: z.literal('pass') })
export const UnmetRule = z.strictObject({ ...RuleCheck.shape, outcome: z.enum(checkOutcomes).exclude(['pass']) })

export const ApprovalRuleCheck = z.strictObject({ ...PolicyReference, needed: Truth, because: z.array(Because) })

export const Target = z.strictObject({
  model: z.string(),
  version: z.string(),
  environment: z.string(),
  endpoint: z.string(),
  artifact: Digest.optional().describe('Digest of the artifact, once the version is registered. A clearance holds for nothing else.'),
})

export const verdicts = ['cleared', 'blocked', 'approval-required'] as const

export const Check = z.strictObject({
  target: Target,
  asOf: z
    .strictObject({ position: Position, event: z.uuid() })
    .describe('The newest event that was taken into account. A verifier goes by the event.'),
  at: Instant.describe('The instant of the decision: the only clock.'),
  point: z.enum(decisionPoints),
  engine: z
    .strictObject({ policy: z.int(), facts: z.int(), fold: z.int() })
    .describe('Versions of the language, the facts contract and the fold.'),
  policies: z.array(AppliedPolicy).describe('Every policy and approval rule in force, and whether it applied.'),
  rules: z.array(z.discriminatedUnion('outcome', [PassedRule, UnmetRule])),
  approvalRules: z.array(ApprovalRuleCheck),
  people: z
    .array(
      z.strictObject({ name: ClaimedName, as: z.enum(['trainer', 'requester', 'owner', 'endpoint-owner']), person: Person.optional() }),
    )
    .describe('Which names stood for which persons. A name without a person maps to nobody.'),
  snapshot: z.record(z.string(), Fact).describe('The facts that the policies mention, and no others.'),
  snapshotDigest: Digest,
  materialDigest: Digest.describe('SHA-256 over what an approval agrees to: see the guide on decisions.'),
  verdict: z.enum(verdicts).describe('What follows from the record by itself.'),
  nextCheckAt: Instant.describe('The earliest instant at which a recorded outcome may change by itself; at most a day away.'),
})

/** A check as people are shown it: with why, of the rules that passed too. */
export const ExplainedCheck = z.strictObject({ ...Check.shape, rules: z.array(RuleCheck) })

/** What is recorded of a rule that passed, from whatever says more of it. */
export const passedRule = ({ policy, version, mode, rule, severity }: Omit<PassedRule, 'outcome'>): PassedRule => ({
  policy,
  version,
  mode,
  rule,
  severity,
  outcome: 'pass',
})

export const isUnmet = <Rule extends Pick<RuleCheck, 'outcome'>>(rule: Rule): rule is Exclude<Rule, { outcome: 'pass' }> =>
  rule.outcome !== 'pass'

export const Reason = z.strictObject({
  code: z.enum([
    'rule-failed',
    'rule-unknown',
    'rule-error',
    'no-policy-applies',
    'nobody-to-ask',
    'snapshot-too-large',
    'not-registered-in-time',
    'intent-withdrawn',
    'approval-rejected',
  ]),
  message: z.string(),
  policy: z.string().optional(),
  version: z.int().optional(),
  rule: z.string().optional(),
})

export type Truth = z.infer<typeof Truth>
export type Because = z.infer<typeof Because>
export type AppliedPolicy = z.infer<typeof AppliedPolicy>
export type RuleCheck = z.infer<typeof RuleCheck>
export type PassedRule = z.infer<typeof PassedRule>
export type UnmetRule = z.infer<typeof UnmetRule>
export type ApprovalRuleCheck = z.infer<typeof ApprovalRuleCheck>
export type Check = z.infer<typeof Check>
export type ExplainedCheck = z.infer<typeof ExplainedCheck>
export type Target = z.infer<typeof Target>
export type Reason = z.infer<typeof Reason>

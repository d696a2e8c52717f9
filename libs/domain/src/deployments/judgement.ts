import {
  isUnmet,
  Severity,
  type ApprovalRequired,
  type ApprovalRule,
  type Check,
  type Exclusion,
  type Need,
  type PassedRule,
  type Reason,
  type RuleCheck,
  type UnmetRule,
} from '@muster/contracts'
import { isNonEmpty, type NonEmpty } from '@muster/kernel'

/*
 * The gate: what follows from a check. It fails closed.
 *
 * Blocked outranks approval required, which outranks cleared. Only enforced policies speak: an enforced fail or error blocks, an enforced
 * unknown does what the policy's `onUnknown` says. Where no enforced policy applies, nothing was found to be in order, so it is blocked.
 *
 * That is the one order of priority among policies, and none overrides another: all that stands in the way is named, the most severe first,
 * then in the order of the ids of the policies and as each of them lists its rules.
 */

export type Question = Pick<ApprovalRequired, 'approvalRules' | 'needs' | 'excluded' | 'unmapped'>

export type Judgement =
  | { readonly verdict: 'cleared' }
  | { readonly verdict: 'blocked'; readonly reasons: NonEmpty<Reason> }
  | { readonly verdict: 'approval-required'; readonly question: Question }

/** How a rule came out; why it did decides nothing. */
export type JudgedRule = PassedRule | JudgedUnmet
export type JudgedUnmet = Omit<UnmetRule, 'because' | 'digest'>

export interface AskingRule {
  readonly document: Pick<ApprovalRule, 'id' | 'needs'>
  readonly version: number
  readonly digest: string
}

export interface JudgementInput {
  readonly applied: Check['policies']
  readonly rules: readonly JudgedRule[]
  /** The enforced approval rules whose `when` is true, unknown or in error. */
  readonly asking: readonly AskingRule[]
  readonly excluded: readonly Exclusion[]
  readonly unmapped: readonly string[]
  readonly fits: boolean
  readonly tooLarge: string
}

export function judge({ applied, rules, asking, excluded, unmapped, fits, tooLarge }: JudgementInput): Judgement {
  if (!fits) return blocked([{ code: 'snapshot-too-large', message: tooLarge }])
  const enforced = rules.filter(({ mode }) => mode === 'enforce')
  if (enforced.length === 0) {
    const considered = applied.length === 0 ? 'the catalogue is empty' : 'of those in the catalogue, none says that it does'
    return blocked([{ code: 'no-policy-applies', message: `No enforced policy applies to this deployment: ${considered}.` }])
  }
  const unmet = enforced.filter(isUnmet)
  const reasons = bySeverity(unmet.filter(stops)).map(reasonOf)
  if (isNonEmpty(reasons)) return blocked(reasons)

  const unknown = unmet.filter(({ outcome }) => outcome === 'unknown')
  if (asking.length === 0 && unknown.length === 0) return { verdict: 'cleared' }
  const approvalRules = asking.map(({ document, version, digest }) => ({ id: document.id, version, digest }))
  if (!isNonEmpty(approvalRules)) {
    const message = 'An approval is needed, and no approval rule says from whom.'
    return blocked([{ code: 'nobody-to-ask', message }, ...bySeverity(unknown).map(reasonOf)])
  }
  return {
    verdict: 'approval-required',
    question: { approvalRules: [...approvalRules], needs: needsOf(asking), excluded: [...excluded], unmapped: [...unmapped] },
  }
}

/** The check has them in the order of ids already, which sorting keeps among equals. */
const bySeverity = (rules: readonly JudgedUnmet[]): readonly JudgedUnmet[] =>
  rules.toSorted((one, other) => severities.indexOf(other.severity) - severities.indexOf(one.severity))
const severities = Severity.options

const blocked = (reasons: NonEmpty<Reason>): Judgement => ({ verdict: 'blocked', reasons })

/** Whether an enforced rule stands in the way, whatever people say. */
export const stops = (rule: Pick<PassedRule, 'outcome'> | Pick<RuleCheck, 'outcome' | 'onUnknown'>): boolean =>
  rule.outcome === 'fail' || rule.outcome === 'error' || (rule.outcome === 'unknown' && rule.onUnknown === 'block')

/**
 * Whether a judgement revokes a clearance. It does when a rule stands in the way, and not because no policy applies any more or because
 * nobody could be asked today: these two reasons stand alone or first.
 */
export const revokes = (judgement: Judgement): judgement is Extract<Judgement, { verdict: 'blocked' }> =>
  judgement.verdict === 'blocked' && judgement.reasons[0].code !== 'no-policy-applies' && judgement.reasons[0].code !== 'nobody-to-ask'

type Told = Pick<RuleCheck, 'policy' | 'version' | 'rule' | 'outcome' | 'message'> &
  Readonly<Record<'missing' | 'errors', readonly string[]>>

export const reasonOf = ({ policy, version, rule, outcome, message, missing, errors }: Told): Reason => {
  switch (outcome) {
    case 'pass':
    case 'fail':
      return { code: 'rule-failed', message, policy, version, rule }
    case 'unknown':
      return {
        code: 'rule-unknown',
        message: `${message} Unknown, since ${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} missing.`,
        policy,
        version,
        rule,
      }
    case 'error':
      return { code: 'rule-error', message: `${message} It could not be evaluated: ${errors.join('; ')}.`, policy, version, rule }
  }
}

const listed = (paths: readonly string[]): string =>
  paths.length > 5 ? `${paths.slice(0, 5).join(', ')} and ${paths.length - 5} more` : paths.join(', ')

/** The highest count of each role, in the order in which the rules name them. */
function needsOf(asking: readonly AskingRule[]): Need[] {
  const counts = new Map<string, number>()
  for (const { role, count } of asking.flatMap(({ document }) => document.needs)) counts.set(role, Math.max(count, counts.get(role) ?? 0))
  return [...counts].map(([role, count]) => ({ role, count }))
}

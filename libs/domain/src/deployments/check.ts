import {
  canonicalJson,
  factsSchema,
  type ApprovalRuleCheck,
  type Check,
  type Exclusion,
  type Facts,
  type PolicyMode,
  type RuleCheck,
  type Target,
} from '@muster/contracts'
import { digestOf, type Sha256 } from '@muster/kernel'
import {
  engineVersion,
  evaluateApprovalRule,
  evaluatePolicy,
  snapshotOf,
  type CompiledApprovalRule,
  type CompiledPolicy,
  type Explained,
  type RuleResult,
} from '@muster/policy'
import { byCodeUnit, reachedAt, sooner, type InForce } from './catalogue.ts'
import { evidenceVersion } from './evidence.ts'
import type { DecisionPoint, PersonUse } from './facts.ts'
import { judge, type Judgement } from './judgement.ts'
import { materialDigest } from './material.ts'

/*
 * A check: every policy in force, evaluated over the facts at one instant. This is the one evaluation function: the gate, the re-check, the
 * dry run and the audit call it, with the clock as an argument.
 */

export interface CheckInput {
  readonly target: Target
  readonly facts: Facts
  readonly people: readonly PersonUse[]
  readonly catalogue: InForce
  readonly asOf: Check['asOf']
  readonly at: string
  readonly point: DecisionPoint
}

export interface CheckResult {
  readonly check: Check
  readonly judgement: Judgement
}

const largestSnapshot = 64 * 1024
const longestWait = 24 * 60 * 60 * 1000

export function performCheck({ target, facts, people, catalogue, asOf, at, point }: CheckInput, sha256: Sha256): CheckResult {
  const policies = catalogue.policies.filter(({ document }) => document.at.includes(point))
  const evaluated = policies.map(policy => ({ policy, ...evaluatePolicy(policy, facts) }))
  const results = evaluated.flatMap(({ rules }) => rules)
  const withChecks: Facts = {
    ...facts,
    checks: results.map(({ policy, rule, outcome, severity }) => ({ policy, rule, outcome, severity })),
  }
  const asked = catalogue.approvalRules.map(rule => ({ ...evaluateApprovalRule(rule, withChecks), rule }))

  const patterns = new Set([...policies, ...catalogue.approvalRules].flatMap(({ reads }) => reads))
  patterns.delete('now')
  const snapshot = snapshotOf([...patterns].filter(path => !path.startsWith('checks')).toSorted(byCodeUnit), facts)
  const snapshotText = canonicalJson(snapshot)
  const fits = new TextEncoder().encode(snapshotText).length <= largestSnapshot
  const tooLarge = `the facts that the policies mention take more than ${largestSnapshot} bytes`

  const rules = fits ? results.map(recordedRule) : results.map(result => ({ ...recordedRule(result), ...inError(tooLarge) }))
  const approvalRules = asked.map(({ rule, when, because }): ApprovalRuleCheck => ({
    ...reference(rule),
    needed: when,
    because: because.map(copied),
  }))
  const applied: Check['policies'] = [
    ...evaluated.map(({ policy, applies }) => ({ ...reference(policy), applies })),
    ...asked.map(({ rule, applies }) => ({ ...reference(rule), applies })),
  ]

  const asking = asked.filter(({ rule, needed }) => modeOf(rule) === 'enforce' && needed).map(({ rule }) => rule)
  const ownerToo = asking.some(({ document }) => document.exclude?.includes('owner'))
  // Whoever trained the version or asked for the deployment may never sign; the owner may not where a rule says so.
  const barred = people.filter(({ as }) => as === 'trainer' || as === 'requester' || (as === 'owner' && ownerToo))
  const excluded = exclusionsOf(barred)
  const unmapped = [...new Set(barred.filter(({ person }) => person === undefined).map(({ name }) => name))].toSorted(byCodeUnit)
  const judgement = judge({ applied, rules, asking, excluded, unmapped, fits, tooLarge })

  const digest = materialDigest(
    {
      target,
      facts: withChecks,
      policies: applied,
      rules: results.map(({ policy, rule, outcome, reads }) => ({ policy, rule, outcome, reads })),
      approvalRules: asked
        .filter(({ applies }) => applies !== false)
        .map(({ rule, when }) => ({ policy: rule.document.id, needed: when, reads: rule.reads })),
      excluded,
      unmapped,
    },
    sha256,
  )

  return {
    judgement,
    check: {
      target,
      asOf,
      at,
      point,
      engine: { policy: engineVersion, facts: factsSchema.version, fold: evidenceVersion },
      policies: applied,
      rules,
      approvalRules,
      people: people.map(use => ({ ...use })),
      snapshot: fits ? snapshot : {},
      snapshotDigest: digestOf(sha256, snapshotText),
      materialDigest: digest,
      verdict: judgement.verdict,
      nextCheckAt: nextCheck(at, [...evaluated.map(({ flipsAt }) => flipsAt), ...asked.map(({ flipsAt }) => flipsAt), catalogue.changesAt]),
    },
  }
}

const modeOf = ({ document }: CompiledPolicy | CompiledApprovalRule): PolicyMode => document.mode ?? 'enforce'

const reference = (compiled: CompiledPolicy | CompiledApprovalRule) => ({
  policy: compiled.document.id,
  version: compiled.version,
  digest: compiled.digest,
  mode: modeOf(compiled),
})

const copied = ({ text, values, result }: Explained) => ({ text, values: { ...values }, result })

const recordedRule = ({
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

const inError = (message: string) => ({ outcome: 'error' as const, missing: [], errors: [message], because: [] })

function exclusionsOf(barred: readonly PersonUse[]): Exclusion[] {
  const because = {
    trainer: 'trained the version',
    requester: 'asked for the deployment',
    owner: 'answers for the model',
    'endpoint-owner': 'answers for the endpoint',
  }
  const excluded = new Map<string, string>()
  for (const { as, person } of barred) {
    if (person === undefined) continue
    const earlier = excluded.get(person)
    if (earlier === undefined) excluded.set(person, because[as])
    else if (!earlier.includes(because[as])) excluded.set(person, `${earlier} and ${because[as]}`)
  }
  return [...excluded].map(([person, why]) => ({ person, because: why })).toSorted((a, b) => byCodeUnit(a.person, b.person))
}

/** The earliest instant at which anything recorded may change by itself, and at most a day away. */
function nextCheck(at: string, instants: readonly (string | undefined)[]): string {
  const now = Date.parse(at)
  const longest = new Date(now + longestWait).toISOString()
  return new Date(reachedAt(instants.reduce((least, instant) => sooner(least, instant, now), longest) ?? longest)).toISOString()
}

import { canonicalJson, factsSchema, type Check, type Facts, type Target } from '@muster/contracts'
import { digestOf, type Sha256 } from '@muster/kernel'
import { engineVersion, evaluateApprovalRule, evaluatePolicy, snapshotOf } from '@muster/policy'
import { byCodeUnit, reachedAt, sooner, type InForce } from './catalogue.ts'
import { copied, inError, modeOf, recordedRule, reference } from './check-record.ts'
import { evidenceVersion } from './evidence.ts'
import type { DecisionPoint, PersonUse } from './facts.ts'
import { judge, type Judgement } from './judgement.ts'
import { materialDigest } from './material.ts'
import { separationOf } from './separation.ts'

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
const tooLarge = `the facts that the policies mention take more than ${largestSnapshot} bytes`
const longestWait = 24 * 60 * 60 * 1000

export function performCheck({ target, facts, people, catalogue, asOf, at, point }: CheckInput, sha256: Sha256): CheckResult {
  const policies = catalogue.policies.filter(({ document }) => document.at.includes(point))
  const evaluated = policies.map(policy => ({ policy, ...evaluatePolicy(policy, facts) }))
  const results = evaluated.flatMap(({ rules }) => rules)
  const checks = results.map(({ policy, rule, outcome, severity }) => ({ policy, rule, outcome, severity }))
  const withChecks: Facts = { ...facts, checks }
  const asked = catalogue.approvalRules.map(rule => ({ ...evaluateApprovalRule(rule, withChecks), rule }))

  const { snapshot, text, fits } = snapshotFor([...policies, ...catalogue.approvalRules], facts)
  const rules = fits ? results.map(recordedRule) : results.map(result => ({ ...recordedRule(result), ...inError(tooLarge) }))
  const applied: Check['policies'] = [
    ...evaluated.map(({ policy, applies }) => ({ ...reference(policy), applies })),
    ...asked.map(({ rule, applies }) => ({ ...reference(rule), applies })),
  ]
  const asking = asked.filter(({ rule, needed }) => modeOf(rule) === 'enforce' && needed).map(({ rule }) => rule)
  const { excluded, unmapped } = separationOf(people, asking)
  const judgement = judge({ applied, rules, asking, excluded, unmapped, fits, tooLarge })
  const applying = asked.filter(({ applies }) => applies !== false)

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
      approvalRules: asked.map(({ rule, when, because }) => ({ ...reference(rule), needed: when, because: because.map(copied) })),
      people: people.map(use => ({ ...use })),
      snapshot,
      snapshotDigest: digestOf(sha256, text),
      materialDigest: materialDigest(
        {
          target,
          facts: withChecks,
          policies: applied,
          rules: results,
          approvalRules: applying.map(({ rule, when }) => ({ policy: rule.document.id, needed: when, reads: rule.reads })),
          excluded,
          unmapped,
        },
        sha256,
      ),
      verdict: judgement.verdict,
      nextCheckAt: nextCheck(at, [...evaluated.map(({ flipsAt }) => flipsAt), ...asked.map(({ flipsAt }) => flipsAt), catalogue.changesAt]),
    },
  }
}

/** The facts that the policies mention, and no others. What is too large is left out whole, never cut: then the check is in error. */
function snapshotFor(compiled: readonly { readonly reads: readonly string[] }[], facts: Facts) {
  const patterns = new Set(compiled.flatMap(({ reads }) => reads).filter(path => path !== 'now' && !path.startsWith('checks')))
  const snapshot = snapshotOf([...patterns].toSorted(byCodeUnit), facts)
  const text = canonicalJson(snapshot)
  const fits = new TextEncoder().encode(text).length <= largestSnapshot
  return { snapshot: fits ? snapshot : {}, text, fits }
}

/** The earliest instant at which anything recorded may change by itself, and at most a day away. */
function nextCheck(at: string, instants: readonly (string | undefined)[]): string {
  const now = Date.parse(at)
  const longest = new Date(now + longestWait).toISOString()
  return new Date(reachedAt(instants.reduce((least, instant) => sooner(least, instant, now), longest) ?? longest)).toISOString()
}

import { canonicalJson, factsSchema, modeOf, type Check, type Facts, type Target } from '@muster/contracts'
import { reachedAt, sooner, digestOf, type Sha256 } from '@muster/kernel'
import { engineVersion, snapshotOf } from '@muster/policy'
import type { InForce } from './catalogue.ts'
import { decides, recordedApprovalRule, recordedRule, reference, ruleInError } from './check-record.ts'
import { checkableAt, engine, type Checkable, type Evaluator } from './checkable.ts'
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

export function performCheck(
  { target, facts, people, catalogue, asOf, at, point }: CheckInput,
  sha256: Sha256,
  evaluator: Evaluator = engine,
): CheckResult {
  const checkable = checkableAt(point, catalogue)
  const evaluated = evaluator.policies(checkable, facts)
  const results = evaluated.flatMap(({ rules }) => rules)
  const deciding = results.filter(({ mode }) => mode !== 'shadow')
  const checks = deciding.map(({ policy, rule, outcome, severity }) => ({ policy, rule, outcome, severity }))
  const withChecks: Facts = { ...facts, checks }
  const asked = paired(checkable.approvalRules, evaluator.approvalRules(checkable, withChecks))

  const { snapshot, text, holds, fits } = snapshotFor(checkable, facts)
  const rules = results.map(result =>
    holds === 'all' || (fits && result.mode !== 'shadow') ? recordedRule(result) : ruleInError(result, tooLarge),
  )
  const applied: Check['policies'] = [
    ...paired(checkable.policies, evaluated).map(({ document, result: { applies } }) => ({ ...reference(document), applies })),
    ...asked.map(({ document, result: { applies } }) => ({ ...reference(document), applies })),
  ]
  const asking = asked
    .filter(({ document, result }) => modeOf(document.document) === 'enforce' && result.needed)
    .map(({ document }) => document)
  const { excluded, unmapped } = separationOf(people, asking)
  const judgement = judge({ applied, rules, asking, excluded, unmapped, fits, tooLarge })

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
      approvalRules: asked.map(({ document, result }) => recordedApprovalRule(document, result)),
      people: people.map(use => ({ ...use })),
      snapshot,
      snapshotDigest: digestOf(sha256, text),
      materialDigest: materialDigest(
        {
          target,
          facts: withChecks,
          policies: applied,
          rules: deciding,
          approvalRules: asked
            .filter(({ document, result: { applies } }) => applies !== false && decides(document))
            .map(({ document, result: { when } }) => ({ policy: document.document.id, needed: when, reads: document.reads })),
          excluded,
          unmapped,
        },
        sha256,
      ),
      verdict: judgement.verdict,
      nextCheckAt: nextCheck(at, [
        ...evaluated.map(({ flipsAt }) => flipsAt),
        ...asked.map(({ result }) => result.flipsAt),
        catalogue.changesAt,
      ]),
    },
  }
}

/** Each document beside what it says. */
const paired = <Document, Result extends object>(
  documents: readonly Document[],
  results: readonly Result[],
): readonly { readonly document: Document; readonly result: Result }[] =>
  documents.flatMap((document, index) => {
    const result = results[index]
    return result === undefined ? [] : [{ document, result }]
  })

/**
 * The facts that the policies mention, and no others. What is too large is left out whole, never cut: then the check is in error. Where only
 * what is in shadow makes it too large, the facts that only that mentions are left out, and only that is in error.
 */
function snapshotFor({ mentioned, mentionedByDeciding }: Checkable, facts: Facts) {
  const all = snapshotOf(mentioned, facts)
  const whole = canonicalJson(all)
  if (isSmall(whole)) return { snapshot: all, text: whole, holds: 'all', fits: true } as const
  const deciding = snapshotOf(mentionedByDeciding, facts)
  const text = canonicalJson(deciding)
  if (mentionedByDeciding.length < mentioned.length && isSmall(text))
    return { snapshot: deciding, text, holds: 'deciding', fits: true } as const
  return { snapshot: {}, text: whole, holds: 'nothing', fits: false } as const
}

/** No character takes more than three bytes of UTF-8. */
const isSmall = (text: string): boolean => text.length <= largestSnapshot / 3 || new TextEncoder().encode(text).length <= largestSnapshot

/** The earliest instant at which anything recorded may change by itself, and at most a day away. */
function nextCheck(at: string, instants: readonly (string | undefined)[]): string {
  const now = Date.parse(at)
  const longest = new Date(now + longestWait).toISOString()
  return new Date(reachedAt(instants.reduce((least, instant) => sooner(least, instant, now), longest) ?? longest)).toISOString()
}

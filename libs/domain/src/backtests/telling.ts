import { modeOf, type BacktestDifference, type Reason } from '@muster/contracts'
import { explain, resultsOf, type RuleResult } from '@muster/policy'
import { judge, reasonOf } from '../deployments/judgement.ts'
import type { About } from './facts-then.ts'
import type { RecordedCheck } from './recorded-check.ts'
import type { WhatIf } from './what-if.ts'

/* A difference in words: which rule, and why. Words are made only of what differs. */

/** The recorded decision, as the log has it. */
export interface Decided {
  readonly deployment: string
  readonly position: number
  readonly event: string
  readonly about: About
}

const mostSentences = 20

/** Undefined where nothing changes. */
export function tellDifference(decided: Decided, check: RecordedCheck, found: WhatIf): BacktestDifference | undefined {
  if (found.class === 'unchanged') return undefined
  const { about, ...which } = decided
  return {
    ...which,
    ...about,
    at: check.at,
    point: check.point,
    target: check.target(),
    class: found.class,
    then: found.then,
    now: found.now.verdict,
    reasons: reasonsOf(check, found),
    policies: [...found.deciding],
    missing: [...found.missing],
    explanation: sentencesOf(check, found),
  }
}

/** What stands in the way now, or people decide upon; where nothing does, what stood in the way then. */
function reasonsOf(check: RecordedCheck, found: WhatIf): Reason[] {
  switch (found.now.verdict) {
    case 'blocked': {
      const standing = new Set(found.now.reasons.map(nameOf))
      const rules = rulesOf(found, judged => standing.has(nameOf(judged)))
      const worded = new Map(rules.map(rule => [nameOf(rule), reasonOf(rule)]))
      return found.now.reasons.map(reason => ofDraft(worded.get(nameOf(reason))) ?? reason)
    }
    case 'approval-required':
      return rulesOf(found, ({ passes }) => !passes)
        .filter(({ mode, outcome }) => mode === 'enforce' && outcome === 'unknown')
        .flatMap(rule => ofDraft(reasonOf(rule)) ?? [])
    case 'cleared': {
      const judgement = judge({
        applied: check.policies,
        rules: check.rules,
        asking: [],
        excluded: [],
        unmapped: [],
        fits: true,
        tooLarge: '',
      })
      return judgement.verdict === 'blocked' ? [...judgement.reasons] : []
    }
  }
}

/** A draft has no version yet. */
function ofDraft(reason: Reason | undefined): Reason | undefined {
  if (reason === undefined) return undefined
  const { version: _, ...rest } = reason
  return rest
}

interface Judged {
  readonly policy: string
  readonly rule: string
  readonly passes: boolean
}

/** Of the wanted rules only, as it takes a while to say why a rule came out so. */
function rulesOf(found: WhatIf, isWanted: (judged: Judged) => boolean): readonly RuleResult[] {
  const evaluated = found.evaluated()
  let index = 0
  const policies = evaluated.set.policies.flatMap(policy => {
    const rules = policy.rules.filter(({ id: rule }) => {
      const outcome = evaluated.outcomes[index++] ?? 0
      return outcome !== notApplied && isWanted({ policy: policy.document.id, rule, passes: outcome === passed })
    })
    return rules.length === 0 ? [] : [{ ...policy, rules }]
  })
  return resultsOf({ ...evaluated, set: { ...evaluated.set, policies } }).flatMap(({ rules }) => rules)
}

/** As the engine has them. */
const notApplied = 0
const passed = 1

const nameOf = ({ policy, rule }: Pick<Reason, 'policy' | 'rule'>): string => `${policy}/${rule}`

function sentencesOf(check: RecordedCheck, found: WhatIf): string[] {
  const deciding = new Set(found.deciding)
  const isDeciding = ({ policy }: Judged): boolean => deciding.has(policy)
  const standing = rulesOf(found, judged => isDeciding(judged) && !judged.passes).filter(isEnforced)
  const telling = standing.length > 0 ? standing : rulesOf(found, isDeciding).filter(isEnforced)
  const asks = found.asked
    .filter(({ rule, needed, compiled }) => needed && modeOf(compiled.document) === 'enforce' && deciding.has(rule))
    .map(({ rule, compiled }) => `${rule} asks: ${compiled.document.title}.`)
  const askedNoMore = check.approvalRules
    .filter(({ policy, mode, needed }) => mode === 'enforce' && needed !== false && deciding.has(policy))
    .filter(({ policy }) => !found.asked.some(({ rule, needed }) => rule === policy && needed))
    .map(({ policy }) => `${policy} asked then, and asks no longer.`)
  return [...telling.map(explain), ...asks, ...askedNoMore].slice(0, mostSentences)
}

const isEnforced = ({ mode }: RuleResult): boolean => mode === 'enforce'

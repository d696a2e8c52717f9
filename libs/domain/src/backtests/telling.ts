import type { BacktestDifference, Reason } from '@muster/contracts'
import { explain, resultsOf, type RuleResult } from '@muster/policy'
import { modeOf, recordedRule } from '../deployments/check-record.ts'
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
  const rules = rulesOf(found).map(recordedRule)
  switch (found.now.verdict) {
    case 'blocked': {
      const worded = new Map(rules.map(rule => [`${rule.policy}/${rule.rule}`, reasonOf(rule)]))
      return found.now.reasons.map(reason => ofDraft(worded.get(`${reason.policy}/${reason.rule}`)) ?? reason)
    }
    case 'approval-required':
      return rules.filter(({ mode, outcome }) => mode === 'enforce' && outcome === 'unknown').flatMap(rule => ofDraft(reasonOf(rule)) ?? [])
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

const rulesOf = ({ evaluated }: WhatIf): readonly RuleResult[] => resultsOf(evaluated).flatMap(({ rules }) => rules)

function sentencesOf(check: RecordedCheck, found: WhatIf): string[] {
  const deciding = new Set(found.deciding)
  const rules = rulesOf(found).filter(({ policy, mode }) => mode === 'enforce' && deciding.has(policy))
  const telling = rules.filter(({ outcome }) => outcome !== 'pass')
  const asks = found.asked
    .filter(({ rule, needed, compiled }) => needed && modeOf(compiled) === 'enforce' && deciding.has(rule))
    .map(({ rule, compiled }) => `${rule} asks: ${compiled.document.title}.`)
  const askedNoMore = check.approvalRules
    .filter(({ policy, mode, needed }) => mode === 'enforce' && needed !== false && deciding.has(policy))
    .filter(({ policy }) => !found.asked.some(({ rule, needed }) => rule === policy && needed))
    .map(({ policy }) => `${policy} asked then, and asks no longer.`)
  return [...(telling.length > 0 ? telling : rules).map(explain), ...asks, ...askedNoMore].slice(0, mostSentences)
}

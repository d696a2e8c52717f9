import type { Facts, Reason } from '@muster/contracts'
import { evaluatePolicySet, explain, resultsOf } from '@muster/policy'
import { reasonOf, stops } from '../deployments/judgement.ts'
import type { Draft } from './draft.ts'

export interface Violated {
  readonly reasons: Reason[]
  readonly explanation: string[]
}

/** What of the draft stands in the way of something that runs, on its facts as they are now; undefined when nothing does. */
export function violationsBy(draft: Draft, facts: Facts): Violated | undefined {
  const standing = resultsOf(evaluatePolicySet(draft.at.rollout.set, facts))
    .flatMap(({ rules }) => rules)
    .filter(rule => rule.mode === 'enforce' && stops(rule))
  if (standing.length === 0) return undefined
  const reasons = standing.map(rule => {
    const { version: _, ...reason } = reasonOf(rule)
    return reason
  })
  return { reasons, explanation: standing.map(explain) }
}

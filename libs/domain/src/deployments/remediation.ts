import type { Policy, RuleCheck } from '@muster/contracts'
import type { CheckResult } from './check.ts'
import type { InForce } from './catalogue.ts'
import { stops } from './judgement.ts'

/** A day, where no policy that failed names a service level. */
const usual = 24 * 60 * 60 * 1000

/** What to do when a clearance falls by this check: the steps of every policy that stands in the way, by the shortest of their deadlines. */
export function remediationOf({ check }: CheckResult, { policies }: InForce): { steps: string[]; by: string } {
  const standing = new Set(check.rules.filter(rule => rule.mode === 'enforce' && stops(rule)).map(nameOf))
  // Of the very version: another may be tried in shadow beside it.
  const documents = policies
    .filter(({ document, version }) => standing.has(nameOf({ policy: document.id, version })))
    .map(({ document }) => document)
  const deadlines = documents.flatMap(({ serviceLevel }) =>
    serviceLevel?.remediate === undefined ? [] : [milliseconds(serviceLevel.remediate)],
  )
  const within = deadlines.length === 0 ? usual : Math.min(...deadlines)
  return { steps: stepsOf(documents), by: new Date(Date.parse(check.at) + within).toISOString() }
}

const nameOf = ({ policy, version }: Pick<RuleCheck, 'policy' | 'version'>): string => `${policy} ${version}`

export const stepsOf = (documents: readonly Policy[]): string[] => [
  ...new Set(documents.flatMap(({ remediation }) => remediation?.steps ?? [])),
]

const units = { W: 7 * 24 * 60 * 60, D: 24 * 60 * 60, H: 60 * 60, M: 60, S: 1 }

/** Of an ISO 8601 duration as the policy document allows it: weeks, days, hours, minutes and seconds, so that `M` is always minutes. */
export function milliseconds(duration: string): number {
  let seconds = 0
  for (const [, count, unit] of duration.matchAll(/(\d+)([WDHMS])/g)) seconds += Number(count) * units[unit as keyof typeof units]
  return seconds * 1000
}

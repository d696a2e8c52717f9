import type { Check, DeploymentEvent, Recorded, RuleCheck, Truth } from '@muster/contracts'
import type { Timer } from './timing.ts'

type Outcome = RuleCheck['outcome']

/* What a batch of deployments' events adds to the tables: pure, but for the timer. */

interface VersionDay {
  readonly day: string
  readonly policy: string
  readonly version: number
  readonly mode: string
  checks: number
  notApplied: number
}

interface RuleDay {
  readonly day: string
  readonly policy: string
  readonly version: number
  readonly mode: string
  readonly rule: string
  ran: number
  passed: number
  failed: number
  unknown: number
  error: number
  timed: number
  nanoseconds: number
  first: string
  last: string
}

export interface Warning {
  readonly deployment: string
  readonly policy: string
  readonly version: number
  readonly rule: string
  /** When it first warned in the batch; null when it only passed: then it ends what stands open in the table. */
  since: string | null
  /** When it ended; null while it stands open at the end of the batch. */
  ended: string | null
}

export interface Tally {
  readonly versionDays: readonly VersionDay[]
  readonly ruleDays: readonly RuleDay[]
  readonly deploymentDays: readonly {
    readonly day: string
    readonly policy: string
    readonly version: number
    readonly mode: string
    readonly deployment: string
  }[]
  /** Of each rule that warns, by deployment. */
  readonly warnings: readonly Warning[]
  /** Deployments that are over, and since when: it ends every other warning of theirs. */
  readonly over: readonly { readonly deployment: string; readonly at: string }[]
}

type TimerFor = (policy: string, version: number) => Timer | undefined

const overBy = new Set(['deployment.blocked', 'deployment.refused', 'deployment.lapsed', 'deployment.revoked'])

export function tallyOf(events: readonly Recorded<DeploymentEvent>[], timerFor: TimerFor): Tally {
  const versionDays = new Map<string, VersionDay>()
  const ruleDays = new Map<string, RuleDay>()
  const deploymentDays = new Map<string, Tally['deploymentDays'][number]>()
  const warnings = new Map<string, Warning>()
  const over = new Map<string, string>()
  for (const { event, id, context, recordedtime } of events) {
    const deployment = decodeURIComponent(context.subject)
    if (overBy.has(event.type)) {
      if (!over.has(deployment)) over.set(deployment, recordedtime)
      for (const warning of warnings.values()) if (warning.deployment === deployment) warning.ended ??= recordedtime
    }
    if (event.type !== 'deployment.checked') continue
    const day = event.at.slice(0, 10)
    for (const { policy, version, mode, applies } of event.policies) {
      const key = `${day} ${version} ${mode} ${policy}`
      const found = versionDays.get(key) ?? { day, policy, version, mode, checks: 0, notApplied: 0 }
      found.checks += 1
      if (applies === false) found.notApplied += 1
      else deploymentDays.set(`${key} ${deployment}`, { day, policy, version, mode, deployment })
      versionDays.set(key, found)
    }
    const times = id.startsWith('0') ? timesOf(event, timerFor) : undefined
    for (const { policy, version, mode, rule, outcome } of ran(event)) {
      const key = `${day} ${version} ${mode} ${policy}/${rule}`
      const found = ruleDays.get(key) ?? nothingOf(day, policy, version, mode, rule, event.at)
      ruleDays.set(key, found)
      found.ran += 1
      found[counters[outcome]] += 1
      if (event.at < found.first) found.first = event.at
      if (event.at > found.last) found.last = event.at
      const nanoseconds = times?.get(`${policy} ${version}`)?.get(rule)
      if (nanoseconds !== undefined) {
        found.timed += 1
        found.nanoseconds += nanoseconds
      }
      if (mode === 'warn') {
        const warningKey = `${deployment} ${version} ${policy}/${rule}`
        const warning = warnings.get(warningKey) ?? { deployment, policy, version, rule, since: null, ended: null }
        warnings.set(warningKey, warning)
        // What stands open in the table was ended by the deployment's end before it could be ended by this.
        if (outcome === 'pass') warning.ended ??= (warning.since === null ? over.get(deployment) : undefined) ?? event.at
        else {
          warning.since ??= event.at
          warning.ended = null
        }
      }
    }
  }
  return {
    versionDays: [...versionDays.values()],
    ruleDays: [...ruleDays.values()],
    deploymentDays: [...deploymentDays.values()],
    warnings: [...warnings.values()],
    over: [...over].map(([deployment, at]) => ({ deployment, at })),
  }
}

const counters = { pass: 'passed', fail: 'failed', unknown: 'unknown', error: 'error' } as const satisfies Record<Outcome, keyof RuleDay>

/** The rules of policies, and of each approval rule that applied its `when`. */
function ran({ rules, approvalRules, policies }: Check) {
  const applied = new Set(policies.filter(({ applies }) => applies !== false).map(({ policy, version }) => `${policy} ${version}`))
  const asked = approvalRules
    .filter(({ policy, version }) => applied.has(`${policy} ${version}`))
    .map(({ policy, version, mode, needed }) => ({ policy, version, mode, rule: 'when', outcome: outcomeOf(needed) }))
  return [...rules, ...asked]
}

function outcomeOf(needed: Truth): Outcome {
  if (typeof needed === 'string') return needed
  return needed ? 'fail' : 'pass'
}

function timesOf(check: Check, timerFor: TimerFor): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const versions = new Map(check.policies.map(({ policy, version }) => [`${policy} ${version}`, { policy, version }]))
  return new Map([...versions].map(([key, { policy, version }]) => [key, timerFor(policy, version)?.(check) ?? new Map<string, number>()]))
}

const nothingOf = (day: string, policy: string, version: number, mode: string, rule: string, at: string): RuleDay => ({
  day,
  policy,
  version,
  mode,
  rule,
  ran: 0,
  passed: 0,
  failed: 0,
  unknown: 0,
  error: 0,
  timed: 0,
  nanoseconds: 0,
  first: at,
  last: at,
})

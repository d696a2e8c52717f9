import type { RunningViolation } from '@muster/contracts'
import { aboutModel, factsOf, peopleOf, violationsBy, type Draft, type PersonOf } from '@muster/domain'
import type { Position } from '@muster/event-store'
import { gatherAround, type Wanted } from './around.ts'
import { runningCleared, type Cleared } from './clearances.ts'
import { EvidenceThen } from './evidence-then.ts'
import { inPortions } from './portions.ts'
import type { LogReader } from './sandbox.ts'

export interface Running {
  /** What ran under a clearance. */
  readonly checked: number
  readonly violations: readonly RunningViolation[]
}

export interface Instant {
  readonly through: Position
  readonly at: string
  readonly personOf: PersonOf
}

const page = 500

/** What runs at a position of the log and would violate a draft: what stands in its way, by the facts as of there. */
export async function runningViolations(log: LogReader, draft: Draft, now: Instant, signal: AbortSignal): Promise<Running> {
  const { through, at, personOf } = now
  const running = await runningCleared(log, through, signal)
  const evidence = new EvidenceThen(log)
  const violations: RunningViolation[] = []
  for (let from = 0; from < running.length; from += page) {
    signal.throwIfAborted()
    const portion = running.slice(from, from + page)
    const around = await gatherAround(
      evidence,
      portion.map(cleared => wantedOf(cleared, through)),
      through,
    )
    const found = await inPortions(portion, (cleared): RunningViolation | undefined => {
      const all = around.evidenceOf(wantedOf(cleared, through))
      if (all === undefined) return undefined
      const people = peopleOf(all, personOf)
      const violated = violationsBy(draft, factsOf(all, people, 'rollout', cleared.deployment, at))
      return violated === undefined ? undefined : { ...cleared, ...aboutModel(all.model, people), ...violated }
    })
    violations.push(...found.flatMap(one => one ?? []))
  }
  return { checked: running.length, violations }
}

const wantedOf = ({ deployment, target: { model, version, environment, endpoint } }: Cleared, at: Position): Wanted => ({
  id: deployment,
  model,
  version,
  environment,
  endpoint,
  at,
})

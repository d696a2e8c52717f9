import type { Check, Facts, FactValue } from '@muster/contracts'
import type { PersonUse } from '../deployments/facts.ts'
import type { ModelEvidence } from '../deployments/evidence.ts'
import type { Draft } from './draft.ts'
import type { RecordedCheck } from './recorded-check.ts'
import type { VersionOf } from './what-if.ts'

/*
 * The facts of a recorded decision: a record holds those that the policies of that time mention. What they did not mention must be folded from
 * the log again, as of the position up to which the decision knew it.
 */

export interface Mentions {
  /** Every path that the deciding policies of that check mention, and every path above one; undefined where a version is not at hand. */
  of(check: RecordedCheck): ReadonlySet<string> | undefined
}

/** Remembers by the list of what applied, which is the same object for many checks. */
export function mentions(versionOf: VersionOf): Mentions {
  const known = new WeakMap<Check['policies'], ReadonlySet<string>>()
  return {
    of({ policies }) {
      const found = known.get(policies)
      if (found !== undefined) return found
      const paths = new Set<string>()
      for (const { policy, version, mode } of policies) {
        // What only documents in shadow mention is left out where it is too much.
        if (mode === 'shadow') continue
        const compiled = versionOf(policy, version)
        if (compiled === undefined) return undefined
        for (const path of compiled.reads) for (const step of stepsOf(path)) paths.add(step)
      }
      known.set(policies, paths)
      return paths
    },
  }
}

/** `datasets[].dpia.uri` lies below `datasets`, `datasets[]` and `datasets[].dpia`. */
function stepsOf(path: string): readonly string[] {
  const steps = path.replaceAll('[]', '.[]').split('.')
  return steps.map((_, index) =>
    steps
      .slice(0, index + 1)
      .join('.')
      .replaceAll('.[]', '[]'),
  )
}

/** What every decision names, whether a policy mentions it or not. */
const named = new Set(['intent.environment', 'intent.endpoint', 'model.name', 'version.name'])

/** The facts as the record has them; undefined where the draft asks for more than it has. */
export function recordedFacts(draft: Draft, check: RecordedCheck, { of }: Mentions): Facts | undefined {
  const mentioned = of(check)
  if (mentioned === undefined) return undefined
  let isNamed = true
  for (const path of draft.at[check.point].reads) {
    if (mentioned.has(path)) continue
    if (!named.has(path)) return undefined
    isNamed = false
  }
  const { snapshot, at, point } = check
  // Nothing is recorded where it was too much.
  if (isEmpty(snapshot) && mentioned.size > 0) return undefined
  return isNamed ? { ...snapshot, now: at, point } : { ...snapshot, ...withNames(check, snapshot), now: at, point }
}

const isEmpty = (snapshot: Facts): boolean => {
  for (const _ in snapshot) return false
  return true
}

function withNames(check: RecordedCheck, snapshot: Facts): Facts {
  const target = check.target()
  const record = (name: string): { readonly [name: string]: FactValue } => (snapshot[name] ?? {}) as { readonly [name: string]: FactValue }
  return {
    intent: { ...record('intent'), environment: target.environment, endpoint: target.endpoint },
    model: { ...record('model'), name: target.model },
    version: { ...record('version'), name: target.version },
  }
}

/** Whose model it was, and its risk tier, at the time of the decision. */
export interface About {
  readonly team?: string
  readonly riskTier?: string
}

/** As the facts have it, where they are complete or were asked for it; undefined where nobody can say without the model's stream. */
export function aboutFrom(facts: Facts, mentioned: ReadonlySet<string> | undefined): About | undefined {
  if (mentioned === undefined || !mentioned.has('model.owner') || !mentioned.has('model.riskTier')) return undefined
  const { owner, riskTier } = (facts['model'] ?? {}) as { readonly owner?: string; readonly riskTier?: string }
  return { ...(owner !== undefined && { team: owner }), ...(riskTier !== undefined && { riskTier }) }
}

export function aboutModel({ owner, riskTier }: ModelEvidence, people: readonly PersonUse[]): About {
  const team = owner?.name.startsWith('group:') ? owner.name : people.find(({ as }) => as === 'owner')?.person
  return { ...(owner !== undefined && team !== undefined && { team }), ...(riskTier !== undefined && { riskTier }) }
}

import { factsSchema, type PolicyEvent, type PolicyMode, type Recorded } from '@muster/contracts'
import { compileDocument, type CompiledApprovalRule, type CompiledPolicy } from '@muster/policy'

/*
 * The catalogue: every published version of every policy, and which of them is in force at an instant.
 *
 * A version takes effect at its `effectiveFrom` and stands until the next one does, until its `effectiveUntil`, or until the policy is
 * retired. So a version that was published for later leaves the one before in force until then.
 */

export interface PublishedVersion {
  readonly id: string
  readonly version: number
  readonly digest: string
  readonly mode: PolicyMode
  readonly from: string
  readonly until?: string
  readonly compiled: CompiledPolicy | CompiledApprovalRule
}

export interface Catalogue {
  /** Oldest first; empty when retired. */
  readonly versions: ReadonlyMap<string, readonly PublishedVersion[]>
}

export const emptyCatalogue: Catalogue = { versions: new Map() }

/** @throws when a published document does not compile: it did when it was published, so this release cannot be trusted with it. */
export function foldCatalogue({ versions }: Catalogue, { event, context }: Pick<Recorded<PolicyEvent>, 'event' | 'context'>): Catalogue {
  const id = context.subject
  const changed = new Map(versions)
  switch (event.type) {
    case 'policy.published': {
      const { version, digest, mode } = event
      const compiled = compileDocument({ ...event.document, mode }, factsSchema, { version, digest })
      if (!compiled.ok)
        throw new Error(
          `policy ${id} version ${version} does not compile: ${compiled.diagnostics.map(({ message }) => message).join('; ')}`,
        )
      const until = event.effectiveUntil === undefined ? {} : { until: event.effectiveUntil }
      const published = { id, version, digest, mode, from: event.effectiveFrom, ...until, compiled: compiled.compiled }
      return { versions: changed.set(id, [...(versions.get(id) ?? []), published]) }
    }
    case 'policy.retired':
      changed.delete(id)
      return { versions: changed }
  }
}

export interface InForce {
  readonly policies: readonly CompiledPolicy[]
  readonly approvalRules: readonly CompiledApprovalRule[]
  /** The next instant at which a version takes effect or ends by itself. */
  readonly changesAt?: string
}

/** What is in force at an instant, in the order of ids, so that the same catalogue gives the same record. */
export function inForce({ versions }: Catalogue, at: string): InForce {
  const now = Date.parse(at)
  const policies: CompiledPolicy[] = []
  const approvalRules: CompiledApprovalRule[] = []
  let changesAt: string | undefined
  for (const id of [...versions.keys()].toSorted(byCodeUnit)) {
    const published = versions.get(id) ?? []
    const current = published.findLast(({ from }) => reachedAt(from) <= now)
    if (current !== undefined && !(current.until !== undefined && reachedAt(current.until) <= now)) {
      if (current.compiled.kind === 'Policy') policies.push(current.compiled)
      else approvalRules.push(current.compiled)
    }
    for (const { from, until } of published) for (const instant of [from, until]) changesAt = sooner(changesAt, instant, now)
  }
  return { policies, approvalRules, ...(changesAt !== undefined && { changesAt }) }
}

/** The first millisecond at which an instant is reached: it may be finer than our clock, and nothing may happen before it. */
export const reachedAt = (instant: string): number => Date.parse(instant) + (/\.\d{3}\d*[1-9]/.test(instant) ? 1 : 0)

/** The sooner of two instants, of which only those after `now` count. */
export const sooner = (soonest: string | undefined, instant: string | undefined, now: number): string | undefined => {
  if (instant === undefined || reachedAt(instant) <= now) return soonest
  return soonest === undefined || reachedAt(instant) < reachedAt(soonest) ? instant : soonest
}

/** Not by locale: the same order everywhere. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

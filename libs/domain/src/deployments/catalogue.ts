import { factsSchema, isTrial, type PolicyDocument, type PolicyEvent, type PolicyMode, type Recorded } from '@muster/contracts'
import { byCodeUnit, reachedAt, sooner } from '@muster/kernel'
import { compileDocument, type CompiledApprovalRule, type CompiledPolicy } from '@muster/policy'

/*
 * The catalogue: every published version of every policy, and which of them is in force at an instant.
 *
 * A version takes effect at its `effectiveFrom` and stands until the next one does, until its `effectiveUntil`, or until the policy is
 * retired. So a version that was published for later leaves the one before in force until then.
 *
 * A version that is tried in shadow takes no one's place: it is checked beside the one in force, and decides nothing. Only the newest version
 * is tried: whatever is published after it ends the trial.
 */

export interface PublishedVersion {
  readonly id: string
  readonly version: number
  readonly digest: string
  readonly mode: PolicyMode
  readonly from: string
  readonly until?: string
  /** Tried in shadow, while its document says otherwise. */
  readonly trial: boolean
  readonly document: PolicyDocument
  readonly compiled: CompiledPolicy | CompiledApprovalRule
}

export interface Catalogue {
  /** Oldest first; empty when retired. */
  readonly versions: ReadonlyMap<string, readonly PublishedVersion[]>
}

export const emptyCatalogue: Catalogue = { versions: new Map() }

/** Events that change what is in force. All others of a policy's stream are about changes that decide nothing yet. */
export const changesCatalogue = ({ type }: { readonly type: string }): boolean =>
  type === 'policy.published' || type === 'policy.activated' || type === 'policy.retired'

/** @throws when a published document does not compile: it did when it was published, so this release cannot be trusted with it. */
export function foldCatalogue(catalogue: Catalogue, { event, context }: Pick<Recorded<PolicyEvent>, 'event' | 'context'>): Catalogue {
  const id = context.subject
  const known = catalogue.versions.get(id) ?? []
  const versions = new Map(catalogue.versions)
  switch (event.type) {
    case 'policy.published': {
      const { version, digest, mode, document } = event
      const until = event.effectiveUntil === undefined ? {} : { until: event.effectiveUntil }
      const compiled = compiledIn(mode, { id, version, digest, document })
      const published = { id, version, digest, mode, from: event.effectiveFrom, ...until, trial: isTrial(event), document, compiled }
      return { versions: versions.set(id, [...known.filter(({ trial }) => !trial), published]) }
    }
    case 'policy.activated': {
      const { mode, effectiveFrom: from, effectiveUntil } = event
      const until = effectiveUntil === undefined ? {} : { until: effectiveUntil }
      const activated = known.map(one =>
        one.version === event.version ? { ...one, mode, from, ...until, trial: false, compiled: compiledIn(mode, one) } : one,
      )
      return { versions: versions.set(id, activated) }
    }
    case 'policy.retired':
      versions.delete(id)
      return { versions }
    case 'policy.drafted':
    case 'policy.revised':
    case 'policy.submitted':
    case 'policy.changes-requested':
    case 'policy.approved':
    case 'policy.discarded':
    case 'policy.commented':
      return catalogue
  }
}

function compiledIn(mode: PolicyMode, { id, version, digest, document }: Pick<PublishedVersion, 'id' | 'version' | 'digest' | 'document'>) {
  const compilation = compileDocument({ ...document, mode }, factsSchema, { version, digest })
  if (compilation.ok) return compilation.compiled
  const why = compilation.diagnostics.map(({ message }) => message).join('; ')
  throw new Error(`policy ${id} version ${version} does not compile: ${why}`)
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
    const begun = published.filter(({ from }) => reachedAt(from) <= now)
    for (const current of [begun.findLast(({ trial }) => !trial), begun.findLast(({ trial }) => trial)]) {
      if (current === undefined || isOver(current, now)) continue
      const { compiled } = current
      if (compiled.kind === 'Policy') policies.push(compiled)
      else approvalRules.push(compiled)
    }
    for (const { from, until } of published) for (const instant of [from, until]) changesAt = sooner(changesAt, instant, now)
  }
  return { policies, approvalRules, ...(changesAt !== undefined && { changesAt }) }
}

const isOver = ({ until }: PublishedVersion, now: number): boolean => until !== undefined && reachedAt(until) <= now

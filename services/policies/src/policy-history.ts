import type { PolicyDocument, PolicyEvent, PolicyHistoryEntry, PolicyVersionView, Recorded } from '@muster/contracts'
import { differencesOf, evolveStanding, type Standing } from './policy.view.ts'

/* Who changed what, when: a policy's own stream in words. */

/** Oldest first. */
export function historyOf(history: readonly Recorded<PolicyEvent>[]): readonly PolicyHistoryEntry[] {
  let before: PolicyDocument | undefined
  let published: PolicyDocument | undefined
  return history.map(recorded => {
    const { event, context, recordedtime: at, position } = recorded
    const entry = { at, ...(context.authid !== undefined && { actor: context.authid }), event: event.type, position, differences: [] }
    switch (event.type) {
      case 'policy.drafted':
      case 'policy.revised':
      case 'policy.published': {
        const differences = [...differencesOf(before, event.document)]
        before = event.document
        if (event.type === 'policy.published') published = event.document
        return { ...entry, ...(event.type === 'policy.published' && { version: event.version }), digest: event.digest, differences }
      }
      case 'policy.submitted':
      case 'policy.changes-requested':
      case 'policy.approved':
        return { ...entry, digest: event.digest, approvalId: event.approvalId }
      case 'policy.discarded':
        before = published
        return { ...entry, digest: event.digest, text: event.reason.personal }
      case 'policy.commented':
        return { ...entry, digest: event.digest, text: event.text.personal }
      case 'policy.activated':
        return { ...entry, version: event.version }
      case 'policy.retired':
        return { ...entry, version: event.version, text: event.reason.personal }
    }
  })
}

/** Every published version, as it was tried and took effect; oldest first. */
export function versionsOf(history: readonly Recorded<PolicyEvent>[]): readonly PolicyVersionView[] {
  const versions = new Map<number, PolicyVersionView>()
  let standing: Standing | undefined
  for (const recorded of history) {
    standing = evolveStanding(standing, recorded)
    for (const version of [standing.active, standing.trial]) if (version !== undefined) versions.set(version.version, version)
  }
  const tried = standing?.retiredAt === undefined ? standing?.trial?.version : undefined
  return [...versions.values()].map(one => ({ ...one, trial: one.version === tried })).toSorted((one, other) => one.version - other.version)
}

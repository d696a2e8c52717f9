import type { ApprovalEvent, PolicyDocument, PolicyEvent, PolicyHistoryEntry, PolicyVersionView, Recorded } from '@muster/contracts'
import { differencesOf, evolveStanding, type Standing } from './policy.view.ts'

/* Who changed what, when: a policy's own stream in words. */

type Signature = NonNullable<PolicyHistoryEntry['signatures']>[number]

/** By the id of the approval. */
export type Signatures = ReadonlyMap<string, readonly Signature[]>

export function signaturesOf(events: readonly Recorded<ApprovalEvent>[]): Signatures {
  const signatures = new Map<string, Signature[]>()
  for (const { event, context } of events) {
    if (event.type !== 'approval.signed') continue
    const id = decodeURIComponent(context.subject)
    const { by, role, verdict, reason } = event
    signatures.set(id, [...(signatures.get(id) ?? []), { by, role, verdict, reason: reason.personal }])
  }
  return signatures
}

/** Of all approvals that peers were asked for. */
export const approvalsIn = (history: readonly Recorded<PolicyEvent>[]): readonly string[] => [
  ...new Set(history.flatMap(({ event }) => (event.type === 'policy.submitted' ? [event.approvalId] : []))),
]

/** Oldest first. */
export function historyOf(history: readonly Recorded<PolicyEvent>[], signatures: Signatures = new Map()): readonly PolicyHistoryEntry[] {
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
        return { ...entry, digest: event.digest, approvalId: event.approvalId }
      case 'policy.changes-requested':
      case 'policy.approved': {
        const { digest, approvalId } = event
        return { ...entry, digest, approvalId, signatures: [...(signatures.get(approvalId) ?? [])] }
      }
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

import type { ApprovalEvent, ApprovalSummary, Recorded } from '@muster/contracts'
import { couldSign, type ApprovalState } from '@muster/domain'
import type { Caller } from '@muster/nest-host'

/** An approval as people see it, without what depends on who looks. */
export type Standing = Omit<ApprovalSummary, 'mine'>

/** One fold for the list and for the single approval, so that they cannot differ. */
export function evolveStanding(standing: Standing | undefined, recorded: Recorded<ApprovalEvent>): Standing | undefined {
  const { event, position, recordedtime: at, context } = recorded
  if (event.type === 'approval.requested') {
    const { type: _, ...question } = event
    const id = decodeURIComponent(context.subject)
    return { id, status: 'open', ...question, requestedAt: at, position, signatures: [], refusals: [] }
  }
  if (standing === undefined) return undefined
  switch (event.type) {
    case 'approval.signed': {
      const { by, role, verdict, reason } = event
      return { ...standing, position, signatures: [...standing.signatures, { by, role, verdict, reason, at }] }
    }
    case 'approval.signature-refused': {
      const { by, role, because } = event
      return { ...standing, position, refusals: [...standing.refusals, { by, role, because, at }] }
    }
    case 'approval.granted':
      return { ...standing, position, status: 'granted', endedAt: at }
    case 'approval.rejected':
      return { ...standing, position, status: 'rejected', endedAt: at }
    case 'approval.withdrawn':
      return { ...standing, position, status: 'withdrawn', endedAt: at }
  }
}

export const seenBy = (standing: Standing, { kind, id, roles }: Caller): ApprovalSummary => ({
  ...standing,
  mine: kind === 'person' && couldSign(stateOf(standing), id, roles),
})

const stateOf = ({ status, signatures, refusals, ...question }: Standing): ApprovalState => ({
  status,
  question,
  signatures: new Map(signatures.map(({ at: _, ...signature }) => [signature.by, { type: 'approval.signed', ...signature }])),
  refused: new Set(refusals.map(({ by }) => by)),
})

import type { ApprovalEvent, ApprovalRequested, ApprovalSigned, Person, Personal, Verdict } from '@muster/contracts'
import { deny, record, reject, unchanged, type Decider, type Decision } from '@muster/kernel'

/*
 * Approval: people agree, or not, to exactly one content.
 * Stream `approval-<id>`: requested; signed or refused a signature any number of times; then granted, rejected or withdrawn.
 *
 * What people agree to is a digest, so agreement cannot outlive a change of what was agreed to: other content is another approval.
 * Who may not sign, and why, was computed from who did the work, and stands in the request: nobody can argue later. While a name of
 * somebody who did the work maps to nobody, it is unknown who may not sign, and so nobody can.
 */

export type ApprovalQuestion = Omit<ApprovalRequested, 'type'>

type RequestApproval = { type: 'request-approval' } & ApprovalQuestion
type SignApproval = { type: 'sign-approval'; digest: string; by: Person; role: string; verdict: Verdict; reason: Personal }
type WithdrawApproval = { type: 'withdraw-approval'; replacedBy?: string }
export type ApprovalCommand = RequestApproval | SignApproval | WithdrawApproval

export type ApprovalRejection =
  | 'not-found'
  | 'other-content'
  | 'already-ended'
  | 'already-signed'
  | 'role-not-asked'
  | 'did-the-work'
  | 'names-unmapped'

type Asked = { question: ApprovalQuestion; signatures: ReadonlyMap<Person, ApprovalSigned>; refused: ReadonlySet<Person> }
export type ApprovalState = { status: 'none' } | ({ status: 'open' | 'granted' | 'rejected' | 'withdrawn' } & Asked)

type Outcome = Decision<ApprovalEvent, ApprovalRejection>

function request({ type: _, ...question }: RequestApproval, approval: ApprovalState): Outcome {
  if (approval.status === 'none') return record({ type: 'approval.requested', ...question })
  return approval.question.digest === question.digest ? unchanged : reject('other-content')
}

function sign({ digest, by, role, verdict, reason }: SignApproval, approval: ApprovalState): Outcome {
  if (approval.status === 'none') return reject('not-found')
  const { question, signatures, refused } = approval
  if (question.digest !== digest) return reject('other-content')

  // Before `already-ended`: retrying the signature that ended the approval is a repeat, not a mistake.
  const earlier = signatures.get(by)
  if (earlier !== undefined) return earlier.verdict === verdict && earlier.role === role ? unchanged : reject('already-signed')
  if (approval.status !== 'open') return reject('already-ended')
  if (question.unmapped.length > 0) return reject('names-unmapped')
  if (!question.needs.some(need => need.role === role)) return reject('role-not-asked')

  const exclusion = question.excluded.find(({ person }) => person === by)
  if (exclusion !== undefined) {
    if (refused.has(by)) return reject('did-the-work')
    return deny('did-the-work', { type: 'approval.signature-refused', by, role, because: exclusion.because })
  }

  const signed: ApprovalSigned = { type: 'approval.signed', by, role, verdict, reason }
  if (verdict === 'reject') return record(signed, { type: 'approval.rejected', ...answered(question) })
  if (!isMet(question.needs, [...signatures.values(), signed])) return record(signed)
  return record(signed, { type: 'approval.granted', ...answered(question) })
}

function withdraw({ replacedBy }: WithdrawApproval, approval: ApprovalState): Outcome {
  if (approval.status === 'none') return reject('not-found')
  if (approval.status !== 'open') return unchanged
  return record({ type: 'approval.withdrawn', ...answered(approval.question), ...(replacedBy !== undefined && { replacedBy }) })
}

function evolve(approval: ApprovalState, event: ApprovalEvent): ApprovalState {
  if (event.type === 'approval.requested') {
    const { type: _, ...question } = event
    return { status: 'open', question, signatures: new Map(), refused: new Set() }
  }
  if (approval.status === 'none') return approval
  switch (event.type) {
    case 'approval.signed':
      return { ...approval, signatures: new Map(approval.signatures).set(event.by, event) }
    case 'approval.signature-refused':
      return { ...approval, refused: new Set(approval.refused).add(event.by) }
    case 'approval.granted':
      return { ...approval, status: 'granted' }
    case 'approval.rejected':
      return { ...approval, status: 'rejected' }
    case 'approval.withdrawn':
      return { ...approval, status: 'withdrawn' }
  }
}

/** Each need is met by its own count of approving signatures in its role; a person signs once, so fills one role. */
const isMet = (needs: ApprovalQuestion['needs'], signatures: readonly ApprovalSigned[]): boolean =>
  needs.every(({ role, count }) => signatures.filter(signed => signed.verdict === 'approve' && signed.role === role).length >= count)

const answered = ({ about, digest }: ApprovalQuestion) => ({ about, digest })

/** Whether this person could sign in one of these roles now. Says nothing that `sign` would not. */
export const couldSign = (approval: ApprovalState, person: Person, roles: readonly string[]): boolean =>
  approval.status === 'open' &&
  approval.question.unmapped.length === 0 &&
  !approval.signatures.has(person) &&
  !approval.question.excluded.some(excluded => excluded.person === person) &&
  approval.question.needs.some(need => roles.includes(need.role))

export const approval: Decider<ApprovalCommand, ApprovalState, ApprovalEvent, ApprovalRejection> = {
  category: 'approval',
  initial: { status: 'none' },
  evolve,
  decide(command, state) {
    switch (command.type) {
      case 'request-approval':
        return request(command, state)
      case 'sign-approval':
        return sign(command, state)
      case 'withdraw-approval':
        return withdraw(command, state)
    }
  },
}

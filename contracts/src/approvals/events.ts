import { z } from 'zod'
import { defineEvent, type EventOf } from '../event.ts'
import { Digest, Person, Personal, Role } from '../primitives.ts'
import { Answered, Question } from './question.ts'

/* Stream `approval-<id>`. Every answer repeats what was asked and over which content, so that the asker can tell an old answer. */

const approval = { version: 1, origin: 'muster', category: 'approval' } as const
export const Verdict = z.enum(['approve', 'reject'])

export const approvalRequested = defineEvent({
  ...approval,
  type: 'approval.requested',
  description: 'People are asked to agree to exactly one content.',
  data: z.strictObject(Question),
})

export const approvalSigned = defineEvent({
  ...approval,
  type: 'approval.signed',
  description: 'A person said yes or no, in a role, with a reason.',
  data: z.strictObject({ by: Person, role: Role, verdict: Verdict, reason: Personal }),
})

export const approvalSignatureRefused = defineEvent({
  ...approval,
  type: 'approval.signature-refused',
  description: 'Somebody who did the work tried to sign.',
  data: z.strictObject({ by: Person, role: Role, because: z.string() }),
})

export const approvalGranted = defineEvent({
  ...approval,
  type: 'approval.granted',
  description: 'All who are needed agreed.',
  data: z.strictObject(Answered),
})

export const approvalRejected = defineEvent({
  ...approval,
  type: 'approval.rejected',
  description: 'Somebody who was asked said no.',
  data: z.strictObject(Answered),
})

export const approvalWithdrawn = defineEvent({
  ...approval,
  type: 'approval.withdrawn',
  description: 'The question is no longer asked: its content changed, or was decided without it.',
  data: z.strictObject({ ...Answered, replacedBy: Digest.optional() }),
})

export const approvalEvents = [
  approvalRequested,
  approvalSigned,
  approvalSignatureRefused,
  approvalGranted,
  approvalRejected,
  approvalWithdrawn,
] as const

export type ApprovalEvent = EventOf<(typeof approvalEvents)[number]>
export type ApprovalSigned = EventOf<typeof approvalSigned>
export type ApprovalRequested = EventOf<typeof approvalRequested>
export type Verdict = z.infer<typeof Verdict>

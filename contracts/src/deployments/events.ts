import { z } from 'zod'
import { Question } from '../approvals/question.ts'
import { defineEvent, type EventOf } from '../event.ts'
import { ClaimedName, Digest, Instant } from '../primitives.ts'
import { Check, Reason, Target } from './check.ts'

/* Streams `deployment-<intent id>` and `violation-<environment>/<endpoint>`. */

const deployment = { version: 1, origin: 'muster', category: 'deployment' } as const
const violation = { version: 1, origin: 'muster', category: 'violation' } as const

/** What every outcome repeats, so that whoever obeys it needs no other event. */
const decided = { target: Target, materialDigest: Digest }
const supersedes = z.string().optional().describe('The approval that was open, and is asked for no longer.')

export const deploymentOpened = defineEvent({
  ...deployment,
  type: 'deployment.opened',
  description: 'An intent was seen. While something that it names is not registered it waits, and lapses after a day.',
  data: z.strictObject({
    id: z.string().describe('That of the intent; the approvals it asks for are named after it.'),
    target: Target,
    requestedBy: ClaimedName,
    missing: z.array(z.string()).describe('Streams of what is not registered yet.'),
    lapsesAt: Instant.describe('When it lapses if something is still missing.'),
  }),
})

export const deploymentChecked = defineEvent({
  ...deployment,
  version: 2,
  type: 'deployment.checked',
  description: 'The policies were evaluated over the facts as of one position of the log.',
  data: z.strictObject({
    ...Check.shape,
    newlyAsked: z.array(z.string()).describe('Approval rules that ask now and did not when it was cleared: told, and no more.'),
  }),
})

export const deploymentApprovalRequired = defineEvent({
  ...deployment,
  type: 'deployment.approval-required',
  description: 'People must agree to exactly this content.',
  data: z.strictObject({ approvalId: z.string(), target: Target, ...Question }),
})

export const deploymentCleared = defineEvent({
  ...deployment,
  type: 'deployment.cleared',
  description: 'The version may run: this artifact, in this environment, at this endpoint, and nothing else.',
  data: z.strictObject({ ...decided, approvalId: z.string().optional().describe('The approval that cleared it.'), supersedes }),
})

export const deploymentBlocked = defineEvent({
  ...deployment,
  type: 'deployment.blocked',
  description: 'A policy stands in the way. Final: mend it and declare a new intent.',
  data: z.strictObject({ ...decided, reasons: z.array(Reason).min(1), supersedes }),
})

export const deploymentRefused = defineEvent({
  ...deployment,
  type: 'deployment.refused',
  description: 'People were asked and said no. Final.',
  data: z.strictObject({ ...decided, approvalId: z.string(), reasons: z.array(Reason).min(1) }),
})

export const deploymentLapsed = defineEvent({
  ...deployment,
  type: 'deployment.lapsed',
  description: 'It was not decided in time, or is no longer wanted. Final.',
  data: z.strictObject({ target: Target, reasons: z.array(Reason).min(1), supersedes }),
})

export const deploymentRevoked = defineEvent({
  ...deployment,
  type: 'deployment.revoked',
  description: 'The clearance holds no longer. What still runs must be remediated in time. Final.',
  data: z.strictObject({
    ...decided,
    reasons: z.array(Reason).min(1),
    remediation: z.strictObject({ steps: z.array(z.string()), by: Instant.describe('Running after this instant is a violation.') }),
  }),
})

export const violationKinds = ['no-clearance', 'revoked', 'other-artifact', 'other-place'] as const
const Running = z.strictObject({ model: z.string(), version: z.string(), artifact: Digest })

export const violationFound = defineEvent({
  ...violation,
  type: 'violation.found',
  description: 'Something runs that should not.',
  data: z.strictObject({
    kind: z.enum(violationKinds),
    running: Running,
    observed: z.uuid().describe('The event that saw it run.'),
    deployment: z.string().optional().describe('The deployment whose clearance it is measured against, where there is one.'),
    message: z.string(),
  }),
})

export const violationEnded = defineEvent({
  ...violation,
  type: 'violation.ended',
  description: 'It no longer runs, or was cleared.',
  data: z.strictObject({ kind: z.enum(violationKinds), running: Running, because: z.enum(['rollout-ended', 'cleared', 'other-kind']) }),
})

export const deploymentEvents = [
  deploymentOpened,
  deploymentChecked,
  deploymentApprovalRequired,
  deploymentCleared,
  deploymentBlocked,
  deploymentRefused,
  deploymentLapsed,
  deploymentRevoked,
] as const
export const violationEvents = [violationFound, violationEnded] as const

export type DeploymentEvent = EventOf<(typeof deploymentEvents)[number]>
export type DeploymentChecked = EventOf<typeof deploymentChecked>
export type ApprovalRequired = EventOf<typeof deploymentApprovalRequired>
export type ViolationEvent = EventOf<(typeof violationEvents)[number]>
export type ViolationFound = EventOf<typeof violationFound>

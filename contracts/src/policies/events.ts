import { z } from 'zod'
import { Question } from '../approvals/question.ts'
import { defineEvent, type EventOf } from '../event.ts'
import { ClaimedName, Digest, Instant, Person, Personal } from '../primitives.ts'
import { BacktestSummary } from './backtest.ts'
import { PolicyCases } from './cases.ts'
import { PolicyDocument, PolicyMode } from './document.ts'

/*
 * Stream `policy-<id>`: the changes of one document (drafted, revised, submitted, agreed to or not), each published version of it, and its end.
 *
 * One change at a time. What peers agree to is the digest of the document, so a revision under review is another question.
 */

const ours = { version: 1, origin: 'muster', category: 'policy' } as const
export const PolicyVersion = z.int().min(1).describe('Counts up with each other content.')

const ContentDigest = Digest.describe('SHA-256 over the canonical JSON of the document.')
const supersedes = z.string().optional().describe('The approval that was open, and is asked for no longer.')

/** Who wrote it, as the sender names them, and as which person we know them. A name without a person maps to nobody. */
export const Author = z.strictObject({ name: ClaimedName, person: Person.optional() })

/** A change as it stands: what it says, who wrote it, and what it must answer. */
const content = {
  digest: ContentDigest,
  document: PolicyDocument,
  authors: z.array(Author).min(1).describe('Who wrote this content. They never review it.'),
  cases: PolicyCases.optional().describe('What the document must answer.'),
}

export const policyDrafted = defineEvent({
  ...ours,
  type: 'policy.drafted',
  description: 'A change was begun: a document that decides nothing yet.',
  data: z.strictObject(content),
})

export const policyRevised = defineEvent({
  ...ours,
  type: 'policy.revised',
  description: 'The change says something else now, or somebody else stands for it. A review that was open is over.',
  data: z.strictObject({ ...content, supersedes }),
})

export const policySubmitted = defineEvent({
  ...ours,
  type: 'policy.submitted',
  description: 'Its cases pass, its backtest was seen, and peers are asked to agree to exactly this document.',
  data: z.strictObject({
    approvalId: z.string(),
    ...Question,
    cases: z.int().min(1).describe('How many cases were run. All came out as they should.'),
    backtest: BacktestSummary.describe('What the document would have changed, over all history up to a position.'),
  }),
})

export const policyChangesRequested = defineEvent({
  ...ours,
  type: 'policy.changes-requested',
  description: 'A reviewer said no. It is a draft again.',
  data: z.strictObject({ approvalId: z.string(), digest: ContentDigest }),
})

export const policyApproved = defineEvent({
  ...ours,
  type: 'policy.approved',
  description: 'All reviewers who are needed agreed. It is published by the same record.',
  data: z.strictObject({ approvalId: z.string(), digest: ContentDigest }),
})

export const policyDiscarded = defineEvent({
  ...ours,
  type: 'policy.discarded',
  description: 'The change was given up.',
  data: z.strictObject({ digest: ContentDigest, reason: Personal, supersedes }),
})

export const policyCommented = defineEvent({
  ...ours,
  type: 'policy.commented',
  description: 'Somebody said something about what the policy says at that time.',
  data: z.strictObject({ digest: ContentDigest.describe('What it was said about: the change, or the newest version.'), text: Personal }),
})

export const policyActivated = defineEvent({
  ...ours,
  type: 'policy.activated',
  description: 'A version that was tried in shadow takes effect in the mode of its document. It replaces the version before from then on.',
  data: z.strictObject({
    version: PolicyVersion,
    mode: PolicyMode,
    effectiveFrom: Instant,
    effectiveUntil: Instant.optional(),
  }),
})

export const policyPublished = defineEvent({
  ...ours,
  type: 'policy.published',
  description: 'A version of a policy or approval rule is in the catalogue and takes effect. It replaces the version before from then on.',
  data: z.strictObject({
    version: PolicyVersion,
    digest: Digest.describe('SHA-256 over the canonical JSON of the document.'),
    document: PolicyDocument,
    mode: PolicyMode,
    effectiveFrom: Instant,
    effectiveUntil: Instant.optional(),
    reviewed: z.boolean().describe('Whether peers agreed to it. A folder under demo tokens publishes without.'),
  }),
})

export const policyRetired = defineEvent({
  ...ours,
  type: 'policy.retired',
  description: 'The policy no longer applies.',
  data: z.strictObject({ version: PolicyVersion, reason: Personal }),
})

export const policyEvents = [
  policyDrafted,
  policyRevised,
  policySubmitted,
  policyChangesRequested,
  policyApproved,
  policyDiscarded,
  policyCommented,
  policyPublished,
  policyActivated,
  policyRetired,
] as const
export type PolicyEvent = EventOf<(typeof policyEvents)[number]>
export type PolicyPublished = EventOf<typeof policyPublished>
export type PolicyCommented = EventOf<typeof policyCommented>
export type PolicySubmitted = EventOf<typeof policySubmitted>
export type Author = z.infer<typeof Author>

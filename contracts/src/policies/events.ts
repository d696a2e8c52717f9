import { z } from 'zod'
import { defineEvent, type EventOf } from '../event.ts'
import { Digest, Instant, Personal } from '../primitives.ts'
import { PolicyDocument, PolicyMode } from './document.ts'

/* Stream `policy-<id>`: each published version of a document, and its end. */

const ours = { version: 1, origin: 'muster', category: 'policy' } as const
export const PolicyVersion = z.int().min(1).describe('Counts up with each other content.')

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

export const policyEvents = [policyPublished, policyRetired] as const
export type PolicyEvent = EventOf<(typeof policyEvents)[number]>
export type PolicyPublished = EventOf<typeof policyPublished>

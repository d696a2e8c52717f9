import { z } from 'zod'
import { ClaimedName } from '../primitives.ts'
import { PolicyCases } from './cases.ts'
import { PolicyDocument } from './document.ts'
import { policyPublished, PolicyVersion } from './events.ts'

const { digest } = policyPublished.data.shape
/** What is compiled, compared and shown again and again must not keep the server from its other work. */
const longestDocument = 64 * 1024

const sentence = z.string().min(1).max(4000)

/** Body of `POST /v1/policies/{id}/draft`: begins the change of a policy, or revises the one that is open. */
export const DraftPolicy = z
  .strictObject({
    document: PolicyDocument.refine(
      document => JSON.stringify(document).length <= longestDocument,
      `at most ${longestDocument / 1024} KiB of JSON`,
    ),
    cases: PolicyCases.optional().describe('What it must answer. It is submitted only with at least one, and when all pass.'),
    authors: z
      .array(ClaimedName)
      .max(20)
      .optional()
      .describe('Who wrote it, by the names that a repository knows them by. A person who sends it is one of them; a service must say.'),
  })
  .meta({ id: 'DraftPolicy' })

/** Body of `POST /v1/policies/{id}/submission`. */
export const SubmitPolicy = z
  .strictObject({
    digest: digest.describe('The content that is submitted, as it was drafted.'),
    backtest: z.string().min(1).max(100).describe('The finished backtest of exactly this content that the submitter has seen.'),
  })
  .meta({ id: 'SubmitPolicy' })

/** Body of `POST /v1/policies/{id}/activation`. */
export const ActivatePolicy = z
  .strictObject({ version: PolicyVersion.describe('The version that is tried in shadow, and takes effect.') })
  .meta({ id: 'ActivatePolicy' })

/** Body of `POST /v1/policies/{id}/discarding`. */
export const DiscardDraft = z
  .strictObject({ digest: digest.describe('The content that is given up, as it was drafted.'), reason: sentence })
  .meta({ id: 'DiscardDraft' })

/** Body of `POST /v1/policies/{id}/comments`. */
export const CommentPolicy = z.strictObject({ text: sentence }).meta({ id: 'CommentPolicy' })

/** Body of `POST /v1/policies/{id}/retirement`. */
export const RetirePolicy = z.strictObject({ reason: sentence }).meta({ id: 'RetirePolicy' })

export type DraftPolicy = z.infer<typeof DraftPolicy>
export type SubmitPolicy = z.infer<typeof SubmitPolicy>
export type ActivatePolicy = z.infer<typeof ActivatePolicy>
export type DiscardDraft = z.infer<typeof DiscardDraft>
export type CommentPolicy = z.infer<typeof CommentPolicy>
export type RetirePolicy = z.infer<typeof RetirePolicy>

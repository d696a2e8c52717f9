import { z } from 'zod'
import { ClaimedName, Labels, Name } from '../primitives.ts'

/** Body of `POST /v1/intents`. */
export const DeclareIntent = z
  .strictObject({
    id: z
      .string()
      .min(1)
      .max(150)
      .optional()
      .describe('Choose it so that a retry is the same intent, such as the id of a CI job. Made up when left out.'),
    model: Name,
    version: Name,
    environment: Name,
    endpoint: Name,
    requestedBy: ClaimedName.optional().describe('Who asks. A service must say it; a person may only ask for themselves.'),
    purpose: z.string().min(1).max(1000).optional(),
    labels: Labels.optional(),
  })
  .meta({ id: 'DeclareIntent' })
export type DeclareIntent = z.infer<typeof DeclareIntent>

/** Body of `POST /v1/intents/{id}/withdrawal`. */
export const WithdrawIntent = z
  .strictObject({ because: z.string().min(1).max(1000).optional(), labels: Labels.optional() })
  .meta({ id: 'WithdrawIntent' })
export type WithdrawIntent = z.infer<typeof WithdrawIntent>

/** Body of `POST /v1/quarantine/{sha256}/replay` and `/discard`. */
export const ReleaseMessage = z.strictObject({ reason: z.string().min(1).max(4000) }).meta({ id: 'ReleaseMessage' })
export type ReleaseMessage = z.infer<typeof ReleaseMessage>

import { z } from 'zod'
import { Reason, Target } from '../deployments/check.ts'
import { deploymentStatuses } from '../deployments/views.ts'
import { quarantineReasons } from '../intake/events.ts'
import { Instant, Position } from '../primitives.ts'

/** What became of one event of `POST /v1/events`. */
export const EventReceipt = z
  .strictObject({
    id: z.string().optional(),
    source: z.string().optional(),
    outcome: z
      .enum(['recorded', 'unchanged', 'refused', 'withheld'])
      .describe('A batch is taken whole or not at all: what is withheld was good, and was not recorded because another was refused.'),
    status: z.int().describe('202 recorded, 200 unchanged, 400, 409 or 413 refused, 424 withheld.'),
    position: Position.optional().describe('Where it stands in the log.'),
    error: z.strictObject({ code: z.enum(quarantineReasons), message: z.string(), pointer: z.string().optional() }).optional(),
  })
  .meta({ id: 'EventReceipt' })

export const QuarantineEntry = z
  .strictObject({
    sha256: z.string(),
    code: z.enum(quarantineReasons),
    message: z.string(),
    pointer: z.string().optional(),
    topic: z.string(),
    key: z.string().optional(),
    size: z.int(),
    times: z.int().describe('How often the same bytes came.'),
    firstSeen: Instant,
    lastSeen: Instant,
    released: z.strictObject({ at: Instant, outcome: z.enum(['replayed', 'discarded']), by: z.string() }).optional(),
  })
  .meta({ id: 'QuarantineEntry' })

export const QuarantinedMessage = z
  .strictObject({
    ...QuarantineEntry.shape,
    headers: z.record(z.string(), z.string()),
    text: z.string().describe('The bytes, read as UTF-8.'),
    base64: z.string(),
  })
  .meta({ id: 'QuarantinedMessage' })

/** What `POST /v1/intents` answers: 200 once there is something to obey or to wait for people with, 202 before. */
export const IntentAnswer = z
  .strictObject({
    id: z.string().describe('Of the intent, and of its deployment.'),
    status: z.enum(['undecided', ...deploymentStatuses]).describe('undecided: nobody has looked at it yet.'),
    target: Target.optional(),
    reasons: z.array(Reason),
    approvalId: z.string().optional(),
    missing: z.array(z.string()).optional().describe('While it waits: what is not registered yet.'),
    position: Position.describe('Of the newest event that this answer knows.'),
  })
  .meta({ id: 'IntentAnswer' })

export type EventReceipt = z.infer<typeof EventReceipt>
export type QuarantineEntry = z.infer<typeof QuarantineEntry>
export type QuarantinedMessage = z.infer<typeof QuarantinedMessage>
export type IntentAnswer = z.infer<typeof IntentAnswer>

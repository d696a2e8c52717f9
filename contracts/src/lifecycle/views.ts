import { z } from 'zod'
import { quarantineReasons } from '../intake/events.ts'
import { Instant } from '../primitives.ts'

/** What became of one event of `POST /v1/events`. */
export const EventReceipt = z
  .strictObject({
    id: z.string().optional(),
    source: z.string().optional(),
    outcome: z.enum(['recorded', 'unchanged', 'refused']).describe('In a batch with one refusal, nothing was recorded.'),
    status: z.int(),
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

export type EventReceipt = z.infer<typeof EventReceipt>
export type QuarantineEntry = z.infer<typeof QuarantineEntry>
export type QuarantinedMessage = z.infer<typeof QuarantinedMessage>

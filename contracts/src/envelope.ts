import { z } from 'zod'
import { Instant } from './primitives.ts'

/*
 * The CloudEvents 1.0 context of an event, as it is recorded and as it goes out.
 * Sources: CloudEvents 1.0.2; extensions partitioning, sequence, distributed tracing, auth context, recorded time, correlation.
 */

export const longestEvent = 256 * 1024
/** Objects and lists within one another, the data of an event itself being the first. */
export const deepestEvent = 32

const attribute = z.string().min(1).max(1000)

export const Context = z.strictObject({
  id: attribute.describe('Unique within its source.'),
  source: attribute.describe('Who says so: a URI reference.'),
  type: z.string().describe('dev.muster.<event>.v<N>'),
  subject: z.string().min(1).describe("The aggregate's id."),
  partitionkey: z
    .string()
    .min(1)
    .describe('The governed model, else the subject: the Kafka key, so that all that concerns a model stays in order.'),
  time: Instant.describe('When the sender says that it happened: a claim.'),
  correlationid: attribute.describe('What belongs together: the id of the event that began it.'),
  causationid: attribute.optional().describe('The event that caused this one.'),
  authtype: z.enum(['user', 'service_account', 'unauthenticated', 'unknown']).optional(),
  authid: attribute.optional().describe('Who did it: a person or a service.'),
  sequence: attribute.optional().describe("The source's own count, where it has one: a gap is a finding."),
  traceparent: attribute.optional(),
  dataschema: attribute.optional(),
})
export type Context = z.infer<typeof Context>

import { z } from 'zod'
import { defineEvent, type EventOf } from '../event.ts'
import { Severity } from '../policies/document.ts'
import { Digest, Instant, Json } from '../primitives.ts'

/* Stream `alert-<id>`: one cause is raised once, resolved by the facts, and may be raised again later. */

const alert = { version: 1, origin: 'muster', category: 'alert' } as const

export const alertKinds = [
  'deployment-blocked',
  'deployment-refused',
  'deployment-lapsed',
  'deployment-revoked',
  'approval-newly-required',
  'rule-warned',
  'violation-found',
  'quarantined',
  'parked',
] as const

/** A kebab noun phrase. The contract leaves the list open, so that another kind of alert is no other version of the event. */
const AlertKind = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,99}$/)
  .describe(`What it is an alert about, such as ${alertKinds.slice(0, 2).join(' or ')}.`) as unknown as z.ZodType<AlertKind>

export const alertRaised = defineEvent({
  ...alert,
  type: 'alert.raised',
  description: 'Somebody must know: what, why, by which policy, and what to do.',
  data: z.strictObject({
    kind: AlertKind,
    subject: z.string().describe('What it is about; with the kind and the rule the key by which a cause is known again.'),
    cause: z.uuid().describe('The event that it is raised for: one event raises once.'),
    severity: Severity,
    title: z.string(),
    policy: z
      .strictObject({ id: z.string(), version: z.int(), digest: Digest, rule: z.string().optional(), message: z.string().optional() })
      .optional(),
    values: z.record(z.string(), Json).describe('The values that decided, by path.'),
    model: z.string().optional(),
    version: z.string().optional(),
    environment: z.string().optional(),
    endpoint: z.string().optional(),
    artifact: Digest.optional(),
    datasets: z.array(z.string()),
    remediation: z.strictObject({ steps: z.array(z.string()), by: Instant.optional() }),
    links: z.array(z.strictObject({ title: z.string(), href: z.string() })),
  }),
})

export const alertResolved = defineEvent({
  ...alert,
  type: 'alert.resolved',
  description: 'What it was raised for is over.',
  data: z.strictObject({ because: z.string(), cause: z.uuid().describe('The event that ends it: one event ends once.') }),
})

export const alertEvents = [alertRaised, alertResolved] as const
export type AlertEvent = EventOf<(typeof alertEvents)[number]>
export type AlertRaised = EventOf<typeof alertRaised>
export type AlertKind = (typeof alertKinds)[number]

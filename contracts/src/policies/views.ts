import { z } from 'zod'
import { Instant, Position } from '../primitives.ts'
import { PolicyDocument } from './document.ts'
import { policyPublished } from './events.ts'

export const PolicyView = z
  .strictObject({
    id: z.string(),
    status: z.enum(['in-force', 'retired']),
    kind: z.enum(['Policy', 'ApprovalRule']),
    title: z.string(),
    owner: z.string(),
    version: z.int(),
    digest: policyPublished.data.shape.digest,
    mode: policyPublished.data.shape.mode,
    effectiveFrom: Instant,
    effectiveUntil: Instant.optional(),
    reviewed: z.boolean(),
    publishedAt: Instant,
    retiredAt: Instant.optional(),
    position: Position,
    document: PolicyDocument,
  })
  .meta({ id: 'PolicyView' })

/** Body of `POST /v1/policies/{id}/retirement`. */
export const RetirePolicy = z.strictObject({ reason: z.string().min(1).max(4000) }).meta({ id: 'RetirePolicy' })

export type PolicyView = z.infer<typeof PolicyView>
export type RetirePolicy = z.infer<typeof RetirePolicy>

import { z } from 'zod'
import { Digest, Instant, Position } from '../primitives.ts'
import { Reason, Target } from './check.ts'

/*
 * What CD obeys: one message a decision on `muster.decisions`, key = the model, CloudEvents type `dev.muster.decision.<status>.v1`.
 * Its `id` is that of the event it tells of, so that a repeat on the wire is recognised.
 */

export const decisionStatuses = ['approval-required', 'cleared', 'blocked', 'refused', 'lapsed', 'revoked'] as const

export const DecisionMessage = z
  .strictObject({
    deployment: z.string(),
    status: z.enum(decisionStatuses),
    target: Target,
    materialDigest: Digest.optional(),
    approvalId: z.string().optional(),
    reasons: z.array(Reason),
    remediation: z.strictObject({ steps: z.array(z.string()), by: Instant }).optional(),
    position: Position,
    decidedAt: Instant,
  })
  .meta({ id: 'Decision', title: 'Decision' })
export type DecisionMessage = z.infer<typeof DecisionMessage>

import { z } from 'zod'
import { Instant, Position } from '../primitives.ts'
import { alertRaised } from './events.ts'

export const AlertView = z
  .strictObject({
    id: z.string(),
    status: z.enum(['open', 'resolved']),
    ...alertRaised.data.shape,
    raisedAt: Instant,
    resolvedAt: Instant.optional(),
    resolvedBecause: z.string().optional(),
    position: Position,
  })
  .meta({ id: 'Alert' })
export type AlertView = z.infer<typeof AlertView>

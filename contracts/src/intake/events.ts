import { z } from 'zod'
import { defineEvent, type EventOf } from '../event.ts'
import { Personal, Position } from '../primitives.ts'

/*
 * What was not taken, and what could not be processed. The bytes stay in their tables; the log keeps that it happened and how it ended.
 * Streams `quarantine-<sha256 of the bytes>` and `parking-<subscription>/<key>`.
 */

export const quarantineReasons = [
  'not-a-cloudevent',
  'not-json',
  'too-large',
  'unknown-type',
  'invalid',
  'wrong-subject',
  'from-the-future',
  'id-reused',
  'conflicting-digest',
] as const

const Failure = z.strictObject({
  code: z.enum(quarantineReasons),
  message: z.string(),
  path: z.string().optional().describe('JSON pointer of the field.'),
})

export const quarantineEntered = defineEvent({
  type: 'quarantine.entered',
  version: 1,
  origin: 'muster',
  category: 'quarantine',
  description: 'A message was not taken. Its bytes, headers and reason are kept and can be replayed.',
  data: z.strictObject({
    reason: Failure,
    topic: z.string().describe('Where it came from.'),
    claimed: z
      .strictObject({
        id: z.string().optional(),
        source: z.string().optional(),
        type: z.string().optional(),
        subject: z.string().optional(),
      })
      .describe('What the message says of itself, as far as it can be read.'),
  }),
})

export const quarantineReleased = defineEvent({
  type: 'quarantine.released',
  version: 1,
  origin: 'muster',
  category: 'quarantine',
  description: 'A message left quarantine: it was replayed and taken, or discarded by a person.',
  data: z.strictObject({ outcome: z.enum(['replayed', 'discarded']), reason: Personal }),
})

export const parkingEntered = defineEvent({
  type: 'parking.entered',
  version: 1,
  origin: 'muster',
  category: 'parking',
  description: 'A subscription could not process an event; what follows for the same key waits behind it.',
  data: z.strictObject({ position: Position, event: z.uuid(), reason: z.string() }),
})

export const parkingReleased = defineEvent({
  type: 'parking.released',
  version: 1,
  origin: 'muster',
  category: 'parking',
  description: 'All that waited for the key was processed.',
  data: z.strictObject({ events: z.int().min(1) }),
})

export const quarantineEvents = [quarantineEntered, quarantineReleased] as const
export const parkingEvents = [parkingEntered, parkingReleased] as const
export type QuarantineEvent = EventOf<(typeof quarantineEvents)[number]>
export type ParkingEvent = EventOf<(typeof parkingEvents)[number]>
export type QuarantineReason = z.infer<typeof Failure>

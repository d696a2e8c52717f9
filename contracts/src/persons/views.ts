import { z } from 'zod'
import { Instant, Person, Position } from '../primitives.ts'

/** One destruction of a person's keys. */
export const Erasure = z
  .strictObject({
    person: Person,
    at: Instant,
    by: z.string().optional().describe('Who did it.'),
    keys: z.int().describe('How many keys were destroyed by it.'),
    reason: z.string().optional().describe('Why, as whoever did it said.'),
    position: Position,
  })
  .meta({ id: 'Erasure' })

/** What Muster holds of the words of one person, and how far an erasure reaches. */
export const ErasureReport = z
  .strictObject({
    person: Person,
    readable: z.int().describe('Texts of the person that can be read now: what an erasure would take.'),
    erased: z.int().describe('Texts that nobody can read any more.'),
    inClear: z.int().describe('Of all of them, those that stand in the log in clear: they were recorded before text was encrypted.'),
    events: z.record(z.string(), z.int()).describe('How many texts, by the type of the event.'),
    erasures: z.array(Erasure).describe('Oldest first.'),
    outOfReach: z.array(z.string()).describe('What no erasure reaches, in sentences: see to it where it is.'),
  })
  .meta({ id: 'ErasureReport' })

/** Body of `POST /v1/erasures/{person}`. */
export const ErasePersonRequest = z
  .strictObject({ reason: z.string().min(1).max(4000).optional().describe('Why; kept with your name, and as erasable as any text.') })
  .meta({ id: 'ErasePersonRequest' })

export type Erasure = z.infer<typeof Erasure>
export type ErasureReport = z.infer<typeof ErasureReport>
export type ErasePersonRequest = z.infer<typeof ErasePersonRequest>

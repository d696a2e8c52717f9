import { z } from 'zod'
import { defineEvent, type EventOf } from '../event.ts'
import { Person, Personal } from '../primitives.ts'

/* Stream `person-<person>`: that what somebody wrote was made unreadable. What they decided stays, under their id. */

export const personErased = defineEvent({
  version: 1,
  origin: 'muster',
  category: 'person',
  type: 'person.erased',
  description: 'The keys of all that the person had written were destroyed: nobody can read it any more.',
  data: z.strictObject({
    person: Person,
    keys: z.array(z.uuid()).max(1000).describe('Ids of the keys. Whoever still has one of them destroys it.'),
    reason: Personal.optional().describe('Why, in the words of whoever did it. Never the text.'),
  }),
})

export const personEvents = [personErased] as const
export type PersonEvent = EventOf<(typeof personEvents)[number]>

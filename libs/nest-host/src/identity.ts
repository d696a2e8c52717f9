import { ClaimedName, Person, Role } from '@muster/contracts'
import { z } from 'zod'

/*
 * Who is known: people with the names that pipelines, registries and identity providers use for them, which sources may speak for
 * people, and whom a token stands for.
 *
 * A token is random, at least 128 bits, so its plain SHA-256 is enough: nobody can guess what a slow hash would protect. The token itself
 * is kept nowhere.
 */

const ServiceName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'a service name: lower-case letters, digits, dots, hyphens')

const KnownPerson = z.strictObject({
  id: Person.describe('The one id that this installation knows the person by.'),
  names: z.array(ClaimedName).default([]).describe('What others call them. The id itself is always one of their names.'),
})

const Token = z
  .strictObject({
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, '64 lower-case hex digits')
      .describe('SHA-256 of the token: printf %s "$TOKEN" | sha256sum. Make a token by: openssl rand -hex 32'),
    person: Person.optional(),
    service: ServiceName.optional(),
    roles: z.array(Role).default([]).describe('publisher, operator, policy-admin, privacy-officer, or a role that approvals ask for.'),
  })
  .refine(({ person, service }) => (person === undefined) !== (service === undefined), 'a token stands for either a person or a service')

export const IdentitySettings = z
  .strictObject({
    people: z.array(KnownPerson).default([]),
    speakFor: z.array(z.string().min(1)).default([]).describe('Sources of events that may speak for people; * stands for any text.'),
    tokens: z.array(Token).default([]),
  })
  .superRefine(({ people, tokens }, context) => {
    const owner = new Map<string, string>()
    for (const [index, { id, names }] of people.entries()) {
      for (const name of new Set([id, ...names])) {
        const other = owner.get(name)
        if (other !== undefined) context.addIssue({ code: 'custom', path: ['people', index], message: `"${name}" already names ${other}` })
        owner.set(name, id)
      }
    }
    const ids = new Set(people.map(({ id }) => id))
    const hashes = new Set<string>()
    for (const [index, { person, sha256 }] of tokens.entries()) {
      if (person !== undefined && !ids.has(person))
        context.addIssue({ code: 'custom', path: ['tokens', index, 'person'], message: `"${person}" is not among the people` })
      if (hashes.has(sha256)) context.addIssue({ code: 'custom', path: ['tokens', index, 'sha256'], message: 'two tokens are the same' })
      hashes.add(sha256)
    }
  })
export type IdentitySettings = z.infer<typeof IdentitySettings>

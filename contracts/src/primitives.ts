import { z } from 'zod'
import type { FactValue } from './facts.ts'

/* Small shapes that several contexts share. */

/** An instant, RFC 3339 in UTC. */
export const Instant = z.iso.datetime()

/** A name as a person or machine outside gave it: of a model, a data set, an environment. */
export const Name = z.string().min(1).max(150)

/** A person under the one id that this installation knows them by. */
export const Person = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'a canonical person id: lower-case letters, digits, dots, hyphens')

/** A name that a pipeline, a registry or an identity provider uses for a person; configuration maps it to a Person, or not. */
export const ClaimedName = z.string().min(1).max(200)

export const Role = z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'a role: lower-case letters, digits, hyphens')

/** Digest of content, algorithm first. */
export const Digest = z
  .string()
  .regex(/^(sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/, 'a digest such as sha256:<64 hex digits>')

/** Text that a person wrote or that names one. Always kept in this shape, so that it can be encrypted under that person's key and erased. */
export const Personal = z.strictObject({ personal: z.string().min(1).max(4000), of: Person })

/** What the sender wants to keep beside the contract; Muster stores it and decides nothing by it. */
export const Labels = z.record(z.string().max(100), z.string().max(1000)).describe('Kept as sent; no policy sees it.')

export const Uri = z.string().min(1).max(2000)

/** A share from 0 to 1. */
export const Rate = z.number().min(0).max(1)

export const Position = z.int().min(0).describe('A position of the log.')
export const Json: z.ZodType = z.unknown().meta({ description: 'Any JSON value.' })

/** A value of a fact. What stands here was a fact before it was recorded; the contract of facts has its type. */
export const Fact = z.unknown().meta({ description: 'A value of a fact: any JSON value.' }) as unknown as z.ZodType<FactValue>

export type Person = z.infer<typeof Person>
export type Personal = z.infer<typeof Personal>
export type Digest = z.infer<typeof Digest>
export type ClaimedName = z.infer<typeof ClaimedName>

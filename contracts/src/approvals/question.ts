import { z } from 'zod'
import { Need } from '../policies/document.ts'
import { ClaimedName, Digest, Person } from '../primitives.ts'

/* What people are asked to agree to. Any context that needs people's agreement asks in this shape, and is answered with `about` and `digest`. */

/** What kinds of thing people agree to. Deployments ask today; the others are what will ask in the same way. */
export const aboutKinds = ['deployment', 'policy', 'exception', 'remediation'] as const

export const About = z.strictObject({ kind: z.enum(aboutKinds), id: z.string().min(1) })
export const Answered = { about: About, digest: Digest.describe('Exactly the content that was agreed to.') }
export const Exclusion = z.strictObject({ person: Person, because: z.string() })

export const Question = {
  ...Answered,
  supersedes: z.string().optional().describe('The approval that this one replaces, since what it was about has changed.'),
  changed: z.array(z.string()).describe('Paths that changed since the superseded approval was asked for.'),
  approvalRules: z
    .array(z.strictObject({ id: z.string(), version: z.int().min(1), digest: Digest }))
    .describe('The rules that ask. None where the asker itself says who is needed.'),
  needs: z.array(Need).min(1),
  excluded: z.array(Exclusion).describe('Who may not sign, and why: computed from who did the work.'),
  unmapped: z.array(ClaimedName).describe('Names that map to nobody. While there is one, nobody can sign.'),
}

export type About = z.infer<typeof About>
export type Exclusion = z.infer<typeof Exclusion>

import type { Author, Exclusion, Need, PolicyDocument } from '@muster/contracts'
import { byCodeUnit } from '@muster/kernel'

/*
 * Who must agree to a change of the catalogue: the group that answers for the policy, one of it, and two where the policy is critical.
 *
 * Where a change gives a policy another owner or severity, what it was before counts as well, as it decides and as it is tried: nobody takes a
 * policy out of a group's hands, or the second pair of eyes off it, without them.
 */

export interface Reviewers {
  readonly needs: Need[]
  readonly excluded: Exclusion[]
  readonly unmapped: string[]
}

/** Who agrees where the owner is no group. */
const fallback = 'policy-admin'
const reviewerRole = ({ owner }: PolicyDocument): string => /^group:([a-z0-9][a-z0-9-]{0,99})$/.exec(owner)?.[1] ?? fallback
const isCritical = (document: PolicyDocument): boolean => document.kind === 'Policy' && document.severity === 'critical'

export function reviewersOf(
  document: PolicyDocument,
  before: readonly (PolicyDocument | undefined)[],
  authors: readonly Author[],
): Reviewers {
  const contents = [document, ...before].filter(one => one !== undefined)
  const count = contents.some(isCritical) ? 2 : 1
  const persons = authors.flatMap(({ person }) => person ?? [])
  return {
    needs: [...new Set(contents.map(reviewerRole))].map(role => ({ role, count })),
    excluded: [...new Set(persons)].toSorted(byCodeUnit).map(person => ({ person, because: 'wrote the policy' })),
    unmapped: [...new Set(authors.filter(({ person }) => person === undefined).map(({ name }) => name))].toSorted(byCodeUnit),
  }
}

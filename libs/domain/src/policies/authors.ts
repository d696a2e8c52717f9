import type { Author } from '@muster/contracts'

/* Who wrote a change, and so never reviews it. Nobody is taken off it; a name that maps to nobody becomes the person whom it means. */

/** A folder that does not say who changed it. Nobody reviews what it says, until a person sends the same and so stands for it. */
export const unknownAuthor: Author = { name: 'whoever changed the folder of policies' }

export const includes = (authors: readonly Author[], { name, person }: Author): boolean =>
  authors.some(known => known.name === name && known.person === person)

export function withAuthor(authors: readonly Author[], author: Author): readonly Author[] {
  if (includes(authors, author)) return authors
  const isKnownNow = ({ name, person }: Author): boolean =>
    author.person !== undefined && person === undefined && (name === author.name || name === unknownAuthor.name)
  return [...authors.filter(one => !isKnownNow(one)), author]
}

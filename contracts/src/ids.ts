/*
 * Names of streams and subjects. They are built and parsed here and nowhere else.
 *
 * A stream is `<category>-<subject>`; the category has no hyphen, so that KurrentDB's category (up to the first hyphen) is ours.
 * A subject is one component, or two with a separator. A component is NFC, percent-encoded outside `A-Za-z0-9._~-`, at most 200 bytes
 * encoded, so that one thing has one name in every store, topic and URL.
 */

declare const brand: unique symbol
export type StreamName = string & { readonly [brand]: 'StreamName' }

/** Which components make up the subject of each category, and what stands between two. */
const subjects = {
  model: ['name'],
  version: ['model', '@', 'version'],
  dataset: ['name'],
  endpoint: ['environment', '/', 'name'],
  intent: ['id'],
  quarantine: ['sha256'],
  policy: ['id'],
  deployment: ['id'],
  violation: ['environment', '/', 'endpoint'],
  approval: ['id'],
  alert: ['id'],
  parking: ['subscription', '/', 'key'],
  person: ['id'],
  ledger: ['origin'],
} as const

export type Category = keyof typeof subjects
export const categories = Object.keys(subjects) as Category[]
export const isCategory = (text: string): text is Category => Object.hasOwn(subjects, text)

export type SubjectParts<C extends Category> = (typeof subjects)[C] extends readonly [string] ? [string] : [string, string]

const longest = 200

/** Already as it is encoded, as nearly every name is: to encode it takes many times as long as to see that. */
const isPlain = (text: string): boolean => text.length <= longest && /^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$/.test(text)

function encodeComponent(text: string): string {
  if (isPlain(text)) return text
  const encoded = encodeURIComponent(text.normalize('NFC')).replaceAll(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  if (encoded === '' || encoded === '.' || encoded === '..') throw new RangeError(`"${text}" cannot be a name`)
  if (encoded.length > longest)
    throw new RangeError(`a name is at most ${longest} bytes when percent-encoded, this one has ${encoded.length}`)
  return encoded
}

/** @throws RangeError when a part is empty or too long, URIError when it has a lone surrogate. */
export function subjectOf<C extends Category>(category: C, ...parts: SubjectParts<C>): string {
  const [, separator = ''] = subjects[category] as readonly string[]
  return parts.map(encodeComponent).join(separator)
}

/** The parts of a subject, decoded, or what is wrong with it. Not canonical but readable text is read: names that people type are kept. */
export function parseSubject<C extends Category>(
  category: C,
  subject: string,
): { ok: true; parts: SubjectParts<C> } | { ok: false; message: string } {
  const [first, separator, second] = subjects[category] as readonly [string, string?, string?]
  const form = separator === undefined ? `<${first}>` : `<${first}>${separator}<${second}>`
  const pieces = separator === undefined ? [subject] : subject.split(separator)
  if (pieces.length !== (separator === undefined ? 1 : 2))
    return { ok: false, message: `${named(category)}'s subject is ${form}, not "${subject}"` }
  try {
    if (pieces.every(isPlain)) return { ok: true, parts: pieces as SubjectParts<C> }
    const parts = pieces.map(piece => decodeURIComponent(piece).normalize('NFC')) as SubjectParts<C>
    subjectOf(category, ...parts)
    return { ok: true, parts }
  } catch (error) {
    return { ok: false, message: `${named(category)}'s subject is ${form}: ${error instanceof Error ? error.message : String(error)}` }
  }
}

export const streamName = <C extends Category>(category: C, ...parts: SubjectParts<C>): StreamName =>
  `${category}-${subjectOf(category, ...parts)}` as StreamName

/** For a subject that is known to be canonical, such as one from an envelope that was recorded. */
export const streamOfSubject = (category: Category, subject: string): StreamName => `${category}-${subject}` as StreamName

/** @throws RangeError for a text that no category could have made. */
export function parseStream(stream: string): { category: Category; subject: string } {
  const hyphen = stream.indexOf('-')
  const category = stream.slice(0, hyphen)
  if (hyphen < 1 || !isCategory(category)) throw new RangeError(`"${stream}" is not a stream of ours`)
  return { category, subject: stream.slice(hyphen + 1) }
}

/** With its article: `an endpoint`, `a version`. */
const named = (category: Category): string => `${/^[aeiou]/.test(category) ? 'an' : 'a'} ${category}`

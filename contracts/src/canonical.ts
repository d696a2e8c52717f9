import canonicalize from 'canonicalize'

/**
 * Canonical JSON (RFC 8785): one text for one value, so that equal content has equal bytes and an equal digest.
 * Numbers beyond 2^53 must have been refused before: RFC 8785 would round them silently.
 * @throws when the value is not JSON (undefined, a function, NaN, a lone surrogate).
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('not a JSON value')
  return text
}

/*
 * Canonical JSON (RFC 8785): one text for one value, so that equal content has equal bytes and an equal digest.
 *
 * The standard writes strings and numbers as ECMAScript does and sorts names by UTF-16 code units, as `sort` does by itself. Every event,
 * snapshot and digest passes here, so it is our own: the package `canonicalize`, which the specification compares it with, takes more than
 * twice as long.
 */

/**
 * Numbers beyond 2^53 must have been refused before: RFC 8785 would round them silently. A property that is undefined is left out.
 * @throws when the value is not JSON (undefined, a function, NaN, a lone surrogate, a cycle).
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value)
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} is not a JSON value`)
      return String(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      if ('toJSON' in value && typeof value.toJSON === 'function') return canonicalJson(value.toJSON())
      return Array.isArray(value) ? list(value) : record(value as { readonly [name: string]: unknown })
    case 'undefined':
    case 'function':
    case 'symbol':
    case 'bigint':
      throw new TypeError(`not a JSON value: ${typeof value}`)
  }
}

function list(values: readonly unknown[]): string {
  let text = '['
  for (const value of values) text += (text.length > 1 ? ',' : '') + canonicalJson(value ?? null)
  return `${text}]`
}

function record(fields: { readonly [name: string]: unknown }): string {
  let text = '{'
  for (const name of Object.keys(fields).toSorted()) {
    const value = fields[name]
    if (value !== undefined) text += `${text.length > 1 ? ',' : ''}${quoted(name)}:${canonicalJson(value)}`
  }
  return `${text}}`
}

/** ASCII without quotes, backslashes and control characters: nearly every text, and nothing in it needs an escape. */
const asItIs = /^[ !#-[\]-~]*$/
/** With `u` a pair is one character, so that only a half matches. */
const loneSurrogate = /\p{Surrogate}/u

function quoted(text: string): string {
  if (asItIs.test(text)) return `"${text}"`
  if (loneSurrogate.test(text)) throw new TypeError('not a JSON value: a text with a lone surrogate')
  return JSON.stringify(text)
}

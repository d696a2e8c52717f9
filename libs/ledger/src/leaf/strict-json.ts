import { canonicalJson } from '@muster/contracts'
import { accept, refuse, type Refused, type Result } from '../result.ts'

/*
 * Canonical JSON, and nothing that two readers could understand differently: the text is to the byte what RFC 8785 writes for its value, so a
 * key that came twice, a rounded number, half of a surrogate pair, white space or another order of names shows by itself. Refused besides are
 * numbers beyond 2^53, nesting deeper than 32, the key `__proto__`, and texts of more than 256 KiB.
 */

export const longestText = 256 * 1024
export const deepest = 32

/** The value, or what is wrong with the text and where: a JSON pointer (RFC 6901). */
export function readCanonical(text: string): Result<unknown> {
  // A character has at most three bytes: whether the text is too long is usually known without counting them.
  if (text.length > longestText || (text.length > longestText / 3 && new TextEncoder().encode(text).length > longestText))
    return refuse(`the text has more than ${longestText} bytes`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('the text is not JSON')
  }
  const flaw = flawIn(value, '', 0)
  if (flaw !== undefined) return flaw
  const canonical = canonicalJson(value)
  return canonical === text ? accept(value) : refuse(differenceOf(text, canonical))
}

/** In a value that JSON.parse gave. */
function flawIn(value: unknown, path: string, depth: number): Refused | undefined {
  if (typeof value === 'string') return halfOf(value) ? refuse(`${at(path)}: half of a surrogate pair stands alone`) : undefined
  if (typeof value === 'number')
    return Math.abs(value) > Number.MAX_SAFE_INTEGER ? refuse(`${at(path)}: the number is too large to be kept exactly`) : undefined
  if (typeof value !== 'object' || value === null) return undefined
  if (depth === deepest) return refuse(`${at(path)}: arrays and objects are nested deeper than ${deepest}`)
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const flaw = flawIn(value[index], `${path}/${index}`, depth + 1)
      if (flaw !== undefined) return flaw
    }
    return undefined
  }
  const fields = value as { readonly [name: string]: unknown }
  for (const name of Object.keys(fields)) {
    if (name === '__proto__') return refuse(`${at(path)}: the key __proto__ is not taken`)
    if (halfOf(name)) return refuse(`${at(path)}: half of a surrogate pair stands alone in a key`)
    const flaw = flawIn(fields[name], `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1)
    if (flaw !== undefined) return flaw
  }
  return undefined
}

const at = (path: string): string => (path === '' ? 'the whole' : path)
const plain = /^[\0-\x7f]*$/
const halfOf = (text: string): boolean => !plain.test(text) && /\p{Surrogate}/u.test(text)

function differenceOf(text: string, canonical: string): string {
  let place = 0
  while (text[place] === canonical[place]) place++
  return `${pointerAt(text, place)}: the text is not canonical from character ${place} on (a key twice, another order, white space, or a number that is rounded)`
}

/** The pointer to where a place in a JSON text is. */
function pointerAt(text: string, place: number): string {
  const places: (string | number)[] = []
  let isKey = false
  for (const { 0: token, index } of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g)) {
    if (index > place) break
    const last = places.length - 1
    if (token === '{' || token === '[') places.push(token === '{' ? '' : 0)
    else if (token === '}' || token === ']') places.pop()
    else if (token === ',' && typeof places[last] === 'number') places[last] += 1
    else if (token.startsWith('"') && isKey && typeof places[last] === 'string') places[last] = JSON.parse(token) as string
    isKey = token === '{' || (token === ',' && typeof places.at(-1) === 'string')
  }
  return at(places.map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''))
}

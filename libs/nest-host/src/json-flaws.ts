import { pointerOf } from './validation.pipe.ts'

/*
 * What `JSON.parse` hides, so that two different texts never become one value.
 *
 * `JSON.parse` decides what is JSON and what its value is. Then the same text, which is now known to be JSON, is walked once for what it
 * hides: a key that came twice (it keeps the last), a number that a double cannot hold (it rounds), a lone surrogate, depth.
 * Refused as well are the key `__proto__`, which is a trap for whoever copies objects, and U+0000, which PostgreSQL's text cannot hold.
 * Equal numbers that are written differently (1, 1.0, 1e0) are one number, as in RFC 8785.
 */

export interface Flaw {
  readonly message: string
  /** A JSON pointer (RFC 6901) from the root of the text. */
  readonly path: string
}
type Place = { readonly keys: Set<string>; key: string } | { readonly keys: undefined; index: number }

/** Strings, numbers and what structures them; words and white space hide nothing. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|[{}[\],:]/g

/** In a text that is known to be JSON. */
export function flawIn(text: string, depth: number): Flaw | undefined {
  const places: Place[] = []
  const flaw = (message: string): Flaw => ({ message, path: pathOf(places) })
  let isKey = false
  for (const [token] of text.matchAll(tokens)) {
    const place = places.at(-1)
    switch (token) {
      case '{':
      case '[':
        if (places.length === depth) return flaw(`arrays and objects are nested deeper than ${depth}`)
        places.push(token === '{' ? { keys: new Set(), key: '' } : { keys: undefined, index: 0 })
        isKey = token === '{'
        break
      case '}':
      case ']':
        places.pop()
        isKey = false
        break
      case ',':
        if (place?.keys !== undefined) isKey = true
        else if (place !== undefined) place.index += 1
        break
      case ':':
        isKey = false
        break
      default: {
        if (!token.startsWith('"')) {
          if (!isExact(token)) return flaw(`the number ${token} cannot be kept exactly`)
          break
        }
        const string: string = token.includes('\\') ? JSON.parse(token) : token.slice(1, -1)
        const problem = problemOf(string)
        if (!isKey || place?.keys === undefined) {
          if (problem !== undefined) return flaw(problem)
          break
        }
        const earlier = place.keys.has(string)
        place.keys.add(string)
        place.key = string
        if (problem !== undefined) return flaw(`in a key, ${problem}`)
        if (earlier) return flaw(`the key "${string}" stands here twice`)
        if (string === '__proto__') return flaw('the key __proto__ is not taken')
      }
    }
  }
  return undefined
}

const pathOf = (places: readonly Place[]): string => pointerOf(places.map(place => (place.keys === undefined ? place.index : place.key)))

function problemOf(string: string): string | undefined {
  if (/\p{Surrogate}/u.test(string)) return 'half of a surrogate pair stands alone'
  return string.includes('\0') ? 'U+0000 cannot be kept' : undefined
}

/** Whether the double nearest to the number prints as the same number again. */
function isExact(number: string): boolean {
  const double = Number(number)
  if (Math.abs(double) > Number.MAX_SAFE_INTEGER) return false
  const [written, kept] = [decimalOf(number), decimalOf(String(double))]
  return written.digits === kept.digits && written.exponent === kept.exponent
}

/** digits × 10^exponent, without zeros at either end: one pair for one number, its sign aside. */
function decimalOf(number: string): { digits: string; exponent: number } {
  const [, whole = '', fraction = '', power = '0'] = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? []
  const all = whole + fraction
  const digits = all.replace(/^0+/, '').replace(/0+$/, '')
  if (digits === '') return { digits: '', exponent: 0 }
  const zeros = all.length - all.replace(/0+$/, '').length
  return { digits, exponent: Number(power) - fraction.length + zeros }
}

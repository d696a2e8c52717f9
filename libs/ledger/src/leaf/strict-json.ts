import { accept, passed, refuse, type Result } from '../result.ts'

/*
 * Canonical JSON, and nothing that two readers could understand differently. A text passes when it is to the byte what RFC 8785 writes for its
 * value, so a key that came twice, a rounded number, half of a surrogate pair, white space or another order of names does not. Refused besides
 * are numbers beyond 2^53, nesting deeper than 32, the key `__proto__`, and texts of more than 256 KiB.
 *
 * The text is walked once and no value is made of it: a million events pass here, twice. Parsing and writing again is the oracle in the tests.
 */

export const longestText = 256 * 1024
export const deepest = 32

/** What is wrong with the text and where: a JSON pointer (RFC 6901), nothing for the whole. */
export function checkCanonical(text: string): Result<undefined> {
  // A character has at most three bytes: whether the text is too long is usually known without counting them.
  if (text.length > longestText || (text.length > longestText / 3 && new TextEncoder().encode(text).length > longestText))
    return refuse(`the text has more than ${longestText} bytes`)
  const flaw: Flaw = { message: 'the text is cut off', path: '' }
  const end = valueAt(text, 0, 0, flaw)
  if (end === text.length) return passed
  if (end !== no) return refuse('something follows the value')
  return refuse(flaw.path === '' ? flaw.message : `${flaw.path}: ${flaw.message}`)
}

/** Where the value ends that begins there, of a text whose length the caller has bounded. */
export function canonicalEnd(text: string, at: number): Result<number> {
  const flaw: Flaw = { message: 'the text is cut off', path: '' }
  const end = valueAt(text, at, 0, flaw)
  return end === no ? refuse(flaw.path === '' ? flaw.message : `${flaw.path}: ${flaw.message}`) : accept(end)
}

/** Filled where something is wrong, and given its path on the way back. */
interface Flaw {
  message: string
  path: string
}
/** Each function gives the place behind what it read, or this. */
const no = -1

function valueAt(text: string, at: number, depth: number, flaw: Flaw): number {
  switch (text.charCodeAt(at)) {
    case 0x22:
      return stringAt(text, at, flaw)
    case 0x7b:
      return depth === deepest ? fail(flaw, `objects and lists are nested deeper than ${deepest}`) : objectAt(text, at, depth + 1, flaw)
    case 0x5b:
      return depth === deepest ? fail(flaw, `objects and lists are nested deeper than ${deepest}`) : listAt(text, at, depth + 1, flaw)
    case 0x74:
      return wordAt(text, at, 'true', flaw)
    case 0x66:
      return wordAt(text, at, 'false', flaw)
    case 0x6e:
      return wordAt(text, at, 'null', flaw)
    default:
      return numberAt(text, at, flaw)
  }
}

function objectAt(text: string, open: number, depth: number, flaw: Flaw): number {
  let at = open + 1
  if (text.charCodeAt(at) === 0x7d) return at + 1
  for (let before: string | undefined; ; at += 1) {
    if (text.charCodeAt(at) !== 0x22) return fail(flaw, `the name of a field should stand at character ${at}`)
    const end = stringAt(text, at, flaw)
    if (end === no) return no
    const written = text.slice(at + 1, end - 1)
    const name = written.includes('\\') ? (JSON.parse(text.slice(at, end)) as string) : written
    if (name === '__proto__') return fail(flaw, 'the key __proto__ is not taken')
    if (before !== undefined && name <= before)
      return within(fail(flaw, name === before ? 'the key stands here twice' : 'the keys are not in order'), name, flaw)
    before = name
    if (text.charCodeAt(end) !== 0x3a) return within(fail(flaw, `a colon should stand at character ${end}`), name, flaw)
    at = within(valueAt(text, end + 1, depth, flaw), name, flaw)
    if (at === no) return no
    const next = text.charCodeAt(at)
    if (next === 0x7d) return at + 1
    if (next !== 0x2c) return fail(flaw, `a comma or the object's end should stand at character ${at}`)
  }
}

function listAt(text: string, open: number, depth: number, flaw: Flaw): number {
  let at = open + 1
  if (text.charCodeAt(at) === 0x5d) return at + 1
  for (let index = 0; ; index += 1, at += 1) {
    at = within(valueAt(text, at, depth, flaw), index, flaw)
    if (at === no) return no
    const next = text.charCodeAt(at)
    if (next === 0x5d) return at + 1
    if (next !== 0x2c) return fail(flaw, `a comma or the list's end should stand at character ${at}`)
  }
}

function stringAt(text: string, quote: number, flaw: Flaw): number {
  for (let at = quote + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x22) return at + 1
    if (code < 0x20) return fail(flaw, 'a control character is not escaped')
    if (code === 0x5c) {
      const length = escapeAt(text, at)
      if (length === no) return fail(flaw, 'an escape is not the one that canonical JSON has')
      at += length - 1
    } else if (code >= 0xd800 && code <= 0xdfff) {
      const low = text.charCodeAt(at + 1)
      if (code > 0xdbff || !(low >= 0xdc00 && low <= 0xdfff)) return fail(flaw, 'half of a surrogate pair stands alone')
      at += 1
    }
  }
  return fail(flaw, 'the text is cut off')
}

const escapeForm = /\\(?:["\\bfnrt]|u00(?:0[0-7be-f]|1[\da-f]))/y

/** Its length: only what must be escaped is, in the one way that there is. A tab is `\t` and never `\u0009`. */
function escapeAt(text: string, at: number): number {
  escapeForm.lastIndex = at
  return escapeForm.test(text) ? escapeForm.lastIndex - at : no
}

function numberAt(text: string, at: number, flaw: Flaw): number {
  let end = at
  for (let code = text.charCodeAt(end); (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2e || code === 0x2b || code === 0x65;)
    code = text.charCodeAt(++end)
  if (end === at) return fail(flaw, at < text.length ? `a value should stand at character ${at}` : 'the text is cut off')
  const written = text.slice(at, end)
  const number = Number(written)
  if (Math.abs(number) > Number.MAX_SAFE_INTEGER) return fail(flaw, 'the number is too large to be kept exactly')
  return String(number) === written ? end : fail(flaw, 'the number is not written as canonical JSON writes it')
}

const wordAt = (text: string, at: number, word: string, flaw: Flaw): number =>
  text.startsWith(word, at) ? at + word.length : fail(flaw, `a value should stand at character ${at}`)

function fail(flaw: Flaw, message: string): typeof no {
  flaw.message = message
  return no
}

function within(end: number, part: string | number, flaw: Flaw): number {
  if (end === no) flaw.path = `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}${flaw.path}`
  return end
}

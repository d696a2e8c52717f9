import { accept, refuse, type Result } from './result.ts'

/*
 * Bytes as text and back. One text for one sequence of bytes: base64 that other bits would decode to as well is refused, so that nobody can
 * change a signed file and keep its meaning.
 */

const utf8 = new TextEncoder()
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export const bytesOf = (text: string): Uint8Array => utf8.encode(text)

export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += hexOf[byte]
  return text
}

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** RFC 4648 section 4, padded, nothing left over. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  const binary = atob(text)
  if (btoa(binary) !== text) return undefined
  return Uint8Array.from(binary, character => character.charCodeAt(0))
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false
  return true
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** What came from outside, as text: UTF-8, no control characters but the line's end, at most so many bytes. `what` begins the sentence. */
export function readText(input: Uint8Array | string, longest: number, what: string): Result<string> {
  if (input.length > longest) return refuse(`${what} has more than ${longest} bytes`)
  let text: string
  if (typeof input === 'string') {
    if (/\p{Surrogate}/u.test(input)) return refuse(`${what} has half of a surrogate pair`)
    if (utf8.encode(input).length > longest) return refuse(`${what} has more than ${longest} bytes`)
    text = input
  } else
    try {
      text = strictUtf8.decode(input)
    } catch {
      return refuse(`${what} is not UTF-8`)
    }
  return /[\0-\x09\x0b-\x1f]/.test(text) ? refuse(`${what} has a control character`) : accept(text)
}

/** A whole number that JavaScript keeps exactly, in decimal without leading zeros. */
export function readCount(text: string): number | undefined {
  if (!/^(?:0|[1-9]\d{0,15})$/.test(text)) return undefined
  const count = Number(text)
  return Number.isSafeInteger(count) ? count : undefined
}

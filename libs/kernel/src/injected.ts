/* What the pure floors need from the world and never fetch themselves, so that they run on a server and in a browser alike. */

/** The present instant, RFC 3339 in UTC with milliseconds. */
export type Clock = () => string

/** SHA-256 of the bytes. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

const utf8 = new TextEncoder()
const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** `sha256:<hex>` over UTF-8 text. */
export function digestOf(sha256: Sha256, text: string): string {
  let hex = ''
  for (const byte of sha256(utf8.encode(text))) hex += hexOf[byte]
  return `sha256:${hex}`
}

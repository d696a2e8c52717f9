import type { QuarantineReason } from '@muster/contracts'

/** Why a message is not taken: what a sender hears over HTTP, and what quarantine keeps of what came over Kafka. */
export type Refusal = QuarantineReason

export type Result<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: Refusal }

export const taken = <Value>(value: Value): Result<Value> => ({ ok: true, value })

/** Texts of a refusal may repeat what the message said, which is anything: they are made fit to be kept. */
export const refuse = (code: Refusal['code'], message: string, path?: string): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal: { code, message: printable(message), ...(path !== undefined && path !== '' && { path: printable(path) }) },
})

const longestText = 1000
const unprintable = /[\u0000-\u001F\u007F-\u009F]|\p{Surrogate}/gu

/** What a database, a log and a terminal can take: no control characters, no lone surrogates, not endless. */
export function printable(text: string): string {
  const clean = text.replaceAll(unprintable, '\u{FFFD}')
  if (clean.length <= longestText) return clean
  // A pair that the cut would part is left out.
  return `${clean.slice(0, longestText - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** One member of a JSON pointer (RFC 6901). */
export const pointerTo = (key: string | number): string => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`

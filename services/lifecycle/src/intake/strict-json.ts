import { flawIn } from '@muster/nest-host'
import { refuse, taken, type Result } from './refusal.ts'

/*
 * JSON of which two different texts never become one canonical text: see `flawIn`.
 */

export interface Limits {
  /** Of arrays and objects inside each other. */
  readonly depth: number
  readonly bytes: number
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The error's path is a JSON pointer from the root of the text. */
export function parseStrict(bytes: Uint8Array, limits: Limits): Result<unknown> {
  if (bytes.length > limits.bytes) return refuse('too-large', `at most ${limits.bytes} bytes are taken, these are ${bytes.length}`)
  let text: string
  let value: unknown
  try {
    text = utf8.decode(bytes)
  } catch {
    return refuse('not-json', 'the bytes are not UTF-8')
  }
  try {
    value = JSON.parse(text)
  } catch (error) {
    return refuse('not-json', error instanceof Error ? error.message : String(error))
  }
  const flaw = flawIn(text, limits.depth)
  return flaw === undefined ? taken(value) : refuse('invalid', flaw.message, flaw.path)
}

import type { Sha256 } from '@muster/kernel'
import { fromBase64, joined, toBase64, toHex } from '../bytes.ts'
import { accept, refuse, type Result } from '../result.ts'
import { noteKey, type KeyKind, type NoteKey } from './key.ts'

/*
 * Secret keys as text: `PRIVATE+KEY+<name>+<id>+<base64 of the kind and the seed>`, as Go's note package writes them. What the public key of a seed is,
 * Ed25519 says, which is handed in.
 */

export const seedLength = 32
const kindBytes: Readonly<Record<KeyKind, number>> = { log: 0x01, witness: 0x04 }

export interface SecretKey {
  readonly key: NoteKey
  readonly seed: Uint8Array
}
export type PublicKeyOf = (seed: Uint8Array) => Uint8Array

/** @throws RangeError for a name that no key can have. */
export function writeSecretKey(sha256: Sha256, publicKeyOf: PublicKeyOf, kind: KeyKind, name: string, seed: Uint8Array): string {
  const { id } = noteKey(sha256, kind, name, publicKeyOf(seed))
  return `PRIVATE+KEY+${name}+${idText(id)}+${toBase64(joined(Uint8Array.of(kindBytes[kind]), seed))}`
}

export function readSecretKey(sha256: Sha256, publicKeyOf: PublicKeyOf, kind: KeyKind, text: string): Result<SecretKey> {
  // Never the text itself: what is wrong with it may be one letter.
  const [, name, id, encoded] = /^PRIVATE\+KEY\+([^\s+]{1,500})\+([0-9a-f]{8})\+([A-Za-z0-9+/]{1,100}=*)$/.exec(text) ?? []
  const bytes = encoded === undefined ? undefined : fromBase64(encoded)
  if (name === undefined || bytes?.length !== 1 + seedLength) return refuse('it is not PRIVATE+KEY+<name>+<id>+<kind and seed>')
  if (bytes[0] !== kindBytes[kind]) return refuse(`it is no Ed25519 key of a ${kind}`)
  const seed = bytes.slice(1)
  const key = noteKey(sha256, kind, name, publicKeyOf(seed))
  return idText(key.id) === id ? accept({ key, seed }) : refuse('its id does not belong to its name and seed')
}

const idText = (id: number): string => {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, id)
  return toHex(bytes)
}

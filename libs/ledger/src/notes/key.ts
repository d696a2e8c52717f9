import type { Sha256 } from '@muster/kernel'
import { bytesOf, fromBase64, joined, toBase64, toHex } from '../bytes.ts'
import { accept, refuse, type Result } from '../result.ts'
import { isKeyName } from './note.ts'

/*
 * Keys of signed notes. Ed25519 itself is handed in, as hashing is. The id of a key covers its name, its kind and its bytes, so that a key
 * that signs checkpoints never counts as one that cosigns them.
 */

export type Ed25519Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean
export type Ed25519Sign = (message: Uint8Array) => Uint8Array

/** `log` signs a note's text as it is; `witness` signs it together with a time (c2sp.org/tlog-cosignature). */
export type KeyKind = keyof typeof kinds
const kinds = { log: 0x01, witness: 0x04 } as const
export const publicKeyLength = 32

export interface NoteKey {
  readonly kind: KeyKind
  readonly name: string
  readonly id: number
  readonly publicKey: Uint8Array
}
export interface Signer {
  readonly key: NoteKey
  readonly sign: Ed25519Sign
}

/** @throws RangeError for a name or a key that no note can have. */
export function noteKey(sha256: Sha256, kind: KeyKind, name: string, publicKey: Uint8Array): NoteKey {
  if (!isKeyName(name)) throw new RangeError(`"${name}" is not the name of a key: it may not be empty, nor have a space or a plus sign`)
  if (publicKey.length !== publicKeyLength) throw new RangeError(`a public key has ${publicKeyLength} bytes, not ${publicKey.length}`)
  const digest = sha256(joined(bytesOf(`${name}\n`), Uint8Array.of(kinds[kind]), publicKey))
  return { kind, name, id: new DataView(digest.buffer, digest.byteOffset).getUint32(0), publicKey }
}

/** The text by which a key is told: `<name>+<id>+<kind and key>`. */
export const writeKey = ({ kind, name, id, publicKey }: NoteKey): string =>
  `${name}+${toHex(idBytes(id))}+${toBase64(joined(Uint8Array.of(kinds[kind]), publicKey))}`

export function readKey(sha256: Sha256, text: string): Result<NoteKey> {
  const no = (why: string): Result<NoteKey> => refuse(`"${text.slice(0, 100)}" is not a key: ${why}`)
  const [name, id, encoded, ...more] = text.split(/\+(?=[0-9a-f]{8}\+)|(?<=\+[0-9a-f]{8})\+/)
  if (name === undefined || id === undefined || encoded === undefined || more.length > 0) return no('it is <name>+<id>+<key>')
  if (!isKeyName(name)) return no('its name has a space or a plus sign')
  const bytes = fromBase64(encoded)
  const [type] = bytes ?? []
  const kind = type === kinds.log ? 'log' : type === kinds.witness ? 'witness' : undefined
  if (bytes === undefined || kind === undefined) return no('Ed25519 keys of logs and of witnesses are taken, and no others')
  if (bytes.length !== 1 + publicKeyLength) return no(`an Ed25519 key has ${publicKeyLength} bytes`)
  const key = noteKey(sha256, kind, name, bytes.slice(1))
  return toHex(idBytes(key.id)) === id ? accept(key) : no('its id does not belong to its name and key')
}

function idBytes(id: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, id)
  return bytes
}

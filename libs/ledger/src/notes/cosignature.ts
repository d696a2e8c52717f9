import { bytesOf, joined } from '../bytes.ts'
import { accept, refuse, type Result } from '../result.ts'
import type { Ed25519Verify, NoteKey, Signer } from './key.ts'
import { signatureLine } from './note.ts'

/*
 * Cosignatures with a time (c2sp.org/tlog-cosignature, version 1 with Ed25519): a witness says that, then, this was the largest tree of that
 * log which it had seen, and that every smaller one it had seen was its beginning.
 */

const timeLength = 8
const signatureLength = 64

const message = (time: number, noteText: string): Uint8Array => bytesOf(`cosignature/v1\ntime ${time}\n${noteText}`)

/** A signature line. `time` in whole seconds since 1970. @throws RangeError */
export function cosign(noteText: string, time: number, { key: { kind, name, id }, sign }: Signer): string {
  if (kind !== 'witness') throw new RangeError(`${name} is the key of a log, which signs`)
  if (!Number.isSafeInteger(time) || time < 1) throw new RangeError(`${time} is not a time in whole seconds`)
  const bytes = new Uint8Array(timeLength)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(time))
  return signatureLine({ name, id, signature: joined(bytes, sign(message(time, noteText))) })
}

/** When it was cosigned, in seconds since 1970. */
export function verifyCosignature(verify: Ed25519Verify, key: NoteKey, noteText: string, signature: Uint8Array): Result<number> {
  if (signature.length !== timeLength + signatureLength) return refuse(`a cosignature of ${key.name} has not the right length`)
  const time = Number(new DataView(signature.buffer, signature.byteOffset).getBigUint64(0))
  if (!Number.isSafeInteger(time) || time < 1) return refuse(`a cosignature of ${key.name} is from no time that can be`)
  return verify(key.publicKey, message(time, noteText), signature.subarray(timeLength))
    ? accept(time)
    : refuse(`a cosignature of ${key.name} is forged, or what it is about was changed`)
}

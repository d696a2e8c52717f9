import { bytesOf } from '../bytes.ts'
import { accept, refuse, type Result } from '../result.ts'
import { readCheckpointText, type Checkpoint } from './checkpoint.ts'
import { verifyCosignature } from './cosignature.ts'
import type { Ed25519Verify, NoteKey } from './key.ts'
import { readNote, type NoteSignature } from './note.ts'
import { isInForce, type Trust } from './trust.ts'

/* The only way from the text of a checkpoint to one that is believed. */

export interface OpenedCheckpoint {
  readonly checkpoint: Checkpoint
  /** What was signed: to compare to the byte, and to cosign. */
  readonly text: string
  /** Keys of the log that signed it and were in force. */
  readonly signedBy: readonly NoteKey[]
  /** Each witness once, with the latest time that it gave, in seconds since 1970. */
  readonly cosignedBy: ReadonlyMap<string, number>
}

/**
 * It is of that log, signed by a key in force for its size, and cosigned by enough distinct witnesses. A signature of a key that is not known
 * is passed over; one of a known key that does not verify spoils the whole, whatever else is there.
 */
export function openCheckpoint(verify: Ed25519Verify, trust: Trust, input: Uint8Array | string): Result<OpenedCheckpoint> {
  const note = readNote(input)
  if (!note.ok) return note
  const { text, signatures } = note.value
  const read = readCheckpointText(text)
  if (!read.ok) return read
  const checkpoint = read.value
  if (checkpoint.origin !== trust.origin)
    return refuse(`the checkpoint is of "${checkpoint.origin.slice(0, 100)}", and not of "${trust.origin}"`)

  const signedBy = new Map<number, NoteKey>()
  const cosignedBy = new Map<string, number>()
  let outOfForce: string | undefined
  for (const signature of signatures) {
    for (const logKey of trust.logKeys) {
      const { key } = logKey
      if (!isOf(signature, key)) continue
      if (!verify(key.publicKey, bytesOf(text), signature.signature))
        return refuse(`the signature of ${key.name} is forged, or the checkpoint was changed`)
      if (isInForce(logKey, checkpoint.size)) signedBy.set(key.id, key)
      else outOfForce = key.name
    }
    for (const { name, keys } of trust.witnesses) {
      const key = keys.find(one => isOf(signature, one))
      if (key === undefined) continue
      const time = verifyCosignature(verify, key, text, signature.signature)
      if (!time.ok) return time
      cosignedBy.set(name, Math.max(time.value, cosignedBy.get(name) ?? 0))
    }
  }
  if (signedBy.size === 0) {
    if (outOfForce !== undefined) return refuse(`the key of ${outOfForce} was not in force for a tree of ${checkpoint.size} leaves`)
    return refuse('no key that is known to speak for the log has signed the checkpoint')
  }
  if (cosignedBy.size < trust.quorum)
    return refuse(
      `the checkpoint of ${checkpoint.size} leaves has ${cosignedBy.size} of the ${trust.quorum} witnesses that must have seen it`,
    )
  return accept({ checkpoint, text, signedBy: [...signedBy.values()], cosignedBy })
}

const isOf = ({ name, id }: NoteSignature, key: NoteKey): boolean => name === key.name && id === key.id

import type { NonEmpty } from '@muster/kernel'
import { bytesOf, fromBase64, readCount, toBase64 } from '../bytes.ts'
import { accept, refuse, type Result } from '../result.ts'
import { hashLength, type Hash } from '../tree/hasher.ts'
import type { Signer } from './key.ts'
import { writeNote } from './note.ts'

/*
 * Checkpoints (c2sp.org/tlog-checkpoint): which log, how many leaves, which root. The log's own are three lines. Others may have lines behind
 * them, which are kept and mean nothing here.
 */

export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Hash
  readonly extensions: readonly string[]
}

/** The text of the note. @throws RangeError for what would not be read as it was meant. */
export function checkpointText({ origin, size, root, extensions }: Checkpoint): string {
  const text = [origin, String(size), toBase64(root), ...extensions, ''].join('\n')
  const read = readCheckpointText(text)
  if (!read.ok) throw new RangeError(read.message)
  return text
}

export function readCheckpointText(text: string): Result<Checkpoint> {
  if (!text.endsWith('\n')) return refuse('the checkpoint does not end with a line')
  const [origin = '', digits = '', encoded = '', ...extensions] = text.slice(0, -1).split('\n')
  if (origin === '') return refuse('the checkpoint does not say of which log it is')
  const size = readCount(digits)
  if (size === undefined) return refuse(`"${digits.slice(0, 100)}" is not a number of leaves`)
  const root = fromBase64(encoded)
  if (root?.length !== hashLength) return refuse(`the checkpoint of ${size} leaves has no root of ${hashLength} bytes`)
  if (extensions.includes('')) return refuse('the checkpoint has an empty line')
  return accept({ origin, size, root, extensions })
}

/** One signature for each signer: two while an old key and a new one are both in force. */
export function signCheckpoint(checkpoint: Checkpoint, signers: NonEmpty<Signer>): string {
  const text = checkpointText(checkpoint)
  const message = bytesOf(text)
  return writeNote({
    text,
    signatures: signers.map(({ key: { kind, name, id }, sign }) => {
      if (kind !== 'log') throw new RangeError(`${name} is the key of a witness, which cosigns`)
      return { name, id, signature: sign(message) }
    }),
  })
}

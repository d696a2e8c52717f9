import type { NonEmpty } from '@muster/kernel'
import { readCount, readText, toBase64 } from '../bytes.ts'
import { accept, refuse, type Result } from '../result.ts'
import type { Hash, TreeHasher } from '../tree/hasher.ts'
import { verifyConsistency, type TreeHead } from '../tree/verification.ts'
import { readCheckpointText } from './checkpoint.ts'
import type { Ed25519Verify } from './key.ts'
import { longestNote, readNote } from './note.ts'
import { openCheckpoint } from './open-checkpoint.ts'
import { longestProof, readHashes } from './proof-file.ts'
import type { LogKey } from './trust.ts'

/*
 * What a witness does with a checkpoint (c2sp.org/tlog-witness, `add-checkpoint`), without its server, key and disk. Whoever runs it MUST keep
 * `next` before it answers, and only if what it had kept is still `latest`: otherwise two requests at once could roll the log back.
 */

export interface AddCheckpoint {
  /** The size of the tree that the witness is believed to know. */
  readonly old: number
  readonly proof: readonly Hash[]
  readonly checkpoint: string
}

export type WitnessDecision =
  | { readonly kind: 'cosign'; readonly text: string; readonly next: TreeHead }
  /** With 409 goes the size that is known, as the body. */
  | { readonly kind: 'refuse'; readonly status: 400 | 403 | 404 | 409 | 422; readonly message: string; readonly known?: number }

export const writeAddCheckpoint = ({ old, proof, checkpoint }: AddCheckpoint): string =>
  [`old ${old}`, ...proof.map(toBase64), '', checkpoint].join('\n')

export function readAddCheckpoint(input: Uint8Array | string): Result<AddCheckpoint> {
  const read = readText(input, longestNote + 64 * longestProof, 'the request')
  if (!read.ok) return read
  const end = read.value.indexOf('\n\n')
  if (end < 0) return refuse('the request has no checkpoint')
  const [first = '', ...lines] = read.value.slice(0, end).split('\n')
  const old = first.startsWith('old ') ? readCount(first.slice('old '.length)) : undefined
  if (old === undefined) return refuse('the request does not begin with the old size')
  const proof = readHashes(lines)
  return proof.ok ? accept({ old, proof: proof.value, checkpoint: read.value.slice(end + 2) }) : proof
}

/** `logs` by origin; `latest` tells what was cosigned last of that log. */
export function judgeCheckpoint(
  { hasher, verify }: { readonly hasher: TreeHasher; readonly verify: Ed25519Verify },
  logs: ReadonlyMap<string, NonEmpty<LogKey>>,
  latest: (origin: string) => TreeHead | undefined,
  input: Uint8Array | string,
): WitnessDecision {
  const no = (status: 400 | 403 | 404 | 409 | 422, message: string): WitnessDecision => ({ kind: 'refuse', status, message })
  const request = readAddCheckpoint(input)
  if (!request.ok) return no(400, request.message)
  const { old, proof, checkpoint: signed } = request.value
  const note = readNote(signed)
  if (!note.ok) return no(400, note.message)
  const claimed = readCheckpointText(note.value.text)
  if (!claimed.ok) return no(400, claimed.message)
  const { origin } = claimed.value
  const logKeys = logs.get(origin)
  if (logKeys === undefined) return no(404, `the log "${origin.slice(0, 100)}" is not known here`)
  const opened = openCheckpoint(verify, { origin, logKeys, witnesses: [], quorum: 0 }, signed)
  if (!opened.ok) return no(403, opened.message)

  const { size, root } = opened.value.checkpoint
  if (old > size) return no(400, `the old size ${old} is larger than the new one, ${size}`)
  const known = latest(origin) ?? { size: 0, root: hasher.empty }
  if (old !== known.size)
    return { kind: 'refuse', status: 409, message: `the latest size that is known here is ${known.size}`, known: known.size }
  const consistent = verifyConsistency(hasher, known, { size, root }, proof)
  return consistent.ok ? { kind: 'cosign', text: opened.value.text, next: { size, root } } : no(422, consistent.message)
}

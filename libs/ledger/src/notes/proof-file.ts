import { fromBase64, readCount, readText, toBase64 } from '../bytes.ts'
import { accept, refuse, type Result } from '../result.ts'
import { hashLength, type Hash, type TreeHasher } from '../tree/hasher.ts'
import { verifyInclusion } from '../tree/verification.ts'
import type { Ed25519Verify } from './key.ts'
import { longestNote } from './note.ts'
import { openCheckpoint, type OpenedCheckpoint } from './open-checkpoint.ts'
import type { Trust } from './trust.ts'

/*
 * `.tlog-proof` files (c2sp.org/tlog-proof): that one leaf is in a log, with the checkpoint that says so, to be checked anywhere without a
 * network. What stands in `extra` is not covered by any signature.
 */

export interface ProofFile {
  readonly extra?: Uint8Array
  readonly index: number
  readonly proof: readonly Hash[]
  /** The signed checkpoint, to the byte. */
  readonly checkpoint: string
}

const header = 'c2sp.org/tlog-proof@v1'
/** No tree that can be counted is higher. */
export const longestProof = 63
const longestExtra = 512 * 1024
const longestFile = longestNote + longestExtra

export const writeProofFile = ({ extra, index, proof, checkpoint }: ProofFile): string =>
  [header, ...(extra === undefined ? [] : [`extra ${toBase64(extra)}`]), `index ${index}`, ...proof.map(toBase64), '', checkpoint].join(
    '\n',
  )

export function readProofFile(input: Uint8Array | string): Result<ProofFile> {
  const read = readText(input, longestFile, 'the proof')
  if (!read.ok) return read
  const end = read.value.indexOf('\n\n')
  if (end < 0) return refuse('the proof has no checkpoint')
  const [first, ...lines] = read.value.slice(0, end).split('\n')
  if (first !== header) return refuse(`the proof does not begin with ${header}`)

  const extraLine = lines[0]?.startsWith('extra ') === true ? lines.shift() : undefined
  const extra = extraLine === undefined ? undefined : fromBase64(extraLine.slice('extra '.length))
  if (extraLine !== undefined && extra === undefined) return refuse('the extra data of the proof is not base64')
  const indexLine = lines.shift() ?? ''
  const index = indexLine.startsWith('index ') ? readCount(indexLine.slice('index '.length)) : undefined
  if (index === undefined) return refuse('the proof does not say of which leaf it is')
  const proof = readHashes(lines)
  if (!proof.ok) return proof
  return accept({ ...(extra !== undefined && { extra }), index, proof: proof.value, checkpoint: read.value.slice(end + 2) })
}

/** Lines of a proof, a hash in each. */
export function readHashes(lines: readonly string[]): Result<readonly Hash[]> {
  if (lines.length > longestProof) return refuse(`the proof has more than ${longestProof} hashes`)
  const hashes: Hash[] = []
  for (const line of lines) {
    const hash = fromBase64(line)
    if (hash?.length !== hashLength) return refuse(`"${line.slice(0, 100)}" is not a hash`)
    hashes.push(hash)
  }
  return accept(hashes)
}

/** That the log has this leaf at that place, by a checkpoint that is believed. */
export function verifyProofFile(
  { hasher, verify, trust }: { readonly hasher: TreeHasher; readonly verify: Ed25519Verify; readonly trust: Trust },
  leaf: Uint8Array,
  input: Uint8Array | string,
): Result<OpenedCheckpoint & { readonly index: number }> {
  const file = readProofFile(input)
  if (!file.ok) return file
  const { index, proof } = file.value
  const opened = openCheckpoint(verify, trust, file.value.checkpoint)
  if (!opened.ok) return opened
  const { size, root } = opened.value.checkpoint
  const included = verifyInclusion(hasher, { leaf: hasher.leaf(leaf), index, size, root, proof })
  return included.ok ? accept({ ...opened.value, index }) : included
}

import { canonicalJson, type Context } from '@muster/contracts'
import type { Sha256 } from '@muster/kernel'
import { bytesOf, toHex } from '../bytes.ts'
import { accept, refuse, type Result } from '../result.ts'
import { isSize } from '../tree/blocks.ts'
import { checkCanonical } from './strict-json.ts'

/*
 * A leaf commits to an event and does not contain it: canonical JSON of its place and of two digests. The one covers everything that is said
 * about the event (its id and type, when it was recorded, who did it and why), the other its content, in which what is personal stands
 * encrypted: erasing a key changes no leaf. Positions and cursors belong to a store and are left out, so the same recorded events have the
 * same leaves wherever they are kept.
 */

/** What of a recorded event is committed to; a `RecordedEvent` of the event store is one. */
export interface CommittedEvent {
  readonly stream: string
  readonly revision: number
  readonly id: string
  readonly type: string
  readonly recordedtime: string
  readonly context: Context
  readonly data: string
}

export interface Leaf {
  readonly v: 1
  readonly index: number
  readonly stream: string
  readonly revision: number
  readonly envelopeHash: string
  readonly dataHash: string
}

const encoder = new TextEncoder()
const scratch = new Uint8Array(32 * 1024)

/** `sha256:` and the digest of the text in UTF-8. As in `treeHasher`, the function MUST NOT keep what it is given. */
export function digestOfText(sha256: Sha256, text: string): string {
  const fits = text.length * 3 <= scratch.length
  const bytes = fits ? scratch.subarray(0, encoder.encodeInto(text, scratch).written) : encoder.encode(text)
  return `sha256:${toHex(sha256(bytes))}`
}

/** Everything about the event but its content and its place. @throws TypeError when an attribute has half of a surrogate pair. */
export const envelopeText = ({ id, type, recordedtime, context }: CommittedEvent): string =>
  canonicalJson({ context, id, recordedtime, type })

export interface CommittedLeaf {
  readonly leaf: Leaf
  /** What the tree hashes: `leafText` in UTF-8. */
  readonly bytes: Uint8Array
}

/** The leaf of an event, whose index in the ledger is its own. Refused when its content is not strictly canonical JSON. */
export function leafOf(sha256: Sha256, event: CommittedEvent, index: number): Result<CommittedLeaf> {
  const { stream, revision, id } = event
  if (!isSize(index) || !isSize(revision)) return refuse(`event ${id} has no place that can be counted`)
  const checked = checkCanonical(event.data)
  if (!checked.ok) return refuse(`event ${id} at ${stream}/${revision}: data ${checked.message}`)
  for (const [name, value] of Object.entries(event.context))
    if (typeof value !== 'string') return refuse(`event ${id} at ${stream}/${revision}: context /${name} is not a text`)
  try {
    const dataHash = digestOfText(sha256, event.data)
    const envelopeHash = digestOfText(sha256, envelopeText(event))
    const leaf: Leaf = { v: 1, index, stream, revision, envelopeHash, dataHash }
    return accept({ leaf, bytes: bytesOf(leafText(leaf)) })
  } catch (error) {
    if (error instanceof TypeError) return refuse(`event ${id} at ${stream}/${revision}: ${error.message}`)
    throw error
  }
}

/** Canonical JSON, written out: names in their order, and only the stream can need an escape. */
export const leafText = ({ v, index, stream, revision, envelopeHash, dataHash }: Leaf): string =>
  `{"dataHash":"${dataHash}","envelopeHash":"${envelopeHash}","index":${index},"revision":${revision},"stream":${canonicalJson(stream)},"v":${v}}`

const digest = /^sha256:[0-9a-f]{64}$/

/** A leaf as it stands in a bundle or a tile of entries: exactly what `leafText` writes. */
export function readLeaf(text: string): Result<Leaf> {
  const checked = checkCanonical(text)
  if (!checked.ok) return refuse(`a leaf, ${checked.message}`)
  const { v, index, stream, revision, envelopeHash, dataHash, ...more } = (JSON.parse(text) ?? {}) as Partial<Record<keyof Leaf, unknown>>
  const isLeaf =
    v === 1 && typeof index === 'number' && isSize(index) && typeof revision === 'number' && isSize(revision) && typeof stream === 'string'
  if (!isLeaf || Object.keys(more).length > 0) return refuse('a leaf has v 1, index, stream, revision, envelopeHash, dataHash, and no more')
  if (typeof envelopeHash !== 'string' || typeof dataHash !== 'string' || !digest.test(envelopeHash) || !digest.test(dataHash))
    return refuse(`leaf ${index} has no digests such as sha256:<64 hex digits>`)
  return accept({ v, index, stream, revision, envelopeHash, dataHash })
}

import type { NonEmpty, Sha256 } from '@muster/kernel'
import {
  followLeaves,
  leafOfLine,
  openCheckpoint,
  readEventLine,
  treeHasher,
  type Ed25519Verify,
  type LogKey,
  type TreeHead,
} from '@muster/ledger'
import type { Finding } from './finding.ts'

/*
 * The ledger beside the log: the leaf of each event stands where the event stands in the log, and every signed checkpoint has the root of the leaves up
 * to it. Of each event a number of 32 bits is kept, so that a million take four megabytes; it is there to find faults, the hashes are what proves.
 */

export interface SealedLog {
  /** The events of the log, in its order. */
  see(event: { readonly stream: string; readonly revision: number; readonly id: string }): void
  /** How many it has seen. */
  size(): number
  /** Signed notes, the smallest tree first. @throws never: what cannot be believed is a finding */
  checkpoints(notes: readonly string[], keys: NonEmpty<LogKey>): readonly Finding[]
  /** Lines of the ledger's events from the first one on, in their order. */
  lines(lines: readonly string[]): readonly Finding[]
  /** When there are no more lines. */
  end(): readonly Finding[]
}

export function sealedLog({ sha256, verify }: { readonly sha256: Sha256; readonly verify: Ed25519Verify }): SealedLog {
  const hasher = treeHasher(sha256)
  let places = new Uint32Array(1_024)
  let size = 0
  let follower = followLeaves(hasher, [])
  let index = 0
  const differs = (message: string): Finding => ({ part: 'ledger', message })

  return {
    see(event) {
      if (size === places.length) {
        const larger = new Uint32Array(2 * size)
        larger.set(places)
        places = larger
      }
      places[size++] = placeOf(event)
    },
    size: () => size,
    checkpoints(notes, keys) {
      const findings: Finding[] = []
      const heads: TreeHead[] = []
      for (const note of notes) {
        const opened = openCheckpoint(verify, { origin: keys[0].key.name, logKeys: keys, witnesses: [], quorum: 0 }, note)
        if (opened.ok) heads.push(opened.value.checkpoint)
        else findings.push(differs(opened.message))
      }
      follower = followLeaves(hasher, heads)
      return findings
    },
    lines(lines) {
      const findings: Finding[] = []
      const leaves: Uint8Array[] = []
      for (const line of lines) {
        const read = readEventLine(line)
        if (!read.ok) return [...findings, differs(`leaf ${index}: ${read.message}`)]
        const { event } = read.value
        if (read.value.index !== index) findings.push(differs(`leaf ${index} calls itself leaf ${read.value.index}`))
        if (index < size && places[index] !== placeOf(event))
          findings.push(differs(`leaf ${index} is of ${event.stream}@${event.revision}, and the log has another event there`))
        leaves.push(leafOfLine(sha256, read.value))
        index += 1
      }
      return [...findings, ...follower.add(leaves).map(({ message }) => differs(message))]
    },
    end: () => follower.end().map(({ message }) => differs(message)),
  }
}

/** FNV-1a over what names the event. */
function placeOf({ stream, revision, id }: { readonly stream: string; readonly revision: number; readonly id: string }): number {
  let hash = 0x811c9dc5
  for (const part of [stream, String(revision), id.toLowerCase()])
    for (let at = 0; at <= part.length; at++) hash = Math.imul(hash ^ (at < part.length ? part.charCodeAt(at) : 0xffff), 0x01000193)
  return hash >>> 0
}

import type { NonEmpty } from '@muster/kernel'
import { checkTrust, openCheckpoint, type Ed25519Verify, type LogKey, type OpenedCheckpoint, type Trust } from '@muster/ledger'
import type { Manifest } from '../bundle/manifest.ts'
import type { Front } from '../bundle/open.ts'
import { sameLogKeys } from './same-keys.ts'
import { keyChange, type Pin } from './pin.ts'
import type { Findings } from './report.ts'

/*
 * From the checkpoints of a bundle to those that are believed: each of this log, signed by a key that was in force for its size, in the order in
 * which the tree grew; and the newest cosigned by as many witnesses as the auditor asks for.
 */

export interface Believed {
  readonly heads: readonly OpenedCheckpoint[]
  readonly newest?: OpenedCheckpoint
}

export interface Belief {
  /** The auditor's own. Without it the keys are those of the bundle, held against what was pinned. */
  readonly trust?: Trust
  readonly pin?: Pin
  /** In place of what the trust says. */
  readonly quorum?: number
}

export function believeCheckpoints(
  verify: Ed25519Verify,
  { manifest, keys, checkpoints }: Front,
  belief: Belief,
  findings: Findings,
): Believed {
  const tampered = (message: string): void => findings.add({ kind: 'tampered', message })
  const trust = trustOf(manifest, keys, belief, tampered)
  if (trust === undefined) return { heads: [] }

  const heads: OpenedCheckpoint[] = []
  for (const [place, note] of checkpoints.entries()) {
    // Earlier ones may be from before there were witnesses; what they say is borne out by the leaves.
    const isNewest = place === checkpoints.length - 1
    const opened = openCheckpoint(verify, isNewest ? trust : { ...trust, quorum: 0 }, note)
    if (!opened.ok) {
      tampered(opened.message)
      continue
    }
    const { size } = opened.value.checkpoint
    const before = heads.at(-1)?.checkpoint.size ?? -1
    if (size <= before) tampered(`the checkpoint of ${size} leaves stands behind that of ${before}`)
    else heads.push(opened.value)
  }
  const newest = heads.at(-1)
  if (newest === undefined || newest.checkpoint.size === manifest.size) return { heads, ...(newest !== undefined && { newest }) }
  // What is believed ends earlier: the leaves behind it are covered by nothing.
  tampered(
    `the manifest is of a tree of ${manifest.size} leaves, and the newest checkpoint that can be believed of ${newest.checkpoint.size}`,
  )
  return { heads, newest }
}

function trustOf(
  { origin, size }: Manifest,
  keys: NonEmpty<LogKey>,
  { trust, pin, quorum }: Belief,
  tampered: (message: string) => void,
): Trust | undefined {
  if (pin !== undefined && pin.checkpoint.origin !== origin) {
    tampered(`the bundle is of the log "${origin}", and the pinned checkpoint of "${pin.checkpoint.origin}"`)
    return undefined
  }
  const changed = pin === undefined ? undefined : keyChange(pin, keys, size)
  if (changed !== undefined) tampered(changed)
  if (trust !== undefined) {
    if (trust.origin !== origin) {
      tampered(`the bundle is of the log "${origin}", and the trusted keys are of "${trust.origin}"`)
      return undefined
    }
    const unknown = sameLogKeys(trust.logKeys, keys)
    if (unknown !== undefined) tampered(unknown)
    return { ...trust, ...(quorum !== undefined && { quorum }) }
  }
  const own = checkTrust({ origin, logKeys: keys, witnesses: [], quorum: 0 })
  if (!own.ok) tampered(`the keys of the bundle cannot be meant: ${own.message}`)
  return own.ok ? own.value : undefined
}

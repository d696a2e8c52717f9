import { sameBytes } from '../bytes.ts'
import { appendLeaves, emptyRange, isCompactRange, mergeRanges, rootOf, type CompactRange } from '../tree/compact-range.ts'
import type { TreeHasher } from '../tree/hasher.ts'
import { isSplitView, type TreeHead } from '../tree/verification.ts'

/*
 * Leaf by leaf to the root, in constant memory: every checkpoint on the way must have the root that the leaves up to it have, which proves
 * each of them a beginning of the next without a proof of consistency.
 */

export type Finding =
  /** Something there is not what was signed. */
  | { readonly kind: 'tampered'; readonly size: number; readonly message: string }
  /** Something that was signed is not there. */
  | { readonly kind: 'missing'; readonly size: number; readonly message: string }

export interface Follower {
  /** Data of the next leaves, in their order. Gives what was found at checkpoints that they reach. */
  add(leaves: Iterable<Uint8Array>): readonly Finding[]
  /**
   * Passes over the leaves of this range, which are not here: what stands for them leads to the root that was signed, or it is found out. Gives
   * what was found at checkpoints within, which cannot be compared.
   */
  skip(leaves: CompactRange): readonly Finding[]
  /** When there are no more. Gives what was found at checkpoints that were never reached. */
  end(): readonly Finding[]
  head(): TreeHead
}

/**
 * `heads` are the checkpoints that are believed, in any order; two of one size must be one. `from` stands for the leaves before the first: it
 * may come from whoever sent the leaves, since no other one leads to a root that was signed.
 * @throws RangeError when `from` is not a compact range from the first leaf on.
 */
export function followLeaves(hasher: TreeHasher, heads: readonly TreeHead[], from: CompactRange = emptyRange()): Follower {
  if (from.begin !== 0 || !isCompactRange(from)) throw new RangeError('the leaves do not begin behind a range of the leaves before them')
  const ahead = heads.toSorted((one, other) => one.size - other.size)
  const splits = ahead.flatMap((head, place): Finding[] => {
    const next = ahead[place + 1]
    if (next === undefined || !isSplitView(head, next)) return []
    return [{ kind: 'tampered', size: head.size, message: `two signed checkpoints of ${head.size} leaves have different roots` }]
  })
  let place = ahead.filter(({ size }) => size < from.end).length
  const before = ahead.slice(0, place).map(({ size }): Finding => ({
    kind: 'missing',
    size,
    message: `${size} leaves were signed, and only those from ${from.end} on are here`,
  }))
  let range = from

  const reached = (): readonly Finding[] => {
    const found: Finding[] = []
    for (let head = ahead[place]; head !== undefined && head.size === range.end; head = ahead[++place])
      if (!sameBytes(head.root, rootOf(hasher, range)))
        found.push({ kind: 'tampered', size: head.size, message: `the first ${head.size} leaves do not have the root that was signed` })
    return found
  }
  const atStart = [...splits, ...before, ...reached()]

  return {
    add(leaves) {
      const found = atStart.splice(0)
      let batch: Uint8Array[] = []
      const flush = (): void => {
        range = appendLeaves(hasher, range, batch)
        batch = []
      }
      for (const leaf of leaves) {
        batch.push(hasher.leaf(leaf))
        const atHead = ahead[place]?.size === range.end + batch.length
        if (!atHead && batch.length < largestStep) continue
        flush()
        if (atHead) found.push(...reached())
      }
      flush()
      return found
    },
    skip(leaves) {
      if (!isCompactRange(leaves) || leaves.begin !== range.end) throw new RangeError(`no range of leaves from ${range.end} on`)
      const found = atStart.splice(0)
      range = mergeRanges(hasher, range, leaves)
      for (let head = ahead[place]; head !== undefined && head.size < range.end; head = ahead[++place])
        found.push({
          kind: 'missing',
          size: head.size,
          message: `${head.size} leaves were signed, and those from ${leaves.begin} to ${leaves.end} are left out, so that it cannot be compared`,
        })
      return [...found, ...reached()]
    },
    end: () => [
      ...atStart.splice(0),
      ...ahead.slice(place).map(({ size }): Finding => ({
        kind: 'missing',
        size,
        message: `${size} leaves were signed, and ${range.end} are here: the end was cut off`,
      })),
    ],
    head: () => ({ size: range.end, root: rootOf(hasher, range) }),
  }
}

const largestStep = 1_024

/** All leaves at once, as an iterable that may be longer than memory. */
export function verifyLeaves(
  hasher: TreeHasher,
  leaves: Iterable<Uint8Array>,
  heads: readonly TreeHead[],
): { readonly head: TreeHead; readonly findings: readonly Finding[] } {
  const follower = followLeaves(hasher, heads)
  const findings = [...follower.add(leaves), ...follower.end()]
  return { head: follower.head(), findings }
}

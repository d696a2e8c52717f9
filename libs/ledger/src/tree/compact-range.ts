import { blocksOf, isSize } from './blocks.ts'
import { hashLength, type Hash, type TreeHasher } from './hasher.ts'

/*
 * A compact range: the roots of the fewest blocks that cover some consecutive leaves, at most two for each level. It is all that has to be
 * remembered of a million leaves to append the next one or to tell their root, and two that touch can be merged, so that parts of a log can
 * be hashed side by side.
 */

export interface CompactRange {
  readonly begin: number
  readonly end: number
  /** In the order of `blocksOf`. */
  readonly hashes: readonly Hash[]
}

/** Told of every complete subtree, once, when its last leaf is there; a node after its children. */
export type Visit = (level: number, index: number, hash: Hash) => void

export const emptyRange = (at = 0): CompactRange => ({ begin: at, end: at, hashes: [] })

/** Whether a range that was kept somewhere has the shape of one. Whether it is the right one, only its root can tell. */
export const isCompactRange = ({ begin, end, hashes }: CompactRange): boolean =>
  isSize(begin) &&
  isSize(end) &&
  begin <= end &&
  hashes.length === blocksOf({ begin, end }).length &&
  hashes.every(hash => hash.length === hashLength)

export function appendLeaves(hasher: TreeHasher, range: CompactRange, leaves: Iterable<Hash>, visit?: Visit): CompactRange {
  const hashes = [...range.hashes]
  let { end } = range
  for (const leaf of leaves) {
    push(hasher, hashes, range.begin, end, 0, leaf, visit)
    end += 1
  }
  return { begin: range.begin, end, hashes }
}

/** @throws RangeError when the right one does not begin where the left one ends. */
export function mergeRanges(hasher: TreeHasher, left: CompactRange, right: CompactRange): CompactRange {
  if (left.end !== right.begin) throw new RangeError(`leaves up to ${left.end} and leaves from ${right.begin} do not touch`)
  const hashes = [...left.hashes]
  let { end } = left
  for (const [place, { level }] of blocksOf(right).entries()) {
    push(hasher, hashes, left.begin, end, level, right.hashes[place] as Hash)
    end += 2 ** level
  }
  return { begin: left.begin, end, hashes }
}

/** The root of the tree. @throws RangeError when the range does not begin with the first leaf. */
export function rootOf(hasher: TreeHasher, { begin, hashes }: CompactRange): Hash {
  if (begin !== 0) throw new RangeError(`leaves from ${begin} on have no root of their own`)
  return fold(hasher, hashes)
}

/** One hash for blocks that are next to each other, as RFC 6962 splits them: what is complete stands on the left. */
export function fold(hasher: TreeHasher, hashes: readonly Hash[]): Hash {
  let root = hashes.at(-1)
  if (root === undefined) return hasher.empty
  for (let place = hashes.length - 2; place >= 0; place--) root = hasher.node(hashes[place] as Hash, root)
  return root
}

/**
 * Puts a block of this level behind `end`. Where it is the right one of two, the left one is the last that is there: a range that ends at an
 * odd multiple of a power of two ends with a block of just that width.
 */
function push(hasher: TreeHasher, hashes: Hash[], begin: number, end: number, level: number, block: Hash, visit?: Visit): void {
  let [hash, width] = [block, 2 ** level]
  let index = end / width
  visit?.(level, index, hash)
  for (let above = level; index % 2 === 1 && (index - 1) * width >= begin;) {
    hash = hasher.node(hashes.pop() as Hash, hash)
    index = (index - 1) / 2
    width *= 2
    above += 1
    visit?.(above, index, hash)
  }
  hashes.push(hash)
}

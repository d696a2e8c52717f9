import { sameBytes } from '../bytes.ts'
import { passed, refuse, type Result } from '../result.ts'
import { isPowerOfTwo, isSize } from './blocks.ts'
import { hashLength, type Hash, type TreeHasher } from './hasher.ts'

/*
 * Proofs are checked as RFC 9162 says (sections 2.1.3.2 and 2.1.4.2), by the bits of where things stand, and not by the walk that made them:
 * one mistake is not made twice. A proof has exactly the hashes that it needs, none missing and none to spare.
 */

export interface Inclusion {
  readonly leaf: Hash
  readonly index: number
  readonly size: number
  readonly root: Hash
  readonly proof: readonly Hash[]
}

export function verifyInclusion(hasher: TreeHasher, { leaf, index, size, root, proof }: Inclusion): Result<undefined> {
  if (!isSize(index) || !isSize(size) || index >= size) return refuse(`a tree of ${size} leaves has no leaf ${index}`)
  if (!areHashes([leaf, root, ...proof])) return refuse(`a hash in the proof of leaf ${index} does not have ${hashLength} bytes`)
  let [at, last, hash] = [index, size - 1, leaf]
  for (const sibling of proof) {
    if (last === 0) return refuse(`the proof of leaf ${index} of ${size} is too long`)
    if (isOdd(at) || at === last) {
      hash = hasher.node(sibling, hash)
      for (; !isOdd(at) && at !== 0; last = half(last)) at = half(at)
    } else hash = hasher.node(hash, sibling)
    at = half(at)
    last = half(last)
  }
  if (last !== 0) return refuse(`the proof of leaf ${index} of ${size} is too short`)
  return sameBytes(hash, root) ? passed : refuse(`leaf ${index} is not in the tree of ${size} leaves with this root`)
}

/** A tree's size and root: what a checkpoint says. */
export interface TreeHead {
  readonly size: number
  readonly root: Hash
}

/** That the first tree is the beginning of the second. Every tree begins with the empty one. */
export function verifyConsistency(hasher: TreeHasher, first: TreeHead, second: TreeHead, proof: readonly Hash[]): Result<undefined> {
  const sizes = `${first.size} to ${second.size} leaves`
  if (!isSize(first.size) || !isSize(second.size) || first.size > second.size) return refuse(`no tree grows from ${sizes}`)
  if (!areHashes([first.root, second.root, ...proof])) return refuse(`a hash in the proof from ${sizes} does not have ${hashLength} bytes`)
  for (const { size, root } of [first, second])
    if (size === 0 && !sameBytes(root, hasher.empty)) return refuse('the root of the tree without leaves is not the hash of nothing')
  const different = refuse(`the tree of ${second.size} leaves does not begin with the one of ${first.size}`)
  if (first.size === 0 || first.size === second.size) {
    if (proof.length > 0) return refuse(`from ${sizes} there is nothing to prove, and here are ${proof.length} hashes`)
    return first.size === 0 || sameBytes(first.root, second.root) ? passed : different
  }

  const [start, ...rest] = isPowerOfTwo(first.size) ? [first.root, ...proof] : proof
  if (start === undefined || proof.length === 0) return refuse(`the proof from ${sizes} is too short`)
  let [at, last] = [first.size - 1, second.size - 1]
  for (; isOdd(at); last = half(last)) at = half(at)
  let [old, now] = [start, start]
  for (const hash of rest) {
    if (last === 0) return refuse(`the proof from ${sizes} is too long`)
    if (isOdd(at) || at === last) {
      old = hasher.node(hash, old)
      now = hasher.node(hash, now)
      for (; !isOdd(at) && at !== 0; last = half(last)) at = half(at)
    } else now = hasher.node(now, hash)
    at = half(at)
    last = half(last)
  }
  if (last !== 0) return refuse(`the proof from ${sizes} is too short`)
  return sameBytes(old, first.root) && sameBytes(now, second.root) ? passed : different
}

/** Two signed heads of one size and different roots: proof that the log told two stories. */
export const isSplitView = (one: TreeHead, other: TreeHead): boolean => one.size === other.size && !sameBytes(one.root, other.root)

const areHashes = (hashes: readonly Uint8Array[]): boolean => hashes.every(hash => hash.length === hashLength)
const isOdd = (number: number): boolean => number % 2 === 1
const half = (number: number): number => Math.floor(number / 2)

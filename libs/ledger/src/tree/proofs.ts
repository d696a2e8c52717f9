import { accept, refuse, type Result } from '../result.ts'
import { blocksOf, splitOf, type Block, type Span } from './blocks.ts'
import { fold } from './compact-range.ts'
import type { Hash, TreeHasher } from './hasher.ts'

/*
 * Proofs are made as RFC 6962 defines them: walk from the root towards the leaf, or towards the place where the old tree ends, and at each
 * split take the side that is not entered (PATH in section 2.1.1, SUBPROOF in 2.1.2). First the spans of leaves, which depend on sizes
 * alone, then their hashes from whoever keeps nodes: so a reader knows beforehand what it must fetch.
 */

/** The root of a complete subtree; undefined when it is not at hand. */
export type NodeSource = (block: Block) => Hash | undefined

/** What a proof is made of, the lowest first. @throws RangeError when there is no such leaf. */
export function inclusionSpans(index: number, size: number): readonly Span[] {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && 0 <= index && index < size))
    throw new RangeError(`a tree of ${size} leaves has no leaf ${index}`)
  const spans: Span[] = []
  let [begin, end] = [0, size]
  while (end - begin > 1) {
    const middle = begin + splitOf(end - begin)
    if (index < middle) {
      spans.push({ begin: middle, end })
      end = middle
    } else {
      spans.push({ begin, end: middle })
      begin = middle
    }
  }
  return spans.toReversed()
}

/** What a proof is made of, in its order. Nothing for equal sizes or from the empty tree. @throws RangeError when the first is the larger. */
export function consistencySpans(first: number, second: number): readonly Span[] {
  if (!(Number.isSafeInteger(first) && Number.isSafeInteger(second) && 0 <= first && first <= second))
    throw new RangeError(`a tree of ${first} leaves does not grow to ${second}`)
  if (first === 0 || first === second) return []
  const spans: Span[] = []
  let [begin, end] = [0, second]
  while (end !== first) {
    const middle = begin + splitOf(end - begin)
    if (first <= middle) {
      spans.push({ begin: middle, end })
      end = middle
    } else {
      spans.push({ begin, end: middle })
      begin = middle
    }
  }
  // Where the walk never went right, the block that is left is the old tree itself, whose root the verifier has.
  if (begin > 0) spans.push({ begin, end })
  return spans.toReversed()
}

/** From the leaf's sibling up to the root's child. @throws RangeError when there is no such leaf. */
export const inclusionProof = (hasher: TreeHasher, nodes: NodeSource, index: number, size: number): Result<readonly Hash[]> =>
  hashesOf(hasher, nodes, inclusionSpans(index, size))

/** That the tree of the first size is the beginning of that of the second. @throws RangeError when the first is the larger. */
export const consistencyProof = (hasher: TreeHasher, nodes: NodeSource, first: number, second: number): Result<readonly Hash[]> =>
  hashesOf(hasher, nodes, consistencySpans(first, second))

function hashesOf(hasher: TreeHasher, nodes: NodeSource, spans: readonly Span[]): Result<readonly Hash[]> {
  const hashes: Hash[] = []
  for (const span of spans) {
    const parts: Hash[] = []
    for (const block of blocksOf(span)) {
      const part = nodes(block)
      if (part === undefined) return refuse(`node ${block.index} of level ${block.level} is not at hand`)
      parts.push(part)
    }
    hashes.push(fold(hasher, parts))
  }
  return accept(hashes)
}

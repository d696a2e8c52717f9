import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flipped, hasher, hex, mth, path, proof, someLeaves } from '../testing/naive-tree.ts'
import { appendLeaves, emptyRange } from './compact-range.ts'
import type { Hash } from './hasher.ts'
import { consistencyProof, inclusionProof, type NodeSource } from './proofs.ts'
import { verifyConsistency, verifyInclusion } from './verification.ts'

const most = 70
const leaves = someLeaves(most)
const roots = Array.from({ length: most + 1 }, (_, size) => mth(leaves.slice(0, size)))
const nodes = nodesOf(leaves)
const pair = fc.tuple(fc.nat(most), fc.nat(most)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
const indexAndSize = fc.integer({ min: 1, max: most }).chain(size => fc.tuple(fc.nat(size - 1), fc.constant(size)))

function nodesOf(data: readonly Uint8Array[]): NodeSource {
  const kept = new Map<string, Hash>()
  appendLeaves(
    hasher,
    emptyRange(),
    data.map(leaf => hasher.leaf(leaf)),
    (level, index, hash) => kept.set(`${level}/${index}`, hash),
  )
  return ({ level, index }) => kept.get(`${level}/${index}`)
}
function madeOf(result: ReturnType<typeof inclusionProof>): readonly Hash[] {
  if (!result.ok) throw new Error(result.message)
  return result.value
}
const inclusionOf = (index: number, size: number) => ({
  leaf: hasher.leaf(leaves[index]!),
  index,
  size,
  root: roots[size]!,
  proof: madeOf(inclusionProof(hasher, nodes, index, size)),
})
const headOf = (size: number) => ({ size, root: roots[size]! })

describe('A proof of inclusion', () => {
  it('is the one that RFC 6962 defines, for every leaf of every tree, and is believed', () => {
    for (let size = 1; size <= 33; size++)
      for (let index = 0; index < size; index++) {
        const inclusion = inclusionOf(index, size)
        expect(inclusion.proof.map(hex)).toEqual(path(index, leaves.slice(0, size)).map(hex))
        expect(verifyInclusion(hasher, inclusion)).toEqual({ ok: true, value: undefined })
      }
  })

  it('is not believed with any bit of it turned', () => {
    fc.assert(
      fc.property(indexAndSize, fc.nat(), ([index, size], at) => {
        const inclusion = inclusionOf(index, size)
        const hashes = [inclusion.leaf, inclusion.root, ...inclusion.proof]
        const bit = at % (hashes.length * 256)
        const [leaf, root, ...rest] = hashes.map((hash, place) => (place === Math.floor(bit / 256) ? flipped(hash, bit % 256) : hash))
        expect(verifyInclusion(hasher, { ...inclusion, leaf: leaf!, root: root!, proof: rest }).ok).toBe(false)
      }),
      { numRuns: 1_000 },
    )
  })

  it('is not believed for another leaf, another place or another tree', () => {
    fc.assert(
      fc.property(indexAndSize, indexAndSize, ([index, size], [other, otherSize]) => {
        const inclusion = inclusionOf(index, size)
        if (other !== index) {
          expect(verifyInclusion(hasher, { ...inclusion, index: other }).ok).toBe(false)
          expect(verifyInclusion(hasher, { ...inclusion, leaf: hasher.leaf(leaves[other]!) }).ok).toBe(false)
        }
        if (otherSize !== size) expect(verifyInclusion(hasher, { ...inclusion, root: roots[otherSize]! }).ok).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('has exactly the hashes that it needs', () => {
    const { proof: hashes, ...inclusion } = inclusionOf(4, 11)
    const check = (changed: readonly Hash[]) => verifyInclusion(hasher, { ...inclusion, proof: changed })
    expect(check(hashes.slice(1))).toEqual({ ok: false, message: 'the proof of leaf 4 of 11 is too short' })
    expect(check([...hashes, hashes[0]!])).toEqual({ ok: false, message: 'the proof of leaf 4 of 11 is too long' })
    expect(check([hashes[0]!.subarray(1), ...hashes.slice(1)]).ok).toBe(false)
    expect(check([]).ok).toBe(false)
    expect(verifyInclusion(hasher, { ...inclusion, index: -1, proof: hashes }).ok).toBe(false)
    expect(verifyInclusion(hasher, { ...inclusion, index: 0.5, proof: hashes }).ok).toBe(false)
  })

  it('does not take an inner node for a leaf', () => {
    const [, ...above] = inclusionOf(0, 8).proof
    const node = hasher.node(hasher.leaf(leaves[0]!), hasher.leaf(leaves[1]!))
    expect(verifyInclusion(hasher, { leaf: node, index: 0, size: 8, root: roots[8]!, proof: above }).ok).toBe(false)
    expect(hex(hasher.leaf(Buffer.concat([hasher.leaf(leaves[0]!), hasher.leaf(leaves[1]!)])))).not.toBe(hex(node))
  })

  it('cannot be made without the nodes that it needs, and says which', () =>
    expect(inclusionProof(hasher, () => undefined, 0, 2)).toEqual({ ok: false, message: 'node 1 of level 0 is not at hand' }))
})

describe('A proof of consistency', () => {
  it('is the one that RFC 6962 defines, between any two trees, and is believed', () => {
    for (let second = 0; second <= 33; second++)
      for (let first = 0; first <= second; first++) {
        const hashes = madeOf(consistencyProof(hasher, nodes, first, second))
        expect(hashes.map(hex)).toEqual(first === 0 ? [] : proof(first, leaves.slice(0, second)).map(hex))
        expect(verifyConsistency(hasher, headOf(first), headOf(second), hashes)).toEqual({ ok: true, value: undefined })
      }
  })

  it('is not believed with any bit of it turned', () => {
    fc.assert(
      fc.property(pair, fc.nat(), ([first, second], at) => {
        const made = madeOf(consistencyProof(hasher, nodes, first, second))
        // The empty tree is the beginning of whatever there is: no root can be wrong.
        fc.pre(first > 0)
        const hashes = [roots[first]!, roots[second]!, ...made]
        const bit = at % (hashes.length * 256)
        const [old, now, ...rest] = hashes.map((hash, place) => (place === Math.floor(bit / 256) ? flipped(hash, bit % 256) : hash))
        expect(verifyConsistency(hasher, { size: first, root: old! }, { size: second, root: now! }, rest).ok).toBe(false)
      }),
      { numRuns: 1_000 },
    )
  })

  it('is not believed for a tree in which one old leaf is another', () => {
    fc.assert(
      fc.property(pair, fc.nat(), ([first, second], at) => {
        fc.pre(first > 0)
        const forged = leaves.with(at % first, new TextEncoder().encode('forged'))
        const hashes = madeOf(consistencyProof(hasher, nodesOf(forged), first, second))
        const now = { size: second, root: mth(forged.slice(0, second)) }
        expect(verifyConsistency(hasher, headOf(first), now, hashes).ok).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  it('has exactly the hashes that it needs', () => {
    fc.assert(
      fc.property(pair, ([first, second]) => {
        const hashes = madeOf(consistencyProof(hasher, nodes, first, second))
        const check = (changed: readonly Hash[]) => verifyConsistency(hasher, headOf(first), headOf(second), changed).ok
        expect(check([...hashes, roots[1]!])).toBe(false)
        for (const place of hashes.keys()) expect(check(hashes.toSpliced(place, 1))).toBe(false)
      }),
    )
    const hashes = madeOf(consistencyProof(hasher, nodes, 5, 11))
    const said = (changed: readonly Hash[]) => verifyConsistency(hasher, headOf(5), headOf(11), changed)
    expect(said([...hashes, hashes[0]!])).toEqual({ ok: false, message: 'the proof from 5 to 11 leaves is too long' })
    expect(said(hashes.slice(0, -1))).toEqual({ ok: false, message: 'the proof from 5 to 11 leaves is too short' })
    expect(verifyConsistency(hasher, headOf(8), headOf(11), [])).toEqual({
      ok: false,
      message: 'the proof from 8 to 11 leaves is too short',
    })
    expect(verifyConsistency(hasher, headOf(7), headOf(7), hashes).ok).toBe(false)
  })

  it('is refused for a tree that shrinks, and for an empty tree with the wrong root', () => {
    expect(verifyConsistency(hasher, headOf(3), headOf(2), []).ok).toBe(false)
    expect(verifyConsistency(hasher, { size: 0, root: roots[1]! }, headOf(2), []).ok).toBe(false)
    expect(() => consistencyProof(hasher, nodes, 3, 2)).toThrow('does not grow')
  })
})

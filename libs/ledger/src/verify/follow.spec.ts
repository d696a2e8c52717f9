import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headOf, leaves, nodes } from '../testing/log.ts'
import { flipped, hasher } from '../testing/naive-tree.ts'
import { blocksOf } from '../tree/blocks.ts'
import { appendLeaves, emptyRange, type CompactRange } from '../tree/compact-range.ts'
import { followLeaves, verifyLeaves } from './follow.ts'
import { followRevisions } from './revisions.ts'

const sizes = fc.uniqueArray(fc.nat(40), { maxLength: 6 })

describe('Leaves that are followed', () => {
  it('raise nothing when they are what was signed, in whatever batches they come', () => {
    fc.assert(
      fc.property(sizes, fc.array(fc.nat(15)), (signed, batches) => {
        const follower = followLeaves(hasher, signed.map(headOf))
        const cuts = [0, ...batches.map((_, n) => batches.slice(0, n + 1).reduce((a, b) => a + b, 0)).filter(at => at < 40), 40]
        const found = cuts.slice(1).flatMap((end, n) => follower.add(leaves.slice(cuts[n], end)))
        expect([...found, ...follower.end()]).toEqual([])
        expect(follower.head()).toEqual(headOf(40))
      }),
    )
  })

  it('raise the first checkpoint behind whatever was changed, put in, taken out or swapped', () => {
    fc.assert(
      fc.property(fc.nat(38), fc.constantFrom('change', 'insert', 'remove', 'swap'), (at, what) => {
        const forged = new TextEncoder().encode('forged')
        const other = {
          change: leaves.with(at, forged),
          insert: leaves.toSpliced(at, 0, forged).slice(0, 40),
          remove: [...leaves.toSpliced(at, 1), forged],
          swap: leaves.with(at, leaves[at + 1]!).with(at + 1, leaves[at]!),
        }[what]
        const { findings } = verifyLeaves(
          hasher,
          other,
          Array.from({ length: 41 }, (_, size) => headOf(size)),
        )
        expect(findings[0]).toMatchObject({ kind: 'tampered', size: at + 1 })
      }),
    )
  })

  it('raise that the end was cut off, by a checkpoint that was kept elsewhere', () =>
    expect(verifyLeaves(hasher, leaves.slice(0, 30), [headOf(10), headOf(40)]).findings).toEqual([
      { kind: 'missing', size: 40, message: '40 leaves were signed, and 30 are here: the end was cut off' },
    ]))

  it('may begin in the middle, behind what stands for those before them, which cannot be another', () => {
    const before = appendLeaves(
      hasher,
      emptyRange(),
      leaves.slice(0, 13).map(leaf => hasher.leaf(leaf)),
    )
    const found = (from: CompactRange, ...sizes: readonly number[]) => {
      const follower = followLeaves(hasher, sizes.map(headOf), from)
      return [...follower.add(leaves.slice(13)), ...follower.end()].map(({ kind, size }) => `${kind} ${size}`)
    }
    expect(found(before, 13, 20, 40)).toEqual([])
    expect(found(before, 7, 40)).toEqual(['missing 7'])
    for (const place of before.hashes.keys())
      expect(found({ ...before, hashes: before.hashes.with(place, flipped(before.hashes[place]!, 3)) }, 40)).toEqual(['tampered 40'])
    expect(() => followLeaves(hasher, [], { ...before, hashes: before.hashes.slice(1) })).toThrow(RangeError)
  })

  it('may be left out in the middle, where nothing else can stand for them', () => {
    fc.assert(
      fc.property(fc.nat(39), fc.nat(39), fc.nat(63), (one, other, bit) => {
        const [begin, end] = [Math.min(one, other), Math.max(one, other) + 1]
        const hashes = blocksOf({ begin, end }).map(block => nodes(block) ?? flipped(leaves[0]!, 0))
        const found = (gap: readonly Uint8Array[], ...sizes: readonly number[]) => {
          const follower = followLeaves(hasher, sizes.map(headOf))
          const before = follower.add(leaves.slice(0, begin))
          const within = follower.skip({ begin, end, hashes: gap })
          return [...before, ...within, ...follower.add(leaves.slice(end)), ...follower.end()].map(({ kind, size }) => `${kind} ${size}`)
        }
        expect(found(hashes, begin, end, 40)).toEqual([])
        if (end - begin > 1) expect(found(hashes, begin + 1, 40)).toEqual([`missing ${begin + 1}`])
        expect(found(hashes.with(0, flipped(hashes[0]!, bit)), 40)).toEqual(['tampered 40'])
      }),
    )
    expect(() => followLeaves(hasher, []).skip({ begin: 1, end: 2, hashes: [leaves[0]!] })).toThrow(RangeError)
  })

  it('raise two checkpoints of one size that were both signed', () => {
    const { findings } = verifyLeaves(hasher, leaves, [headOf(20), { size: 20, root: headOf(19).root }, headOf(20)])
    expect(findings.map(({ kind, size }) => `${kind} ${size}`)).toContain('tampered 20')
    expect(findings[0]?.message).toContain('two signed checkpoints of 20 leaves')
    expect(verifyLeaves(hasher, leaves, [headOf(20), headOf(20)]).findings).toEqual([])
  })
})

describe('Revisions', () => {
  it('follow one another in every stream', () => {
    const revisions = followRevisions({ complete: true })
    const all = [revisions.next('a', 0), revisions.next('b', 0), revisions.next('a', 1), revisions.next('b', 1)]
    expect(all.every(({ ok }) => ok)).toBe(true)
    expect(revisions.next('a', 3)).toEqual({ ok: false, message: 'in a revision 2 is missing' })
    expect(revisions.next('a', 4).ok).toBe(true)
    expect(revisions.next('b', 1)).toEqual({ ok: false, message: 'in b revision 1 comes again' })
    expect(revisions.next('c', 1)).toEqual({ ok: false, message: 'in c revision 0 is missing' })
  })

  it('may begin anywhere in a part of a log', () => {
    const revisions = followRevisions({ complete: false })
    expect([revisions.next('a', 5).ok, revisions.next('a', 6).ok, revisions.next('a', 8).ok]).toEqual([true, true, false])
  })
})

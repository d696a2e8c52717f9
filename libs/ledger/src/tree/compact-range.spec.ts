import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasher, hex, mth, someLeaves } from '../testing/naive-tree.ts'
import { blocksOf } from './blocks.ts'
import { appendLeaves, emptyRange, isCompactRange, mergeRanges, rootOf } from './compact-range.ts'

/* Public constants: the leaves and roots that every implementation of Certificate Transparency is tested with. */
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

const all = someLeaves(150).map(leaf => hasher.leaf(leaf))
const hashes = (count: number) => all.slice(0, count)

describe('A compact range', () => {
  it('has the published roots of the trees of 0 to 8 leaves', () => {
    const leaves = inputs.map(input => hasher.leaf(Buffer.from(input, 'hex')))
    expect(roots.map((_, size) => hex(rootOf(hasher, appendLeaves(hasher, emptyRange(), leaves.slice(0, size)))))).toEqual(roots)
  })

  it('has the root that RFC 6962 defines, however its leaves came', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 6 }), batches => {
        const size = batches.reduce((sum, count) => sum + count, 0)
        const leaves = hashes(size)
        let range = emptyRange()
        for (const count of batches) range = appendLeaves(hasher, range, leaves.slice(range.end, range.end + count))
        expect(isCompactRange(range)).toBe(true)
        expect(hex(rootOf(hasher, range))).toBe(hex(mth(someLeaves(size))))
      }),
      { numRuns: 60 },
    )
  })

  it('is the same, whether its leaves came one after the other or as parts that were merged', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), fc.nat(40), (first, second, third) => {
        const leaves = hashes(first + second + third)
        const part = (begin: number, end: number) => appendLeaves(hasher, emptyRange(begin), leaves.slice(begin, end))
        const [a, b, c] = [part(0, first), part(first, first + second), part(first + second, leaves.length)]
        const whole = part(0, leaves.length)
        expect(mergeRanges(hasher, mergeRanges(hasher, a, b), c)).toEqual(whole)
        expect(mergeRanges(hasher, a, mergeRanges(hasher, b, c))).toEqual(whole)
      }),
    )
  })

  it('tells of every complete subtree once, after its children', () => {
    const seen: string[] = []
    appendLeaves(hasher, emptyRange(), hashes(5), (level, index) => seen.push(`${level}/${index}`))
    expect(seen).toEqual(['0/0', '0/1', '1/0', '0/2', '0/3', '1/1', '2/0', '0/4'])
  })

  it('does not merge with one that it does not touch, and has no root without its beginning', () => {
    const late = appendLeaves(hasher, emptyRange(3), hashes(2))
    expect(() => mergeRanges(hasher, emptyRange(), late)).toThrow('do not touch')
    expect(() => rootOf(hasher, late)).toThrow('no root of their own')
  })

  it('knows its own shape beyond 32 bits', () => {
    const size = 2 ** 40 + 5
    expect(blocksOf({ begin: 0, end: size })).toEqual([
      { level: 40, index: 0 },
      { level: 2, index: 2 ** 38 },
      { level: 0, index: 2 ** 40 + 4 },
    ])
    expect(isCompactRange({ begin: 0, end: size, hashes: hashes(3) })).toBe(true)
    expect(isCompactRange({ begin: 0, end: size, hashes: hashes(4) })).toBe(false)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasher, hex, someLeaves } from '../testing/naive-tree.ts'
import { blocksOf } from '../tree/blocks.ts'
import { appendLeaves, emptyRange, fold, rootOf } from '../tree/compact-range.ts'
import type { Hash } from '../tree/hasher.ts'
import { consistencyProof, consistencySpans, inclusionProof, inclusionSpans } from '../tree/proofs.ts'
import { verifyConsistency, verifyInclusion } from '../tree/verification.ts'
import { readEntries, writeEntries } from './entries.ts'
import { edgeOf, growTiles, noEdge, withMiddle, type Edge } from './growth.ts'
import { nodesOfTiles, openTile, tilesFor } from './tile-nodes.ts'
import { bundlePath, partialTiles, readBundlePath, readTilePath, tilePath, tilesOf, type SealedTile } from './tile.ts'

const most = 70_000
const leaves = someLeaves(most).map(leaf => hasher.leaf(leaf))
const nodes = new Map<string, Hash>()
appendLeaves(hasher, emptyRange(), leaves, (level, index, hash) => nodes.set(`${level}/${index}`, hash))
const headOf = (size: number) => ({
  size,
  root: fold(
    hasher,
    blocksOf({ begin: 0, end: size }).map(({ level, index }) => nodes.get(`${level}/${index}`)!),
  ),
})
const all = growTiles(hasher, noEdge, leaves)
const stored = new Map(all.tiles.map(tile => [`${tile.level}/${tile.index}`, tile]))

describe('A tree of 70,000 leaves', () => {
  it('is as many tiles as its specification says', () => {
    const of = (level: number, full: boolean) => all.tiles.filter(tile => tile.level === level && (tile.width === 256) === full)
    expect(of(0, true)).toHaveLength(273)
    expect(of(0, false).map(tilePath)).toEqual(['tile/0/273.p/112'])
    expect(of(1, true).map(tilePath)).toEqual(['tile/1/000'])
    expect(of(1, false).map(tilePath)).toEqual(['tile/1/001.p/17'])
    expect(of(2, false).map(tilePath)).toEqual(['tile/2/000.p/1'])
    expect([...tilesOf(most)].map(tilePath).toSorted()).toEqual(all.tiles.map(tilePath).toSorted())
    expect(partialTiles(256).map(tilePath)).toEqual(['tile/1/000.p/1'])
  })

  it('proves every leaf and every earlier tree from the tiles that were asked for', () => {
    const wanted = fc.integer({ min: 1, max: most }).chain(size => fc.tuple(fc.constant(size), fc.nat(size - 1), fc.nat(size)))
    fc.assert(
      fc.property(wanted, ([size, index, first]) => {
        // A partial tile that has been filled since serves as well.
        const fetch = (spans: readonly { begin: number; end: number }[]) =>
          nodesOfTiles(
            hasher,
            tilesFor(spans, size).map(({ level, index }) => stored.get(`${level}/${index}`)!),
          )
        const head = headOf(size)
        const inclusion = inclusionProof(hasher, fetch(inclusionSpans(index, size)), index, size)
        expect(inclusion.ok && verifyInclusion(hasher, { leaf: leaves[index]!, index, ...head, proof: inclusion.value }).ok).toBe(true)
        const consistency = consistencyProof(hasher, fetch(consistencySpans(first, size)), first, size)
        expect(consistency.ok && verifyConsistency(hasher, headOf(first), head, consistency.value).ok).toBe(true)
      }),
      { numRuns: 12 },
    )
  })
})

const said = ({ range, tiles }: Edge) => [
  range.begin,
  range.end,
  ...range.hashes.map(hex),
  ...tiles.map(tile => tilePath(tile) + hex(tile.hashes) + hex(tile.middle)),
]

describe('Tiles that grow', () => {
  it('are the same, in whatever batches the leaves came, and also when the edge was read back in between', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { minLength: 1, maxLength: 5 }), batches => {
        const kept = new Map<string, SealedTile>()
        let edge = noEdge
        for (const count of batches) {
          const grown = growTiles(hasher, edge, leaves.slice(edge.range.end, edge.range.end + count))
          for (const tile of grown.tiles) kept.set(`${tile.level}/${tile.index}`, tile)
          const again = edgeOf(hasher, grown.edge.range.end, [...kept.values()])
          expect(again.ok && said(again.value)).toEqual(said(grown.edge))
          edge = grown.edge
        }
        const once = growTiles(hasher, noEdge, leaves.slice(0, edge.range.end))
        expect(said(once.edge)).toEqual(said(edge))
        expect([...kept.values()].map(tilePath).toSorted()).toEqual(once.tiles.map(tilePath).toSorted())
        for (const tile of once.tiles) expect(hex(kept.get(`${tile.level}/${tile.index}`)!.hashes)).toBe(hex(tile.hashes))
        expect(hex(rootOf(hasher, edge.range))).toBe(hex(headOf(edge.range.end).root))
      }),
      { numRuns: 25 },
    )
  })

  it('have the nodes half-way up that follow from their hashes, with which proofs are the same and take a tenth of the hashing', () => {
    for (const tile of all.tiles) expect(hex(tile.middle)).toBe(hex(withMiddle(hasher, tile).middle))
    let hashed = 0
    const counting = { ...hasher, node: (left: Hash, right: Hash) => ((hashed += 1), hasher.node(left, right)) }
    const hashesFor = (middle: boolean) => {
      hashed = 0
      const tiles = all.tiles.filter(({ level, index }) => level > 0 || index === 5)
      const shown = tiles.map(({ middle: kept, ...tile }) => (middle ? { ...tile, middle: kept } : tile))
      const proof = inclusionProof(counting, nodesOfTiles(counting, shown), 5 * 256 + 77, 65_536)
      return [proof.ok && proof.value.map(hex).join(), hashed]
    }
    const [slow, fast] = [hashesFor(false), hashesFor(true)]
    expect(fast[0]).toBe(slow[0])
    expect([slow[1], fast[1]]).toEqual([2 * 247, 2 * 22])
  })

  it('are told of only where they changed', () => {
    const { edge } = growTiles(hasher, noEdge, leaves.slice(0, 300))
    expect(growTiles(hasher, edge, leaves.slice(300, 301)).tiles.map(tilePath)).toEqual(['tile/0/001.p/45'])
    expect(growTiles(hasher, edge, leaves.slice(300, 513)).tiles.map(tilePath)).toEqual(['tile/0/001', 'tile/0/002.p/1', 'tile/1/000.p/2'])
    expect(growTiles(hasher, edge, []).tiles).toEqual([])
  })

  it('cannot go on from an edge that is not whole, and say what is missing', () => {
    const { edge } = growTiles(hasher, noEdge, leaves.slice(0, 300))
    expect(edgeOf(hasher, 300, edge.tiles.slice(1))).toEqual({ ok: false, message: 'a tree of 300 leaves needs tile/0/001.p/44' })
    expect(edgeOf(hasher, 301, edge.tiles).ok).toBe(false)
    expect(
      edgeOf(
        hasher,
        300,
        edge.tiles.map(tile => ({ ...tile, hashes: tile.hashes.subarray(1) })),
      ).ok,
    ).toBe(false)
    expect(() => openTile(hasher, { ...edge.tiles[0]!, width: 45 })).toThrow('not 45 hashes')
  })
})

describe('The path of a tile', () => {
  it.each([
    [{ level: 0, index: 1_234_067, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 63, index: 0, width: 1 }, 'tile/63/000.p/1'],
    [{ level: 2, index: 1_000, width: 255 }, 'tile/2/x001/000.p/255'],
  ])('of %j is %s', (place, path) => {
    expect(tilePath(place)).toBe(path)
    expect(readTilePath(path)).toEqual({ ok: true, value: place })
  })

  it('is read back, whatever it is of', () => {
    fc.assert(
      fc.property(fc.nat(63), fc.maxSafeNat(), fc.integer({ min: 1, max: 256 }), (level, index, width) => {
        expect(readTilePath(tilePath({ level, index, width }))).toEqual({ ok: true, value: { level, index, width } })
        expect(readBundlePath(bundlePath({ index, width }))).toEqual({ ok: true, value: { index, width } })
      }),
    )
  })

  it.each([
    ['tile/64/000'],
    ['tile/00/000'],
    ['tile/0/0'],
    ['tile/0/x000/001'],
    ['tile/0/x001'],
    ['tile/0/001/002'],
    ['tile/0/000.p/256'],
    ['tile/0/000.p/0'],
    ['tile/0/000.p/01'],
    ['tile/0/x999/x999/x999/x999/x999/999'],
    ['tile/0/../000'],
    ['/tile/0/000'],
    ['tile/0/000\n'],
    [''],
  ])('is never %j', path => {
    expect(readTilePath(path).ok).toBe(false)
    expect(readBundlePath(path.replace('tile/0', 'tile/entries')).ok).toBe(false)
  })
})

describe('A bundle of entries', () => {
  const entry = fc.uint8Array({ maxLength: 400 })

  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 256 }), entries => {
        expect(readEntries(writeEntries(entries), entries.length)).toEqual({ ok: true, value: entries })
      }),
    )
  })

  it('is refused when it is cut off, when something follows, and when it has another number of entries', () => {
    const bytes = writeEntries([new Uint8Array(300), new Uint8Array(0), new Uint8Array(7)])
    for (let length = 0; length < bytes.length; length++) expect(readEntries(bytes.subarray(0, length), 3).ok).toBe(false)
    expect(readEntries(Buffer.concat([bytes, Buffer.from([0, 0])]), 3)).toEqual({ ok: false, message: 'a bundle has more than 3 entries' })
    expect(readEntries(bytes, 4)).toEqual({ ok: false, message: 'a bundle has 3 entries, and not 4' })
    expect(() => writeEntries([])).toThrow('1 to 256')
    expect(() => writeEntries([new Uint8Array(65_536)])).toThrow('at most 65535 bytes')
  })
})

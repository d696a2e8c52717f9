import { accept, refuse, type Result } from '../result.ts'
import { blocksOf } from '../tree/blocks.ts'
import { appendLeaves, emptyRange, type CompactRange } from '../tree/compact-range.ts'
import { hashLength, type Hash, type TreeHasher } from '../tree/hasher.ts'
import { partialTiles, tileHeight, tilePath, tileWidth, type Tile } from './tile.ts'
import { nodesOfTiles } from './tile-nodes.ts'

/*
 * A tree that grows, as tiles: what a sealer keeps between two batches is the right edge, some kilobytes however large the tree is. Whoever
 * stores what `growTiles` gives, in one transaction with the leaves, can begin again from the stored tiles after any crash.
 */

export interface Edge {
  readonly range: CompactRange
  /** The partial tile of each level that has one. */
  readonly tiles: readonly Tile[]
}

export const noEdge: Edge = { range: emptyRange(), tiles: [] }

/** The tiles that these leaves fill or change: those that became full, then those that are partial now. Others stay as they are. */
export function growTiles(
  hasher: TreeHasher,
  edge: Edge,
  leaves: Iterable<Hash>,
): { readonly edge: Edge; readonly tiles: readonly Tile[] } {
  const open = new Map(edge.tiles.map(({ level, index, width, hashes }) => [level, { index, width, hashes: roomFor(hashes) }]))
  const touched = new Set<number>()
  const full: Tile[] = []
  const range = appendLeaves(hasher, edge.range, leaves, (height, place, hash) => {
    if (height % tileHeight !== 0) return
    const level = height / tileHeight
    let tile = open.get(level)
    if (tile === undefined) open.set(level, (tile = { index: Math.floor(place / tileWidth), width: 0, hashes: roomFor() }))
    tile.hashes.set(hash, tile.width * hashLength)
    tile.width += 1
    touched.add(level)
    if (tile.width < tileWidth) return
    full.push({ level, ...tile })
    open.delete(level)
  })
  const tiles = [...open]
    .toSorted(([one], [other]) => one - other)
    .map(([level, { index, width, hashes }]): Tile => ({ level, index, width, hashes: hashes.slice(0, width * hashLength) }))
  return { edge: { range, tiles }, tiles: [...full, ...tiles.filter(({ level }) => touched.has(level))] }
}

/** The edge of a tree of this size from its stored partial tiles (`partialTiles` names them). Compare its root with the checkpoint's. */
export function edgeOf(hasher: TreeHasher, size: number, stored: readonly Tile[]): Result<Edge> {
  const tiles: Tile[] = []
  for (const place of partialTiles(size)) {
    const tile = stored.find(({ level, index }) => level === place.level && index === place.index)
    if (tile === undefined || tile.width < place.width) return refuse(`a tree of ${size} leaves needs ${tilePath(place)}`)
    if (tile.hashes.length !== tile.width * hashLength) return refuse(`${tilePath(tile)} has ${tile.hashes.length} bytes`)
    tiles.push({ ...place, hashes: tile.hashes.slice(0, place.width * hashLength) })
  }
  const nodes = nodesOfTiles(hasher, tiles)
  // Every block of the cover is complete and no part of a larger one: it stands in the partial tile of its level.
  const hashes = blocksOf({ begin: 0, end: size }).map(block => nodes(block) as Hash)
  return accept({ range: { begin: 0, end: size, hashes }, tiles })
}

function roomFor(hashes: Uint8Array = new Uint8Array(0)): Uint8Array {
  const room = new Uint8Array(tileWidth * hashLength)
  room.set(hashes)
  return room
}

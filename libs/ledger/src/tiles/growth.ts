import { joined } from '../bytes.ts'
import { accept, refuse, type Result } from '../result.ts'
import { blocksOf } from '../tree/blocks.ts'
import { appendLeaves, emptyRange, type CompactRange } from '../tree/compact-range.ts'
import { hashLength, type Hash, type TreeHasher } from '../tree/hasher.ts'
import {
  middleHeight,
  middleWidth,
  partialTiles,
  tileHeight,
  tilePath,
  tileWidth,
  type SealedTile,
  type Tile,
  type TilePlace,
} from './tile.ts'
import { nodesOfTiles, openTile } from './tile-nodes.ts'

/*
 * A tree that grows, as tiles: what a sealer keeps between two batches is the right edge, some kilobytes however large the tree is. Whoever
 * stores what `growTiles` gives, in one transaction with the leaves, can begin again from the stored tiles after any crash.
 */

export interface Edge {
  readonly range: CompactRange
  /** The partial tile of each level that has one. */
  readonly tiles: readonly SealedTile[]
}

export const noEdge: Edge = { range: emptyRange(), tiles: [] }

/** The tiles that these leaves fill or change: those that became full, then those that are partial now. Others stay as they are. */
export function growTiles(
  hasher: TreeHasher,
  edge: Edge,
  leaves: Iterable<Hash>,
): { readonly edge: Edge; readonly tiles: readonly SealedTile[] } {
  const open = new Map(edge.tiles.map(tile => [tile.level, roomFor(tile)]))
  const touched = new Set<number>()
  const full: Room[] = []
  const range = appendLeaves(hasher, edge.range, leaves, (height, place, hash) => {
    const level = Math.floor(height / tileHeight)
    let room = open.get(level)
    switch (height % tileHeight) {
      case 0:
        // A full one stays open until the next begins: the nodes half-way up come after the hashes below them.
        if (room === undefined || room.width === tileWidth)
          open.set(level, (room = roomFor({ level, index: Math.floor(place / tileWidth), width: 0, hashes: nothing, middle: nothing })))
        room.hashes.set(hash, room.width * hashLength)
        room.width += 1
        touched.add(level)
        if (room.width === tileWidth) full.push(room)
        break
      case middleHeight:
        room?.middle.set(hash, (place % middleWidth) * hashLength)
        break
      default:
        break
    }
  })
  const partial = [...open.values()].filter(({ width }) => width < tileWidth).toSorted((one, other) => one.level - other.level)
  const tiles = partial.map(tileOf)
  return { edge: { range, tiles }, tiles: [...full.map(tileOf), ...tiles.filter(({ level }) => touched.has(level))] }
}

/** The edge of a tree of this size from its stored partial tiles (`partialTiles` names them). Compare its root with the checkpoint's. */
export function edgeOf(hasher: TreeHasher, size: number, stored: readonly Tile[]): Result<Edge> {
  const tiles: SealedTile[] = []
  for (const place of partialTiles(size)) {
    const tile = stored.find(({ level, index }) => level === place.level && index === place.index)
    if (tile === undefined || tile.width < place.width) return refuse(`a tree of ${size} leaves needs ${tilePath(place)}`)
    if (tile.hashes.length !== tile.width * hashLength) return refuse(`${tilePath(tile)} has ${tile.hashes.length} bytes`)
    tiles.push(withMiddle(hasher, { ...place, hashes: tile.hashes.slice(0, place.width * hashLength) }))
  }
  const nodes = nodesOfTiles(hasher, tiles)
  // Every block of the cover is complete and no part of a larger one: it stands in the partial tile of its level.
  const hashes = blocksOf({ begin: 0, end: size }).map(block => nodes(block) as Hash)
  return accept({ range: { begin: 0, end: size, hashes }, tiles })
}

/** The same tile with its middle, hashed anew. */
export function withMiddle(hasher: TreeHasher, { middle: _, ...tile }: Tile): SealedTile {
  const { node } = openTile(hasher, tile)
  const middle = Array.from({ length: middlesOf(tile) }, (_, index) => node(middleHeight, index) as Hash)
  return { ...tile, middle: joined(...middle) }
}

/** A tile with room to be filled. */
interface Room extends TilePlace {
  width: number
  readonly hashes: Uint8Array
  readonly middle: Uint8Array
}

const nothing = new Uint8Array(0)

function roomFor({ hashes, middle, ...place }: SealedTile): Room {
  const room = { ...place, hashes: new Uint8Array(tileWidth * hashLength), middle: new Uint8Array(middleWidth * hashLength) }
  room.hashes.set(hashes)
  room.middle.set(middle)
  return room
}

const tileOf = ({ hashes, middle, ...place }: Room): SealedTile => ({
  ...place,
  hashes: hashes.slice(0, place.width * hashLength),
  middle: middle.slice(0, middlesOf(place) * hashLength),
})

const middlesOf = ({ width }: TilePlace): number => Math.floor(width / 2 ** middleHeight)

import { blocksOf, type Span } from '../tree/blocks.ts'
import { hashLength, type Hash, type TreeHasher } from '../tree/hasher.ts'
import type { NodeSource } from '../tree/proofs.ts'
import { hashIn, middleWidth, tileAround, tileHeight, tilePath, tileWidth, type Tile, type TilePlace } from './tile.ts'

/*
 * The nodes of a tree, from its tiles. Which tiles a proof needs is known from sizes alone: fetch those, open them, and make the proof. An
 * open tile remembers what it has hashed; whoever makes many proofs keeps the open tiles of the upper levels, which all proofs share.
 */

export interface OpenTile {
  readonly place: TilePlace
  /** Of the subtree of this height, from 0 to 8, within the tile; undefined when it is not complete there. */
  node(height: number, index: number): Hash | undefined
}

/** @throws RangeError when the tile does not have the bytes that its width says. */
export function openTile(hasher: TreeHasher, tile: Tile): OpenTile {
  const { width, hashes, middle } = tile
  if (width < 1 || width > tileWidth || hashes.length !== width * hashLength)
    throw new RangeError(`${tilePath(tile)} has ${hashes.length} bytes, and not ${width} hashes`)
  const ready = Math.floor((middle?.length ?? 0) / hashLength)
  // As in a heap: the root is 1, below n are 2n and 2n+1, the hashes of the tile begin at 256, the middle is at 16.
  const known: (Hash | undefined)[] = []
  const at = (place: number): Hash => {
    if (place >= tileWidth) return hashIn(hashes, place - tileWidth)
    if (middle !== undefined && place >= middleWidth && place < middleWidth + ready) return hashIn(middle, place - middleWidth)
    return (known[place] ??= hasher.node(at(2 * place), at(2 * place + 1)))
  }
  return {
    place: tile,
    node: (height, index) => ((index + 1) * 2 ** height <= width ? at(tileWidth / 2 ** height + index) : undefined),
  }
}

/** `open` gives the tile at that level and number, in whatever width it has it. */
export function nodesOf(open: (level: number, index: number) => OpenTile | undefined): NodeSource {
  return ({ level, index }) => {
    const height = level % tileHeight
    const within = tileWidth / 2 ** height
    return open((level - height) / tileHeight, Math.floor(index / within))?.node(height, index % within)
  }
}

/** The nodes that these tiles hold, and no others. */
export function nodesOfTiles(hasher: TreeHasher, tiles: Iterable<Tile>): NodeSource {
  const open = new Map<string, OpenTile>()
  for (const tile of tiles) open.set(`${tile.level}/${tile.index}`, openTile(hasher, tile))
  return nodesOf((level, index) => open.get(`${level}/${index}`))
}

/** The tiles that a proof of these spans needs, in the width that they have in a tree of this size. Each once. */
export function tilesFor(spans: readonly Span[], size: number): readonly TilePlace[] {
  const places = new Map<string, TilePlace>()
  for (const { level, index } of spans.flatMap(blocksOf)) {
    const height = level % tileHeight
    const place = tileAround(size, (level - height) / tileHeight, index * 2 ** height)
    places.set(tilePath(place), place)
  }
  return [...places.values()]
}

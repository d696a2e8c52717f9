import { readCount } from '../bytes.ts'
import { accept, refuse, type Result } from '../result.ts'
import { hashLength, type Hash } from '../tree/hasher.ts'

/*
 * Tiles, as c2sp.org/tlog-tiles lays them out: 256 neighbouring hashes of every eighth level of the tree. A full tile never changes; at the
 * right edge of a tree each level may have one that is partial. The hashes between two levels are not kept, they follow from the tile.
 */

export const tileHeight = 8
export const tileWidth = 256
const highestLevel = 63

/** Where a tile stands; `width` counts its hashes, 256 when it is full. */
export interface TilePlace {
  readonly level: number
  readonly index: number
  readonly width: number
}
export interface Tile extends TilePlace {
  /** One hash after the other. */
  readonly hashes: Uint8Array
  /**
   * The nodes half-way up the tile, each over sixteen of its hashes: kept beside a tile, though no part of it, they spare whoever makes a
   * proof nine tenths of the hashing. A proof that was made with wrong ones is a wrong proof, and is not believed.
   */
  readonly middle?: Uint8Array
}
/** As whoever seals has it. */
export type SealedTile = Required<Tile>

export const middleHeight = 4
export const middleWidth = tileWidth / 2 ** middleHeight

export const hashIn = (hashes: Uint8Array, place: number): Hash => hashes.subarray(place * hashLength, (place + 1) * hashLength)

/** Where the leaves' own data stands, 256 to a bundle. */
export type BundlePlace = Omit<TilePlace, 'level'>

export const tilePath = ({ level, ...place }: TilePlace): string => `tile/${level}/${numbered(place)}`
export const bundlePath = (place: BundlePlace): string => `tile/entries/${numbered(place)}`

const tileForm = /^tile\/(0|[1-9]\d?)\/(.*)$/
const bundleForm = /^tile\/entries\/(.*)$/
const numberForm = /^((?:x\d{3}\/){0,5}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/

/** A path below the prefix of the log, which must be the one that `tilePath` writes. */
export function readTilePath(path: string): Result<TilePlace> {
  const [, level = '', rest = ''] = tileForm.exec(path) ?? []
  const place = readNumbered(rest)
  const no = refuse(`a tile is at tile/<level>/<number> or tile/<level>/<number>.p/<width>, not at "${path.slice(0, 100)}"`)
  return place === undefined || Number(level) > highestLevel ? no : accept({ level: Number(level), ...place })
}

export function readBundlePath(path: string): Result<BundlePlace> {
  const place = readNumbered(bundleForm.exec(path)?.[1] ?? '')
  if (place !== undefined) return accept(place)
  return refuse(`entries are at tile/entries/<number> or tile/entries/<number>.p/<width>, not at "${path.slice(0, 100)}"`)
}

/** 1234067 is x001/x234/067, so that in a folder no file is in the way of a folder. */
function numbered({ index, width }: BundlePlace): string {
  const digits = String(index)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  const groups = padded.match(/\d{3}/g) ?? []
  const path = groups.map((group, place) => (place < groups.length - 1 ? `x${group}` : group)).join('/')
  return width === tileWidth ? path : `${path}.p/${width}`
}

function readNumbered(text: string): BundlePlace | undefined {
  const [, groups, partial] = numberForm.exec(text) ?? []
  if (groups === undefined) return undefined
  const index = readCount(groups.replaceAll(/[x/]/g, '').replace(/^0+(?=\d)/, ''))
  const width = partial === undefined ? tileWidth : Number(partial)
  if (index === undefined || (partial !== undefined && width >= tileWidth)) return undefined
  return numbered({ index, width }) === text ? { index, width } : undefined
}

/** The partial tiles of a tree, from the lowest level. */
export const partialTiles = (size: number): readonly TilePlace[] => levelsOf(size).flatMap(({ level, count }) => partialOf(level, count))

/** Every tile of a tree, a level at a time. */
export function* tilesOf(size: number): Generator<TilePlace> {
  for (const { level, count } of levelsOf(size)) {
    for (let index = 0; index < Math.floor(count / tileWidth); index++) yield { level, index, width: tileWidth }
    yield* partialOf(level, count)
  }
}

/** The tile in which a hash of a level stands, in a tree of this size. */
export function tileAround(size: number, level: number, place: number): TilePlace {
  const index = Math.floor(place / tileWidth)
  return { level, index, width: Math.min(tileWidth, Math.floor(size / tileWidth ** level) - index * tileWidth) }
}

/** How many hashes each tile level has. */
function levelsOf(size: number): readonly { readonly level: number; readonly count: number }[] {
  const levels = []
  for (let [level, count] = [0, size]; count > 0; level++, count = Math.floor(count / tileWidth)) levels.push({ level, count })
  return levels
}

function partialOf(level: number, count: number): readonly TilePlace[] {
  const width = count % tileWidth
  return width === 0 ? [] : [{ level, index: Math.floor(count / tileWidth), width }]
}

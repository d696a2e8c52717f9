export { bundlePath, partialTiles, readBundlePath, readTilePath, tilePath, tilesOf } from './tiles/tile.ts'

import { joined } from '../bytes.ts'
import { accept, refuse, type Result } from '../result.ts'
import { tileWidth } from './tile.ts'

/* Bundles of entries, as c2sp.org/tlog-tiles writes them: each entry behind its length, two bytes, the higher first. */

export const longestEntry = 0xffff

/** @throws RangeError when there are none, more than 256, or one is too long. */
export function writeEntries(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length < 1 || entries.length > tileWidth)
    throw new RangeError(`a bundle has 1 to ${tileWidth} entries, not ${entries.length}`)
  return joined(...entries.flatMap(entry => [lengthOf(entry), entry]))
}

/** Exactly so many entries, and nothing behind them. */
export function readEntries(bytes: Uint8Array, width: number): Result<readonly Uint8Array[]> {
  const entries: Uint8Array[] = []
  let at = 0
  while (at < bytes.length) {
    const [high, low] = bytes.subarray(at, at + 2)
    const end = at + 2 + ((high ?? 0) << 8) + (low ?? 0)
    if (low === undefined || end > bytes.length) return refuse(`entry ${entries.length} of a bundle is cut off`)
    entries.push(bytes.subarray(at + 2, end))
    if (entries.length > width) return refuse(`a bundle has more than ${width} entries`)
    at = end
  }
  return entries.length === width ? accept(entries) : refuse(`a bundle has ${entries.length} entries, and not ${width}`)
}

function lengthOf({ length }: Uint8Array): Uint8Array {
  if (length > longestEntry) throw new RangeError(`an entry has at most ${longestEntry} bytes, not ${length}`)
  return Uint8Array.of(length >> 8, length & 0xff)
}

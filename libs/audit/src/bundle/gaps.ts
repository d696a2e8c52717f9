import { canonicalJson } from '@muster/contracts'
import { accept, fromBase64, isCompactRange, refuse, toBase64, type CompactRange, type Result } from '@muster/ledger'
import { fieldsOf, isCount } from './manifest.ts'

/*
 * What stands for the leaves that a bundle leaves out: the compact ranges between those that are there. Together with the leaves they lead to
 * the signed root, so that one short file proves every event of a bundle at once, and shares what single audit paths would repeat.
 */

export const writeGaps = (gaps: readonly CompactRange[]): string =>
  canonicalJson(gaps.map(({ begin, end, hashes }) => ({ begin, end, hashes: hashes.map(toBase64) })))

/** In order, none behind the end of the tree. Two may touch, where a checkpoint between them is to be compared. */
export function readGaps(text: string, size: number): Result<readonly CompactRange[]> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('gaps.json is not JSON')
  }
  if (!Array.isArray(value)) return refuse('gaps.json is no list')
  const gaps: CompactRange[] = []
  for (const item of value as readonly unknown[]) {
    const { begin, end, hashes } = fieldsOf(item)
    if (!isCount(begin) || !isCount(end) || !Array.isArray(hashes)) return refuse('a gap has begin, end and hashes')
    const bytes = (hashes as readonly unknown[]).flatMap(one => {
      const hash = typeof one === 'string' ? fromBase64(one) : undefined
      return hash === undefined ? [] : [hash]
    })
    const gap = { begin, end, hashes: bytes }
    if (begin >= end || end > size || begin < (gaps.at(-1)?.end ?? 0) || bytes.length !== hashes.length || !isCompactRange(gap))
      return refuse(`the gap from leaf ${begin} to ${end} cannot be one of a tree of ${size} leaves`)
    gaps.push(gap)
  }
  return writeGaps(gaps) === text ? accept(gaps) : refuse('gaps.json is not written as canonical JSON')
}

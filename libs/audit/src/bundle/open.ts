import { canonicalJson } from '@muster/contracts'
import type { NonEmpty, Sha256 } from '@muster/kernel'
import { digestOfText, refuse, accept, type CompactRange, type LogKey, type Result } from '@muster/ledger'
import { readGaps } from './gaps.ts'
import { readLogKeys } from './key-ranges.ts'
import { frontFiles, type FrontFile, type Manifest } from './manifest.ts'

/* All of a bundle that stands before its events, read strictly and found to agree with itself. Nothing of it is believed yet. */

export interface Front {
  readonly manifest: Manifest
  readonly keys: NonEmpty<LogKey>
  /** Signed notes, as they were published, the smallest tree first. */
  readonly checkpoints: NonEmpty<string>
  readonly gaps: readonly CompactRange[]
}

export function openFront(sha256: Sha256, manifest: Manifest, files: Readonly<Record<FrontFile, string>>): Result<Front> {
  const changed = frontFiles.find(file => digestOfText(sha256, files[file]) !== manifest.digests[file])
  if (changed !== undefined) return refuse(`${changed} is not the one that the manifest was written for`)
  const keys = readLogKeys(sha256, files['keys.json'])
  if (!keys.ok) return keys
  const gaps = readGaps(files['gaps.json'], manifest.size)
  if (!gaps.ok) return gaps
  const checkpoints = readCheckpoints(files['checkpoints.json'])
  if (!checkpoints.ok) return checkpoints
  const leftOut = gaps.value.reduce((sum, { begin, end }) => sum + end - begin, 0)
  if (manifest.size - leftOut !== manifest.events)
    return refuse(`the manifest says ${manifest.events} events, and gaps.json leaves ${manifest.size - leftOut}`)
  const { scope } = manifest
  if (!fitsScope(manifest, gaps.value) || (scope.kind === 'range' && manifest.events !== scope.to - scope.from))
    return refuse('what is left out is not what the scope of the manifest says')
  return accept({ manifest, keys: keys.value, checkpoints: checkpoints.value, gaps: gaps.value })
}

/** A whole log has no gap, and a range none within it. Which events belong to a thing, only the events can tell. */
function fitsScope({ scope, size }: Manifest, gaps: readonly CompactRange[]): boolean {
  if (scope.kind === 'log') return gaps.length === 0
  if (scope.kind !== 'range') return true
  return scope.to <= size && gaps.every(({ begin, end }) => end <= scope.from || begin >= scope.to)
}

function readCheckpoints(text: string): Result<NonEmpty<string>> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('checkpoints.json is not JSON')
  }
  if (!Array.isArray(value) || !value.every(one => typeof one === 'string') || /\p{Surrogate}/u.test(text))
    return refuse('checkpoints.json is no list of texts')
  const [first, ...rest] = value as readonly string[]
  if (first === undefined) return refuse('checkpoints.json has no checkpoint')
  return canonicalJson(value) === text ? accept([first, ...rest]) : refuse('checkpoints.json is not written as canonical JSON')
}

import type { Sha256 } from '@muster/kernel'
import {
  emptyRange,
  followLeaves,
  followRevisions,
  leafOfLine,
  readEventLine,
  toBase64,
  treeHasher,
  writeKey,
  type Ed25519Verify,
  type EventLine,
} from '@muster/ledger'
import { describeScope } from '../bundle/manifest.ts'
import type { Front } from '../bundle/open.ts'
import type { Finding } from '../fsck/finding.ts'
import { orderOfStreams, revisionDiffers, timeGoesBack } from '../fsck/order.ts'
import type { Rest } from '../fsck/resting.ts'
import { decideHere, type DecidedFrom, type Decisions } from '../reperform/decided-again.ts'
import { believeCheckpoints, type Belief } from './heads.ts'
import type { Pin } from './pin.ts'
import { keysInLog } from './keys-in-log.ts'
import { isOfScope } from './scope.ts'
import { collectFindings, type BundleFinding, type BundleReport } from './report.ts'

/*
 * A bundle, verified line by line. Strict reading, so that nothing can mean two things; the leaf of each event, and from the leaves the root that
 * was signed, so that nothing was changed, added or taken away; the revisions of each stream, so that nothing was left out before it was sealed;
 * the checkpoint that the auditor pinned, so that the log is the one of last time; and every decision decided again.
 *
 * Memory grows with the streams, and by some 30 bytes an event for the ids: no event is kept.
 */

export interface BundleVerifier {
  /** The next lines of the events, in their order. */
  see(lines: Iterable<string>): void
  /** Resolves when more may come. */
  ready(): Promise<void>
  /** What the files around the events show, such as one that is cut off. */
  note(finding: BundleFinding): void
  /** Enough was found that reading on would tell nothing new: the bundle is not what its front says. */
  readonly hopeless: boolean
  readonly events: number
  /** What may be remembered of this log, where the report says that all is whole. */
  readonly pin?: Pin
  end(): Promise<BundleReport>
}

export interface VerifyOptions extends Belief {
  /** `remembered` by the program from last time, and not named by the auditor: where a part of the log cannot be compared, that is only said. */
  readonly pinIs?: 'named' | 'remembered'
  readonly sha256: Sha256
  readonly verify: Ed25519Verify
  /** Where states rest that are not needed for a while. */
  readonly rest?: Rest
  /** Who decides again. Unless it is said, this thread does, between reading and reading. */
  readonly decide?: (what: DecidedFrom) => Decisions
}

export function verifyBundle(front: Front, options: VerifyOptions): BundleVerifier {
  const { sha256, verify, pin, trust } = options
  const { manifest, gaps } = front
  const { scope, size } = manifest
  const findings = collectFindings()
  const { heads, newest } = believeCheckpoints(verify, front, options, findings)
  const tree = treeHasher(sha256)
  const signed = heads.map(({ checkpoint }) => checkpoint)
  const isComparable = pin === undefined || options.pinIs !== 'remembered' || canCompare(front, pin.checkpoint.size)
  const pinned = pin === undefined || pin.checkpoint.origin !== manifest.origin || !isComparable ? [] : [pin.checkpoint]
  const first = gaps[0]?.begin === 0 ? gaps[0] : emptyRange()
  const follower = followLeaves(tree, [...signed, ...pinned], first)

  const isFromTheStart = scope.kind !== 'range' || scope.from === 0
  const order = scope.kind === 'log' || (scope.kind === 'range' && scope.from === 0) ? orderOfStreams() : undefined
  const revisions = order === undefined ? followRevisions({ complete: isFromTheStart }) : undefined
  const { decide = (what: DecidedFrom) => decideHere(sha256, what, options.rest) } = options
  const again = isFromTheStart ? decide(scope.kind === 'model' || scope.kind === 'deployment' ? 'selection' : 'log') : undefined
  const keys = scope.kind === 'log' ? keysInLog(manifest.origin) : undefined
  let unnamed: readonly string[] = []
  const belongs = isOfScope(scope)

  let [index, gap, events, broken] = [first.end, first.end > 0 ? 1 : 0, 0, false]
  let batch: Uint8Array[] = []
  /** Lines that were found strict, and are not handed to be decided again yet. */
  let strict: string[] = []
  const follow = (found: ReturnType<typeof follower.end>): void => {
    for (const { kind, message } of found) findings.add({ kind: kind === 'missing' ? 'incomplete' : kind, message })
  }
  const flush = (): void => {
    follow(follower.add(batch))
    batch = []
  }
  const skip = (): void => {
    for (let next = gaps[gap]; next !== undefined && next.begin === index; next = gaps[++gap]) {
      flush()
      follow(follower.skip(next))
      index = next.end
    }
  }
  follow(follower.add([]))
  skip()

  function one(text: string): void {
    if (events >= manifest.events)
      return stop({ kind: 'tampered', message: `there are more than the ${manifest.events} events of the manifest` })
    const read = readEventLine(text)
    if (!read.ok) return stop({ kind: 'tampered', index, message: `the line of leaf ${index}: ${read.message}` })
    const { event } = read.value
    const place = { stream: event.stream, revision: event.revision, index }
    if (read.value.index !== index)
      return stop({ kind: 'tampered', ...place, message: `${nameOf(read.value)} stands where leaf ${index} should` })
    batch.push(leafOfLine(sha256, read.value))
    if (batch.length === largestBatch) flush()
    const next = revisions?.next(event.stream, event.revision)
    if (next?.ok === false) findings.add({ kind: 'tampered', ...place, message: `${nameOf(read.value)}: ${next.message}` })
    if (order !== undefined) {
      const time = Date.parse(event.recordedtime)
      const { next: due, before } = order.see(event.stream, event.revision, time)
      const differs = (message: string): void => findings.add({ kind: 'tampered', ...place, message: `${nameOf(read.value)}: ${message}` })
      if (event.revision !== due) differs(revisionDiffers(event.revision, due))
      if (before !== undefined && time < before) differs(timeGoesBack(event.recordedtime, before))
    }
    belongs.see(event)
    keys?.see(read.value)
    strict.push(text)
    events += 1
    index += 1
    skip()
  }
  function divergent(found: Iterable<Finding>): void {
    for (const { message, stream, revision, position } of found)
      findings.add({
        kind: 'tampered',
        message,
        ...(stream !== undefined && { stream }),
        ...(revision !== undefined && { revision }),
        ...(position !== undefined && { index: position - 1 }),
      })
  }
  function stop(finding: BundleFinding): void {
    findings.add(finding)
    broken = true
  }

  return {
    ...(newest !== undefined && {
      pin: { note: front.checkpoints.at(-1) ?? front.checkpoints[0], checkpoint: newest.checkpoint, keys: front.keys },
    }),
    see(lines) {
      for (const line of lines) {
        if (broken) break
        one(line)
      }
      divergent(again?.see(strict) ?? [])
      strict = []
    },
    ready: () => again?.ready() ?? Promise.resolve(),
    note: stop,
    get hopeless() {
      return broken
    },
    get events() {
      return events
    },
    async end() {
      flush()
      if (!broken) skip()
      const isComplete = !broken && events >= manifest.events
      const decided = await again?.end(isComplete ? (scope.kind === 'range' ? scope.to : size) : undefined)
      divergent(decided?.findings ?? [])
      if (!broken) {
        if (events < manifest.events)
          findings.add({
            kind: 'incomplete',
            message: `the manifest says ${manifest.events} events, and ${events} are here: the end is cut off`,
          })
        else {
          follow(follower.end())
          const named = keys?.end(front.keys, size)
          for (const message of named?.differs ?? []) findings.add({ kind: 'tampered', message })
          unnamed = named?.unnamed ?? []
          const other = belongs.end()
          if (other !== undefined) findings.add({ kind: 'incomplete', message: other })
        }
      }
      const notes = notesOf(front, unnamed, { pin: pin !== undefined, isComparable, trust: trust !== undefined })
      return {
        verdict: findings.verdict,
        origin: manifest.origin,
        scope,
        events,
        ...(newest !== undefined && { size: newest.checkpoint.size, root: toBase64(newest.checkpoint.root) }),
        checkpoints: heads.length,
        cosignedBy: [...(newest?.cosignedBy.keys() ?? [])],
        checks: decided?.checks ?? 0,
        findings: findings.list,
        found: findings.found,
        notes,
      }
    },
  }
}

/** A whole log shows every tree that it was; a part of it only those that end at its edges. */
function canCompare({ manifest: { scope, size }, gaps }: Front, at: number): boolean {
  if (scope.kind === 'log') return true
  if (at > size) return scope.kind !== 'range'
  return !gaps.some(({ begin, end }) => begin < at && at < end)
}

/** What waits longer than the objects of one line do costs more to keep than to hash. */
const largestBatch = 64
const nameOf = ({ event: { stream, revision }, index }: EventLine): string => `${stream}@${revision} (leaf ${index})`

function notesOf(
  { manifest: { scope }, keys }: Front,
  unnamed: readonly string[],
  has: Readonly<Record<'pin' | 'isComparable' | 'trust', boolean>>,
): string[] {
  const notes: string[] = []
  if (!has.trust)
    notes.push(
      `The keys of the log are those that the bundle names: compare ${keys.map(({ key }) => writeKey(key)).join(', ')} with what its operator publishes elsewhere.`,
    )
  for (const key of unnamed) notes.push(`The log itself does not name the key ${key} yet.`)
  if (!has.pin) notes.push('Nothing was pinned before: that the end of the log is not cut off is not proven this time.')
  if (!has.isComparable)
    notes.push(
      'The checkpoint that was pinned lies within what is left out, and is not compared: muster export --pinned makes it comparable.',
    )
  if (scope.kind === 'range' && scope.from > 0)
    notes.push('Decisions were not performed again: that needs all events before them, which a range does not have.')
  if (scope.kind === 'model' || scope.kind === 'deployment')
    notes.push(
      `This is ${describeScope(scope)}: what is here is in the log and follows from it; whether all of it is here, only the whole log shows.`,
    )
  return notes
}

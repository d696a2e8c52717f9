import { createReadStream, readFileSync } from 'node:fs'
import { followLeaves, followRevisions, leafOf, openCheckpoint, treeHasher, type CommittedEvent } from '@muster/ledger'
import { origin, sha256, signer, verify } from './log.ts'

/*
 * A process of its own, so that its memory is its own: reads events, one a line, and checkpoints, and verifies everything from the bytes:
 * strict content, both digests, leaf, tree, every checkpoint's signature and root, every stream's revisions. Tells how it went as JSON.
 */

export interface Verified {
  readonly events: number
  readonly findings: number
  readonly seconds: number
  readonly peakMiB: number
  /** What the hashes alone of one event take, in microseconds. */
  readonly hashingUs: number
}

const [events = '', checkpoints = ''] = process.argv.slice(2)
const started = performance.now()
const trust = { origin, logKeys: [{ key: signer.key, from: 0 }] as const, witnesses: [], quorum: 0 }
const heads = (JSON.parse(readFileSync(checkpoints, 'utf8')) as string[]).map(text => {
  const opened = openCheckpoint(verify, trust, text)
  if (!opened.ok) throw new Error(opened.message)
  return opened.value.checkpoint
})

const follower = followLeaves(treeHasher(sha256), heads)
const revisions = followRevisions({ complete: true })
let [count, findings] = [0, 0]
let batch: Uint8Array[] = []
for await (const line of linesOf(events)) {
  const event = JSON.parse(line) as CommittedEvent
  const leaf = leafOf(sha256, event, count)
  if (!leaf.ok) throw new Error(leaf.message)
  if (!revisions.next(event.stream, event.revision).ok) findings += 1
  count += 1
  batch.push(leaf.value.bytes)
  if (batch.length < 1_000) continue
  findings += follower.add(batch).length
  batch = []
}
findings += follower.add(batch).length + follower.end().length
const seconds = (performance.now() - started) / 1_000
const peakMiB = process.resourceUsage().maxRSS / 1_024

/** Complete lines as they come, no more of them in memory than a piece of the file has. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of createReadStream(file, { encoding: 'utf8', highWaterMark: 256 * 1024 })) {
    const lines = (rest + String(piece)).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

const inputs = [1_000, 400, 260, 65].map(length => new Uint8Array(length))
const rounds = 20_000
const before = performance.now()
for (let round = 0; round < rounds; round++) for (const input of inputs) sha256(input)
const hashingUs = ((performance.now() - before) * 1_000) / rounds
console.log(JSON.stringify({ events: count, findings, seconds, peakMiB, hashingUs } satisfies Verified))

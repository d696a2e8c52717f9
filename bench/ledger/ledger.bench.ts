import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import {
  growTiles,
  inclusionProof,
  leafOf,
  noEdge,
  nodesOf,
  openTile,
  rootOf,
  signCheckpoint,
  treeHasher,
  verifyInclusion,
  type Edge,
  type OpenTile,
  type Tile,
} from '@muster/ledger'
import { UsageError, type Bench } from '../bench.ts'
import { root } from '../program.ts'
import { median, percentile, rounded } from '../statistics.ts'
import { eventOf, origin, sha256, signer } from './log.ts'
import type { Verified } from './verify.ts'

const help = `npm run bench -- ledger [options]

Seals events of about 1 KB into tiles with a checkpoint every thousand, makes proofs from the tiles, and verifies everything again from the
bytes in a process of its own: strict content, digests, leaves, tree, signatures, revisions. Storage is a file, there is no database.

  --events N   how many events      (default 1000000)
  --quick      100,000 events
  --help       this text`

const batchSize = 1_000
const proofs = 2_000

export const ledger: Bench = {
  name: 'ledger',
  summary: 'sealing, proofs and offline verification of a million events',
  help,
  async run(args, say) {
    const events = eventsOf(args)
    const folder = await mkdtemp(join(tmpdir(), 'muster-bench-ledger-'))
    try {
      const files = [join(folder, 'events.ndjson'), join(folder, 'checkpoints.json')] as const
      const sealed = await seal(events, files, say)
      const made = prove(sealed, say)
      const { stdout } = await promisify(execFile)(process.execPath, ['infra/build/run.mjs', 'bench/ledger/verify.ts', ...files], {
        cwd: root,
      })
      const verified = JSON.parse(stdout) as Verified
      if (verified.events !== events || verified.findings > 0) throw new Error(`a log that is whole did not verify: ${stdout}`)
      const perSecond = events / verified.seconds
      say(`verified ${events} events in ${rounded(verified.seconds)} s, ${rounded(verified.peakMiB)} MiB at most`)
      return {
        // The share of its time that the hashes alone would take: 1 is as fast as hashing can be.
        ratios: { hashesAlone: rounded((verified.hashingUs * perSecond) / 1e6) },
        figures: {
          events,
          verifyPerSecond: rounded(perSecond),
          verifyPeakMiB: rounded(verified.peakMiB),
          ...made,
          sealPerSecond: rounded(sealed.perSecond),
        },
      }
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

interface Sealed {
  readonly edge: Edge
  readonly tiles: ReadonlyMap<string, Tile>
  readonly perSecond: number
}
const hasher = treeHasher(sha256)

/** The clock runs while leaves, tiles and checkpoints are made, not while events are invented and written. */
async function seal(
  events: number,
  [eventsFile, checkpointsFile]: readonly [string, string],
  say: (line: string) => void,
): Promise<Sealed> {
  const tiles = new Map<string, Tile>()
  const checkpoints: string[] = []
  const out = createWriteStream(eventsFile)
  let edge = noEdge
  let [ms, bytes] = [0, 0]
  while (edge.range.end < events) {
    const first = edge.range.end
    const batch = Array.from({ length: Math.min(batchSize, events - first) }, (_, n) => eventOf(first + n))
    const started = performance.now()
    const grown = growTiles(
      hasher,
      edge,
      batch.map((event, n) => {
        const leaf = leafOf(sha256, event, first + n)
        if (!leaf.ok) throw new Error(leaf.message)
        return hasher.leaf(leaf.value.bytes)
      }),
    )
    const { range } = grown.edge
    checkpoints.push(signCheckpoint({ origin, size: range.end, root: rootOf(hasher, range), extensions: [] }, [signer]))
    ms += performance.now() - started
    for (const tile of grown.tiles) tiles.set(`${tile.level}/${tile.index}`, tile)
    edge = grown.edge
    const lines = batch.map(event => `${JSON.stringify(event)}\n`).join('')
    bytes += Buffer.byteLength(lines)
    if (!out.write(lines)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
  await writeFile(checkpointsFile, JSON.stringify(checkpoints))
  const perSecond = (events * 1_000) / ms
  say(`sealed ${events} events of ${Math.round(bytes / events)} bytes, ${Math.round(perSecond)} a second, ${tiles.size} tiles`)
  return { edge, tiles, perSecond }
}

/** Leaves all over the tree, with the upper levels' tiles kept open as a server keeps them, and the lowest opened each time. */
function prove({ edge: { range }, tiles }: Sealed, say: (line: string) => void): { readonly proofMs: number; readonly proofP99Ms: number } {
  const size = range.end
  const root = rootOf(hasher, range)
  const open = (level: number, index: number): OpenTile | undefined => {
    const tile = tiles.get(`${level}/${index}`)
    return tile && openTile(hasher, tile)
  }
  const upper = new Map([...tiles].flatMap(([key, tile]) => (tile.level > 0 ? [[key, openTile(hasher, tile)] as const] : [])))
  const nodes = nodesOf((level, index) => upper.get(`${level}/${index}`) ?? open(level, index))
  const inTurn = (): readonly number[] =>
    Array.from({ length: proofs }, (_, n) => {
      const index = (n * 7_919 * 104_729) % size
      const lowest = new Map<number, OpenTile | undefined>()
      const source = nodesOf((level, place) => {
        if (level > 0) return upper.get(`${level}/${place}`)
        if (!lowest.has(place)) lowest.set(place, open(level, place))
        return lowest.get(place)
      })
      const started = performance.now()
      const proof = inclusionProof(hasher, source, index, size)
      const ms = performance.now() - started
      const leaf = nodes({ level: 0, index })
      if (!proof.ok || leaf === undefined || !verifyInclusion(hasher, { leaf, index, size, root, proof: proof.value }).ok)
        throw new Error(`leaf ${index} of ${size} is not proved`)
      return ms
    })
  inTurn()
  const each = inTurn()
  const figures = { proofMs: rounded(median(each)), proofP99Ms: rounded(percentile(each, 0.99)) }
  say(`a proof in ${figures.proofMs} ms, p99 ${figures.proofP99Ms} ms`)
  return figures
}

function eventsOf(args: readonly string[]): number {
  try {
    const { values } = parseArgs({ args: [...args], options: { events: { type: 'string' }, quick: { type: 'boolean', default: false } } })
    const events = Number(values.events ?? (values.quick ? 100_000 : 1_000_000))
    if (Number.isSafeInteger(events) && events > 0) return events
    throw new Error(`--events ${values.events} is not a whole number above 0.`)
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${help}`)
  }
}

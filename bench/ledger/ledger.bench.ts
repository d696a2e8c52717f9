import { execFile } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs, promisify } from 'node:util'
import { exportBundle, type LedgerSource } from '@muster/audit'
import {
  eventLine,
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
import { sha256 } from '@muster/ledger-crypto'
import { history } from '../../libs/audit/src/testing/history.ts'
import { writeZip } from '../../services/cli/src/export/write-zip.ts'
import { UsageError, type Bench } from '../bench.ts'
import { root } from '../program.ts'
import { median, percentile, rounded } from '../statistics.ts'
import { origin, signer } from './log.ts'
import type { Verified } from './verify.ts'

const help = `npm run bench -- ledger [options]

Seals the events of a history that might have been (models, data sets, deployments that were checked, approved, cleared) into tiles with a
checkpoint every thousand, makes proofs from the tiles, exports all of it as a bundle, and verifies that as an auditor does, with muster verify
in a process of its own: strict content, digests, leaves, tree, signatures, revisions, and every decision decided again. There is no database.

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
      const lines = join(folder, 'events.ndjson')
      const bundle = join(folder, 'bundle.zip')
      const sealed = await seal(events, lines, say)
      const made = prove(sealed, say)
      const started = performance.now()
      await writeBundle(lines, bundle, sealed)
      say(
        `exported in ${rounded((performance.now() - started) / 1_000)} s, ${Math.round((await stat(bundle)).size / events)} bytes an event`,
      )
      const program = await built('bench/ledger/verify.ts')
      const { stdout } = await promisify(execFile)(process.execPath, [program, bundle, folder], { cwd: root })
      await Promise.all([program, `${program}.map`].map(one => rm(one)))
      await rm(bundle)
      const { report, seconds, peakMiB, hashingUs } = JSON.parse(stdout) as Verified
      if (report.events !== events || report.verdict !== 'whole') throw new Error(`a log that is whole did not verify: ${stdout}`)
      const perSecond = events / seconds
      say(`verified ${events} events, ${report.checks} checks performed again, in ${rounded(seconds)} s, ${rounded(peakMiB)} MiB at most`)
      return {
        // The share of its time that the hashes alone would take: 1 is as fast as hashing can be.
        ratios: { hashesAlone: rounded((hashingUs * perSecond) / 1e6) },
        figures: {
          events,
          checks: report.checks,
          verifyPerSecond: rounded(perSecond),
          verifyPeakMiB: rounded(peakMiB),
          ...made,
          sealPerSecond: rounded(sealed.perSecond),
        },
      }
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

/** One file, built by another process: what that takes is none of the verification's memory. */
async function built(entry: string): Promise<string> {
  const file = join(root, 'node_modules/.cache/muster', `bench-${process.pid}.mjs`)
  const build = "import { bundle } from './infra/build/bundle.mjs'; const [, entry, file] = process.argv; await bundle(entry, file, true)"
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', build, entry, file], { cwd: root })
  return file
}

interface Sealed {
  readonly edge: Edge
  readonly tiles: ReadonlyMap<string, Tile>
  readonly checkpoints: readonly string[]
  readonly perSecond: number
}
const hasher = treeHasher(sha256)

/** The clock runs while leaves, tiles and checkpoints are made, not while events are invented and written. */
async function seal(events: number, linesFile: string, say: (line: string) => void): Promise<Sealed> {
  const tiles = new Map<string, Tile>()
  const checkpoints: string[] = []
  const out = createWriteStream(linesFile)
  const told = history(1)
  let edge = noEdge
  let [ms, bytes] = [0, 0]
  while (edge.range.end < events) {
    const first = edge.range.end
    const batch = Array.from({ length: Math.min(batchSize, events - first) }, () => told.next().value)
    const started = performance.now()
    const grown = growTiles(
      hasher,
      edge,
      batch.map(({ event, index }) => {
        const leaf = leafOf(sha256, event, index)
        if (!leaf.ok) throw new Error(leaf.message)
        return hasher.leaf(leaf.value.bytes)
      }),
    )
    const { range } = grown.edge
    checkpoints.push(signCheckpoint({ origin, size: range.end, root: rootOf(hasher, range), extensions: [] }, [signer]))
    ms += performance.now() - started
    for (const tile of grown.tiles) tiles.set(`${tile.level}/${tile.index}`, tile)
    edge = grown.edge
    const lines = batch.map(({ event, index }) => `${eventLine(event, index)}\n`).join('')
    bytes += Buffer.byteLength(lines)
    if (!out.write(lines)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
  const perSecond = (events * 1_000) / ms
  say(`sealed ${events} events of ${Math.round(bytes / events)} bytes, ${Math.round(perSecond)} a second, ${tiles.size} tiles`)
  return { edge, tiles, checkpoints, perSecond }
}

/** As `muster export` does, from the file in place of a server. */
async function writeBundle(linesFile: string, bundleFile: string, { checkpoints }: Sealed): Promise<void> {
  const source: LedgerSource = {
    async *checkpoints() {
      yield* await Promise.resolve(checkpoints)
    },
    keys: () => Promise.resolve([{ key: signer.key, from: 0 }]),
    lines: () => createInterface({ input: createReadStream(linesFile, { highWaterMark: 1024 * 1024 }), crlfDelay: Infinity }),
    range: () => Promise.reject(new Error('a whole log leaves nothing out')),
  }
  const made = await exportBundle(source, { kind: 'log' }, { sha256 })
  if (!made.ok) throw new Error(made.message)
  await writeZip(bundleFile, made.value, () => undefined)
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

import { eventLine, type CommittedEvent, type LogKey, type Signer, type Trust } from '@muster/ledger'
import { appendLeaves, blocksOf, emptyRange, leafOf, rootOf, signCheckpoint, cosign, treeHasher, type Hash } from '@muster/ledger'
import { isNonEmpty } from '@muster/kernel'
import { log, nextLog, origin, verify, witnesses } from '../../../ledger/src/testing/log.ts'
import { sha256 } from '../../../ledger/src/testing/naive-tree.ts'
import { exportBundle } from '../bundle/export.ts'
import { frontFiles, linesAPart, partName, readManifest, type FrontFile, type Scope } from '../bundle/manifest.ts'
import { openFront } from '../bundle/open.ts'
import type { LedgerSource } from '../bundle/source.ts'
import { unreadable, type BundleReport } from '../verify/report.ts'
import { verifyBundle, type VerifyOptions } from '../verify/verify-bundle.ts'

/* A ledger in memory over any events, its keys and witnesses, and bundles of it as the texts of their files. */

export { log, nextLog, origin, sha256, verify, witnesses }
const hasher = treeHasher(sha256)

export interface Sealing {
  readonly signers?: readonly [Signer, ...Signer[]]
  readonly keys?: readonly [LogKey, ...LogKey[]]
  readonly cosigners?: readonly Signer[]
  readonly name?: string
  /** Sizes at which it was signed; the last is all of them unless it is said. */
  readonly sizes?: readonly number[]
  /** Seals lines as they are, also where they are not what a leaf could be of. */
  readonly lines?: readonly string[]
}

export function ledgerOf(events: readonly CommittedEvent[], sealing: Sealing = {}): LedgerSource {
  const { signers = [log], keys = [{ key: log.key, from: 0 }], cosigners = witnesses, name = origin } = sealing
  const { sizes = [...new Set([Math.ceil(events.length / 3), events.length])] } = sealing
  const nodes = new Map<string, Hash>()
  const roots = new Map<number, Hash>()
  let range = emptyRange()
  for (const [index, event] of events.entries()) {
    const leaf = leafOf(sha256, event, index)
    if (!leaf.ok) throw new Error(leaf.message)
    range = appendLeaves(hasher, range, [hasher.leaf(leaf.value.bytes)], (level, place, hash) => nodes.set(`${level}/${place}`, hash))
    if (sizes.includes(index + 1)) roots.set(index + 1, rootOf(hasher, range))
  }
  const notes = sizes.map(size => {
    const signed = signCheckpoint({ origin: name, size, root: roots.get(size) ?? hasher.empty, extensions: [] }, signers)
    const text = signed.slice(0, signed.lastIndexOf('\n\n') + 1)
    return signed + cosigners.map(witness => cosign(text, 1_000, witness)).join('')
  })
  return {
    async *checkpoints() {
      yield* await Promise.resolve(notes)
    },
    keys: () => Promise.resolve(keys),
    async *lines({ begin, end }) {
      yield* await Promise.resolve(events.slice(begin, end).map((event, n) => eventLine(event, begin + n)))
    },
    range: ({ begin, end }) =>
      Promise.resolve({
        begin,
        end,
        hashes: blocksOf({ begin, end }).map(({ level, index }) => nodes.get(`${level}/${index}`) ?? hasher.empty),
      }),
  }
}

export const trust: Trust = {
  origin,
  logKeys: [{ key: log.key, from: 0 }],
  witnesses: witnesses.map(({ key }) => ({ name: key.name, keys: [key] as const })),
  quorum: 2,
}

/** Files of a bundle by name, in their order. */
export type Files = ReadonlyMap<string, string>

export async function bundleOf(source: LedgerSource, scope: Scope = { kind: 'log' }, comparableAt?: number): Promise<Files> {
  const made = await exportBundle(source, scope, { sha256, ...(comparableAt !== undefined && { comparableAt }) })
  if (!made.ok) throw new Error(made.message)
  const lines: string[] = []
  for await (const line of made.value.events()) lines.push(line)
  const files = new Map<string, string>(Object.entries(made.value.front))
  for (let part = 0; part * linesAPart < lines.length; part += 1)
    files.set(
      partName(part),
      lines
        .slice(part * linesAPart, (part + 1) * linesAPart)
        .map(line => `${line}\n`)
        .join(''),
    )
  return files
}

/** As the command line does, from the texts of the files. */
export async function verified(files: Files, options: Partial<VerifyOptions> = {}): Promise<BundleReport> {
  const no = (message: string): BundleReport => unreadable({ kind: 'tampered', message })
  const manifest = readManifest(files.get('manifest.json') ?? '')
  if (!manifest.ok) return no(manifest.message)
  const front = Object.fromEntries(frontFiles.map(file => [file, files.get(file) ?? ''])) as Record<FrontFile, string>
  const opened = openFront(sha256, manifest.value, front)
  if (!opened.ok) return no(opened.message)
  const verifier = verifyBundle(opened.value, { sha256, verify, ...options })
  for (const [name, text] of files) {
    if (!name.startsWith('events/')) continue
    const lines = text.split('\n')
    if (lines.pop() !== '') verifier.note({ kind: 'incomplete', message: `${name} is cut off in the middle of a line` })
    verifier.see(lines)
  }
  return verifier.end()
}

export const take = <Item>(items: Iterable<Item>, count: number): Item[] => {
  const taken: Item[] = []
  for (const item of items) {
    if (taken.length === count) break
    taken.push(item)
  }
  return taken
}
export const someOf = <Item>(items: readonly Item[]): readonly [Item, ...Item[]] => {
  if (!isNonEmpty(items)) throw new Error('there is nothing')
  return items
}

import { setFlagsFromString } from 'node:v8'
import {
  frontFiles,
  manifestFile,
  openFront,
  partName,
  partsOf,
  readManifest,
  unreadable,
  verifyBundle,
  type BundleFinding,
  type BundleReport,
  type FrontFile,
  type Pin,
  type Rest,
  type VerifyOptions,
} from '@muster/audit'
import { longestLine } from '@muster/ledger'
import { sha256, verifyEd25519 } from '@muster/ledger-crypto'
import { decideBeside, type DecidesBeside } from './decide-beside.ts'
import { restFile } from './rest-file.ts'
import { openZip, ZipFlaw, type ZipItem, type ZipReader } from './read-zip.ts'

/*
 * A bundle in a file, from its first byte to its report, in constant memory: exactly the files that its manifest says, in that order, and each
 * no larger than it may be. Whatever is wrong with the file is a finding and one sentence.
 */

const largestFront: Readonly<Record<FrontFile | typeof manifestFile, number>> = {
  [manifestFile]: 64 * 1024,
  'keys.json': 1024 * 1024,
  'checkpoints.json': 32 * 1024 * 1024,
  'gaps.json': 64 * 1024 * 1024,
}

export interface Verified {
  readonly report: BundleReport
  /** To be remembered, where everything is whole. */
  readonly pin?: Pin
}

/** Whom to believe, which depends on the log that the bundle says it is of. */
export type BeliefIn = (origin: string) => Promise<Omit<VerifyOptions, 'sha256' | 'verify' | 'rest' | 'decide'>>

export interface Reading {
  readonly progress: (done: number, of: number) => void
  /** Where this program stands: a large log is decided again beside it. */
  readonly program?: URL
}

export async function verifyFile(file: string, beliefIn: BeliefIn, { progress, program }: Reading): Promise<Verified> {
  let zip: ZipReader | undefined
  // Garbage is collected early: what lives is small, and half of what would be taken otherwise is never needed.
  setFlagsFromString('--heap-growing-percent=25')
  const rest = restFile()
  const beside = program === undefined ? undefined : decideBeside(program)
  try {
    zip = await openZip(file)
    return await verifyZip(zip, beliefIn, { rest, progress, ...(beside !== undefined && { beside }) })
  } catch (error) {
    if (error instanceof Flaw) return { report: unreadable(error.finding) }
    if (error instanceof ZipFlaw) return { report: unreadable(findingOf(error)) }
    throw error
  } finally {
    zip?.close()
    await beside?.close()
    rest.close()
  }
}

/** To start a thread takes as long as that many events do. */
const fewEvents = 2_000

interface Means {
  readonly rest: Rest
  readonly progress: Reading['progress']
  readonly beside?: DecidesBeside
}

async function verifyZip(zip: ZipReader, beliefIn: BeliefIn, { rest, progress, beside }: Means): Promise<Verified> {
  const manifest = readManifest(await textOf(zip, manifestFile))
  if (!manifest.ok) throw new Flaw({ kind: 'tampered', message: manifest.message })
  const files: Record<FrontFile, string> = { 'keys.json': '', 'checkpoints.json': '', 'gaps.json': '' }
  for (const name of frontFiles) files[name] = await textOf(zip, name)
  const front = openFront(sha256, manifest.value, files)
  if (!front.ok) throw new Flaw({ kind: 'tampered', message: front.message })

  const belief = await beliefIn(manifest.value.origin)
  const isLarge = manifest.value.events > fewEvents
  const verifier = verifyBundle(front.value, {
    ...belief,
    sha256,
    verify: verifyEd25519,
    rest,
    ...(beside !== undefined && isLarge && { decide: beside.decide }),
  })
  try {
    for (let part = 0; part < partsOf(manifest.value) && !verifier.hopeless; part += 1) {
      for await (const lines of linesOf(await expected(zip, partName(part)))) {
        verifier.see(lines)
        if (verifier.hopeless) break
        progress(verifier.events, manifest.value.events)
        await verifier.ready()
      }
    }
    const more = verifier.hopeless ? undefined : await zip.next()
    if (more !== undefined)
      throw new Flaw({ kind: 'tampered', message: `${shown(more.name)} stands behind the events, where nothing should` })
  } catch (error) {
    if (error instanceof Flaw) verifier.note(error.finding)
    else if (error instanceof ZipFlaw) verifier.note(findingOf(error))
    else throw error
  }
  const report = await verifier.end()
  return { report, ...(report.verdict === 'whole' && verifier.pin !== undefined && { pin: verifier.pin }) }
}

/** A finding on its way up. */
class Flaw extends Error {
  readonly finding: BundleFinding

  constructor(finding: BundleFinding) {
    super(finding.message)
    this.name = 'Flaw'
    this.finding = finding
  }
}

const findingOf = ({ kind, message }: ZipFlaw): BundleFinding =>
  kind === 'cut'
    ? { kind: 'incomplete', message: `the file is no zip, or its end is cut off (${message})` }
    : { kind: 'tampered', message: `the zip is damaged (${message})` }

async function expected(zip: ZipReader, name: string): Promise<ZipItem> {
  const item = await zip.next()
  if (item === undefined) throw new Flaw({ kind: 'incomplete', message: `${name} is not there` })
  if (item.name !== name) throw new Flaw({ kind: 'tampered', message: `${shown(item.name)} stands where ${name} should` })
  return item
}

async function textOf(zip: ZipReader, name: FrontFile | typeof manifestFile): Promise<string> {
  const item = await expected(zip, name)
  const pieces: Buffer[] = []
  let size = 0
  for await (const bytes of item.bytes()) {
    size += bytes.length
    if (size > largestFront[name]) throw new Flaw({ kind: 'tampered', message: `${name} has more than ${largestFront[name]} bytes` })
    pieces.push(bytes)
  }
  return decoded(new TextDecoder('utf-8', strict), Buffer.concat(pieces), name)
}

const lineEnd = 0x0a

/**
 * Complete lines as they come; no more of them in memory than a piece of the file has. They are cut where they stand in bytes and decoded at once:
 * a decoder that waits for what follows takes several times as long, and makes text of two bytes a character.
 */
async function* linesOf(item: ZipItem): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder('utf-8', strict)
  let rest = Buffer.alloc(0)
  for await (const bytes of item.bytes()) {
    const end = bytes.lastIndexOf(lineEnd)
    if (end >= 0) yield decoded(decoder, Buffer.concat([rest, bytes.subarray(0, end)]), item.name).split('\n')
    rest = Buffer.concat([...(end < 0 ? [rest] : []), bytes.subarray(end + 1)])
    // A character has at most three bytes.
    if (rest.length > longestLine * 3)
      throw new Flaw({ kind: 'tampered', message: `${item.name} has a line of more than ${longestLine} characters` })
  }
  if (rest.length > 0) throw new Flaw({ kind: 'incomplete', message: `${item.name} is cut off in the middle of a line` })
}

const strict = { fatal: true, ignoreBOM: true }

type Decoder = InstanceType<typeof TextDecoder>

function decoded(decoder: Decoder, bytes: Buffer, name: string): string {
  try {
    return decoder.decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) throw new Flaw({ kind: 'tampered', message: `${name} is not UTF-8` })
    throw error
  }
}

/** A name that somebody else chose. */
const shown = (name: string): string => JSON.stringify(name.slice(0, 100))

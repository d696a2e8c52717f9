import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Scope } from '@muster/audit'
import { describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { history } from '../../../../libs/audit/src/testing/history.ts'
import { bundleOf, ledgerOf, take } from '../../../../libs/audit/src/testing/ledger.ts'
import { exportTo } from '../export/export.command.ts'
import { muster } from '../muster.ts'
import { fakeTerminal } from '../testing/terminal.ts'

const events = take(history(7), 400).map(({ event }) => event)
const folder = mkdtempSync(join(tmpdir(), 'muster-verify-'))
let bundles = 0

const exported = async (scope: Scope = { kind: 'log' }, source = ledgerOf(events)) => {
  const file = join(folder, `${(bundles += 1)}.zip`)
  await exportTo(source, scope, { out: file }, fakeTerminal({ cwd: folder }))
  return file
}
/** Each with a home of its own, unless it is said. */
const verify = async (file: string, home = mkdtempSync(join(folder, 'home-')), ...words: string[]) => {
  const terminal = fakeTerminal({ cwd: folder, env: { MUSTER_HOME: home } })
  const code = await muster(['verify', file, ...words], terminal)
  return { code, out: terminal.out(), told: terminal.told() }
}
const written = (bytes: Buffer) => {
  const file = join(folder, `${(bundles += 1)}.zip`)
  writeFileSync(file, bytes)
  return file
}

describe('A bundle in a file', () => {
  it('is the same bytes for the same range, and whole', async () => {
    const [one, other] = [await exported(), await exported()]
    expect(readFileSync(one).equals(readFileSync(other))).toBe(true)
    const { code, out } = await verify(one)
    expect(out).toContain('Whole')
    expect(out).toContain('400 verified')
    expect(code).toBe(0)
  })

  it.each<Scope>([
    { kind: 'range', from: 100, to: 133 },
    { kind: 'model', model: 'model-7-1' },
    { kind: 'deployment', deployment: 'model-7-2.v1' },
  ])('may be a part of the log ($kind), which proves itself', async scope => {
    const { code, out } = await verify(await exported(scope))
    expect(out).toContain('Whole')
    expect(code).toBe(0)
  })

  it('must grow from what was verified before', async () => {
    const home = mkdtempSync(join(folder, 'home-'))
    const first = await verify(await exported(), home)
    expect(first.told).toContain('first time')
    const shorter = await verify(await exported({ kind: 'log' }, ledgerOf(events.slice(0, 300))), home)
    expect(shorter.out).toContain('400 leaves were signed, and 300 are here')
    expect(shorter.code).toBe(3)
  })

  it('is found out when a byte of it was changed, or what comes out of it is the same', async () => {
    const bytes = readFileSync(await exported({ kind: 'log' }, ledgerOf(events.slice(0, 40))))
    let found = 0
    for (let n = 0; n < 60; n += 1) {
      const changed = Buffer.from(bytes)
      const at = Math.floor((n * bytes.length) / 60)
      changed[at] = (changed[at] ?? 0) ^ (1 << (n % 8))
      const { code, out } = await verify(written(changed))
      expect([0, 1, 3], out).toContain(code)
      expect(out).not.toMatch(/^ {4}at /m)
      if (code === 0) expect(out).toContain('40 verified')
      else found += 1
    }
    // Times and attributes of the files within are nobody's content.
    expect(found).toBeGreaterThan(50)
  })

  it('is found out wherever it is cut off', async () => {
    const bytes = readFileSync(await exported())
    for (const length of [0, 1, 21, 22, 100, Math.floor(bytes.length / 2), bytes.length - 23, bytes.length - 1]) {
      const { code } = await verify(written(bytes.subarray(0, length)))
      expect([1, 3]).toContain(code)
    }
  })

  it.each<readonly [string, (bytes: Buffer) => Buffer | Promise<Buffer>, RegExp]>([
    ['a name leads elsewhere', bytes => renamed(bytes, 'events/000000.ndjson', '../../../etc/cron.d/'), /the zip is damaged|stands where/],
    ['a name is absolute', bytes => renamed(bytes, 'events/000000.ndjson', '/etc/cron.d/muster00'), /the zip is damaged|stands where/],
    ['a name is there twice', bytes => renamed(bytes, 'gaps.json', 'keys.json'), /"keys.json" stands where gaps.json should/],
    ['a size claims four gigabytes', claimed, /the zip is damaged/],
    ['a small file unpacks to a large one', () => made({ 'events/000000.ndjson': Buffer.alloc(64 * 1024 * 1024) }), /a line of more than/],
    [
      'the manifest has no end',
      () => made({ 'manifest.json': Buffer.alloc(16 * 1024 * 1024, '1') }),
      /manifest.json has more than 65536 bytes/,
    ],
    ['the manifest is nested without end', () => made({ 'manifest.json': Buffer.from('['.repeat(60_000)) }), /nested deeper/],
    [
      'the checkpoints are nested without end',
      () => made({ 'checkpoints.json': Buffer.from('['.repeat(1_000_000)) }),
      /manifest was written for/,
    ],
    [
      'an event is nested without end',
      () => made({ 'events/000000.ndjson': Buffer.from(`{"context":${'['.repeat(200_000)}\n`) }),
      /nested deeper/,
    ],
    ['a text is not UTF-8', () => made({ 'keys.json': Buffer.from([0x22, 0xff, 0x22]) }), /keys.json is not UTF-8/],
    ['something stands behind the events', () => made({ 'events/000001.ndjson': Buffer.from('x') }), /stands behind the events/],
    ['it is no zip at all', () => Buffer.from('PK, but that is all'), /no zip, or its end is cut off/],
  ])('is refused with a sentence where %s', async (_, spoil, why) => {
    const { code, out, told } = await verify(written(await spoil(readFileSync(await exported()))))
    expect(out).toMatch(why)
    expect([1, 3]).toContain(code)
    expect(out + told).not.toMatch(/^ {4}at /m)
  })

  it('that is not there, or is a folder, is wrong usage', async () => {
    for (const file of [join(folder, 'nothing.zip'), folder]) expect(await verify(file)).toMatchObject({ code: 2, out: '' })
  })
})

/** In the file's own header and in the directory; of the same length, so that all else stays where it is. */
function renamed(bytes: Buffer, from: string, to: string): Buffer {
  if (from.length !== to.length) throw new Error('the test is wrong')
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1')
}

/** The sizes in the directory, of the first file. */
function claimed(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes)
  changed.writeUInt32LE(0xff_ff_ff_fe, changed.indexOf('PK\x01\x02', 0, 'latin1') + 24)
  return changed
}

/** A whole bundle but for these files. */
async function made(files: Readonly<Record<string, Buffer>>): Promise<Buffer> {
  const whole = await bundleOf(ledgerOf(events))
  const zip = new ZipFile()
  for (const [name, text] of new Map<string, string | Buffer>([...whole, ...Object.entries(files)])) zip.addBuffer(Buffer.from(text), name)
  zip.end()
  const pieces: Buffer[] = []
  for await (const piece of zip.outputStream) pieces.push(Buffer.from(piece as Buffer))
  return Buffer.concat(pieces)
}

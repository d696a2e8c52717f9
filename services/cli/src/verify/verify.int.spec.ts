import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Scope } from '@muster/audit'
import { describe, expect, it } from 'vitest'
import { history } from '../../../../libs/audit/src/testing/history.ts'
import { ledgerOf, take } from '../../../../libs/audit/src/testing/ledger.ts'
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
})

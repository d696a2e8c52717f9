import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BundleReport } from '@muster/audit'
import { canonicalJson } from '@muster/contracts'
import type { CommittedEvent } from '@muster/ledger'
import { afterAll, describe, expect, it } from 'vitest'
import { history } from '../../../../libs/audit/src/testing/history.ts'
import { ledgerOf, take } from '../../../../libs/audit/src/testing/ledger.ts'
import { exportTo } from '../export/export.command.ts'
import { fakeTerminal } from '../testing/terminal.ts'

/* Logs of a size that are decided again in a thread beside, which only the program itself can start. */

const bin = fileURLToPath(new URL('../../bin/muster.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'muster-beside-'))
afterAll(() => rmSync(folder, { recursive: true }))

const verified = async (events: readonly CommittedEvent[], name: string) => {
  const file = join(folder, `${name}.zip`)
  await exportTo(ledgerOf(events), { kind: 'log' }, { out: file }, fakeTerminal({ cwd: folder }))
  const child = spawn(process.execPath, [bin, 'verify', file, '--output', 'json'], {
    env: { PATH: process.env['PATH'], MUSTER_HOME: join(folder, name) },
  })
  let out = ''
  child.stdout.on('data', chunk => (out += String(chunk)))
  const [code] = (await once(child, 'close')) as [number]
  return { code, report: JSON.parse(out) as BundleReport }
}

describe('A large log', () => {
  const events = take(history(5), 2_400).map(({ event }) => event)

  it('is decided again in a thread beside, check by check', async () => {
    const { code, report } = await verified(events, 'whole')
    expect(report).toMatchObject({ verdict: 'whole', events: 2_400, findings: [] })
    expect(report.checks).toBe(events.filter(({ type }) => type.startsWith('deployment.checked.')).length)
    expect(code).toBe(0)
  })

  it('is tampered with where its last decision is another than its facts lead to, whoever signed it', async () => {
    const at = events.findLastIndex(({ type }) => type.startsWith('deployment.checked.'))
    const forged = events.map((event, index) => {
      if (index !== at) return event
      const data = JSON.parse(event.data) as { verdict: string }
      return { ...event, data: canonicalJson({ ...data, verdict: data.verdict === 'pass' ? 'fail' : 'pass' }) }
    })
    const { code, report } = await verified(forged, 'forged')
    expect(report.verdict).toBe('tampered')
    expect(report.findings.map(({ index }) => index)).toContain(at)
    expect(report.findings[0]?.message).toContain('deployment.checked comes out otherwise')
    expect(code).toBe(1)
  })
})

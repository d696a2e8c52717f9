import type { BundleReport } from '@muster/audit'
import { muster } from '../../services/cli/src/muster.ts'
import { sha256 } from '@muster/ledger-crypto'
import { systemTerminal } from '../../services/cli/src/terminal.ts'

/*
 * `muster verify`, in a process of its own, so that its memory is its own: everything that it does for whoever is handed a bundle. Tells how it
 * went as JSON.
 */

export interface Verified {
  readonly report: Pick<BundleReport, 'verdict' | 'events' | 'checks' | 'found'>
  readonly seconds: number
  readonly peakMiB: number
  /** What the hashes alone of one event take, in microseconds. */
  readonly hashingUs: number
}

const [bundle = '', home = ''] = process.argv.slice(2)
const started = performance.now()
const printed: string[] = []
await muster(['verify', bundle, '--output', 'json'], {
  ...systemTerminal(),
  env: { MUSTER_HOME: home },
  print: text => printed.push(text),
})
const seconds = (performance.now() - started) / 1_000
const peakMiB = process.resourceUsage().maxRSS / 1_024
const { verdict, events, checks, found } = JSON.parse(printed.join('\n')) as BundleReport

const inputs = [1_000, 400, 260, 65].map(length => new Uint8Array(length))
const rounds = 20_000
const before = performance.now()
for (let round = 0; round < rounds; round++) for (const input of inputs) sha256(input)
const hashingUs = ((performance.now() - before) * 1_000) / rounds
console.log(JSON.stringify({ report: { verdict, events, checks, found }, seconds, peakMiB, hashingUs } satisfies Verified))

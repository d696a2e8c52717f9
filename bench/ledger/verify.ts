import type { BundleReport } from '@muster/audit'
import { muster } from '../../services/cli/src/muster.ts'
import { sha256 } from '@muster/ledger-crypto'
import { systemTerminal } from '../../services/cli/src/terminal.ts'
import { decideAsAsked, isToDecide } from '../../services/cli/src/verify/decide-beside.ts'

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

async function verify(bundle: string, home: string): Promise<Verified> {
  const started = performance.now()
  const printed: string[] = []
  await muster(['verify', bundle, '--output', 'json'], {
    ...systemTerminal(),
    env: { MUSTER_HOME: home },
    print: text => printed.push(text),
    program: new URL(import.meta.url),
  })
  const seconds = (performance.now() - started) / 1_000
  const peakMiB = process.resourceUsage().maxRSS / 1_024
  const { verdict, events, checks, found } = JSON.parse(printed.join('\n')) as BundleReport
  return { report: { verdict, events, checks, found }, seconds, peakMiB, hashingUs: hashing() }
}

function hashing(): number {
  const inputs = [1_000, 400, 260, 65].map(length => new Uint8Array(length))
  const rounds = 20_000
  const started = performance.now()
  for (let round = 0; round < rounds; round++) for (const input of inputs) sha256(input)
  return ((performance.now() - started) * 1_000) / rounds
}

if (isToDecide()) await decideAsAsked()
else {
  const [bundle = '', home = ''] = process.argv.slice(2)
  console.log(JSON.stringify(await verify(bundle, home)))
}

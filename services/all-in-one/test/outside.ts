import { muster } from '../../cli/src/muster.ts'
import { fakeTerminal } from '../../cli/src/testing/terminal.ts'

/** What `muster fsck` says of a Muster that runs: over HTTP and Kafka, with nothing that is inside. */
export async function fsckFromOutside(url: string, ...options: readonly string[]) {
  const terminal = fakeTerminal({ env: { MUSTER_URL: url, MUSTER_TOKEN: 'token-of-ana' } })
  const code = await muster(['fsck', '--output', 'json', ...options], terminal)
  const report: { verdict: string; unchecked: string[]; checked: string[]; findings: { message: string }[] } = JSON.parse(terminal.out())
  return { code, ...report }
}

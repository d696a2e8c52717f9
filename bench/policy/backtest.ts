import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { root } from '../program.ts'
import { rounded } from '../statistics.ts'

export interface Backtested {
  readonly decisions: number
  /** Of a recorded decision. */
  readonly kilobytes: number
  readonly differingShare: number
  /** For every second of processor time, of all threads of the process. */
  readonly perSecond: number
  readonly perSecondByClock: number
  /** What the heap holds more, after a collection, at the end than after the first tenth. */
  readonly heapGrowthMiB: number
}

/** In a process of its own, in which nothing else was optimised or kept. */
export async function backtest(say: (line: string) => void) {
  const { stdout } = await promisify(execFile)(process.execPath, ['infra/build/run.mjs', 'bench/policy/backtest.run.ts'], { cwd: root })
  const found = JSON.parse(stdout) as Backtested
  say(
    `backtest    ${found.decisions} decisions of ${rounded(found.kilobytes)} KB, ${rounded(100 * found.differingShare)}% differ: ` +
      `${rounded(found.perSecond)} a second of processor time, ${rounded(found.perSecondByClock)} by the clock; ` +
      `the heap grew by ${rounded(found.heapGrowthMiB)} MiB`,
  )
  return { backtestPerSecond: rounded(found.perSecond), backtestHeapGrowthMiB: rounded(found.heapGrowthMiB) }
}

import { setMaxListeners } from 'node:events'
import type { Logger } from 'pino'
import { setTimeout as pause } from 'node:timers/promises'
import type { Health } from './health.ts'
import type { Meters } from './meters.ts'

/*
 * What runs behind the door from start to stop. A part that throws is started again, with a back-off; meanwhile readiness names it.
 * Stopping aborts them all and waits until each has ended what it had in hand.
 */

export interface Background {
  start(part: string, work: (signal: AbortSignal) => Promise<void>): void
  stop(): Promise<void>
}

const [firstWait, longestWait] = [250, 10_000]
/** A part that ran this long had recovered: its next failure is a first one. */
const recovered = 30_000

export function makeBackground(logger: Logger, health: Health, meters: Meters): Background {
  const stopping = new AbortController()
  // Every part waits on this one signal, so many listeners are no leak.
  setMaxListeners(0, stopping.signal)
  const running = new Set<Promise<void>>()
  return {
    start(part, work) {
      let trouble: string | undefined
      health.add(part, () => trouble)
      const done = keepRunning(part, work, stopping.signal, found => (trouble = found)).finally(() => running.delete(done))
      running.add(done)
    },
    async stop() {
      stopping.abort()
      await Promise.all(running)
    },
  }

  async function keepRunning(
    part: string,
    work: (signal: AbortSignal) => Promise<void>,
    signal: AbortSignal,
    tell: (trouble: string | undefined) => void,
  ): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      const began = Date.now()
      const settled = setTimeout(() => tell(undefined), 1_000)
      try {
        await work(signal)
        if (!signal.aborted) throw new Error('it ended by itself')
      } catch (error) {
        if (signal.aborted) return
        failures = Date.now() - began > recovered ? 1 : failures + 1
        tell(error instanceof Error ? error.message : String(error))
        meters.failures.inc({ part })
        logger.error({ err: error, part, failures }, `${part} failed and is started again`)
        await pause(Math.min(longestWait, firstWait * 2 ** (failures - 1)), undefined, { signal }).catch(() => undefined)
      } finally {
        clearTimeout(settled)
      }
    }
  }
}

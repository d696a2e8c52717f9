import { setTimeout as pause } from 'node:timers/promises'
import type { Background } from './background.ts'
import type { Tick } from './registrations.ts'

/** Does the work while this process is the one that holds the name, and again on another process when this one is gone. */
export type Exclusively = (name: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>) => Promise<void>

/** A tick that throws fails its background part, which logs it and goes on after a back-off. */
export function startTicks(ticks: readonly Tick[], background: Background, exclusively: Exclusively): void {
  for (const { name, milliseconds, work } of ticks)
    background.start(`tick ${name}`, stopping =>
      exclusively(`tick ${name}`, stopping, async signal => {
        while (!signal.aborted) {
          await work(signal)
          await pause(milliseconds, undefined, { signal }).catch(() => undefined)
        }
      }),
    )
}

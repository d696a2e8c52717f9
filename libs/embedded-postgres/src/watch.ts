import { setTimeout as pause } from 'node:timers/promises'

/*
 * A server that ends without being asked to (killed, out of memory) is started again, where it was: pools reconnect by themselves.
 * The watch looks at the process, so an adopted server is watched too, and it does not keep our process alive.
 */

export type Watch = { stop(): Promise<void> }

export function watchServer(isUp: () => boolean, startAgain: (signal: AbortSignal) => Promise<void>, log: (line: string) => void): Watch {
  const stopping = new AbortController()
  const ended = watch(isUp, startAgain, log, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

async function watch(
  isUp: () => boolean,
  startAgain: (signal: AbortSignal) => Promise<void>,
  log: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let wait = 200; await passed(wait, signal);) {
    if (isUp()) continue
    log('the database ended without being asked to; starting it again')
    try {
      await startAgain(signal)
      wait = 200
    } catch (error) {
      if (signal.aborted) return
      log(error instanceof Error ? error.message : String(error))
      wait = Math.min(wait * 2, 5_000)
    }
  }
}

/** False when the signal was first. */
const passed = (milliseconds: number, signal: AbortSignal): Promise<boolean> =>
  pause(milliseconds, true, { signal, ref: false }).catch(() => false)

import type { Session } from './session.ts'

/*
 * When a holder should look up from the log: whether its cursor was moved by a rebuild, whether a retry is asked for. Once a second, and at
 * once when somebody says so.
 */

export interface Nudges {
  due(): boolean
  wait(): Promise<'nudged'>
  clear(): void
}

const poll = 1_000

/** Ends with the signal; whoever waits then is nudged. */
export function makeNudges(session: Session, name: string, signal: AbortSignal): Nudges {
  let due = false
  let waiting: ((nudged: 'nudged') => void) | undefined
  const nudge = (): void => {
    due = true
    waiting?.('nudged')
  }
  const timer = setInterval(nudge, poll)
  const stopListening = session.listen(said => {
    if (said === name) nudge()
  })
  signal.addEventListener('abort', () => {
    clearInterval(timer)
    stopListening()
    nudge()
  })
  return {
    due: () => due,
    wait: () => new Promise(resolve => (due ? resolve('nudged') : (waiting = resolve))),
    clear() {
      due = signal.aborted
    },
  }
}

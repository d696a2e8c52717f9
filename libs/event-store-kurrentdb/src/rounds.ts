import type { Clock } from '@muster/kernel'

/*
 * What a process writes, in rounds: all writes that wait go out together and bear one time, and the next round begins when all are answered.
 *
 * The server orders what is under way at once as it likes. So two times must never be under way together, or the later could come first in
 * the log. The time of a round is never before any that this process has written or read: an effect is not recorded before its cause,
 * whichever process recorded that, and whatever its clock says.
 */

export interface Rounds {
  run<T>(write: (time: string) => Promise<T>): Promise<T>
  /** This time stands in the log. */
  saw(time: string): void
}

/** At once, of one process. */
const most = 128

export function makeRounds(now: Clock): Rounds {
  let newest = ''
  let underWay = false
  const waiting: ((time: string) => Promise<void>)[] = []
  const saw = (time: string): void => {
    if (time > newest) newest = time
  }

  async function runAll(): Promise<void> {
    underWay = true
    while (waiting.length > 0) {
      saw(now())
      const time = newest
      await Promise.all(waiting.splice(0, most).map(write => write(time)))
    }
    underWay = false
  }

  return {
    saw,
    run: write =>
      new Promise((resolve, reject) => {
        waiting.push(time => write(time).then(resolve, reject))
        // Begun a tick later, so that writes which come together go together.
        if (!underWay) {
          underWay = true
          queueMicrotask(() => void runAll())
        }
      }),
  }
}

/** Resolves after the time, or as soon as the signal aborts. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve()
    const wake = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, milliseconds)
    signal.addEventListener('abort', wake)
  })
}

/** After the nth failure in a row, from 1: 50 ms, doubled each time, at most 5 s. */
export const backOff = (failures: number, signal: AbortSignal): Promise<void> =>
  pause(Math.min(5_000, 50 * 2 ** Math.min(failures - 1, 10)), signal)

import { pause } from '@muster/kernel'

/** After the nth failure in a row, from 1: 50 ms, doubled each time, at most 5 s. */
export const backOff = (failures: number, signal: AbortSignal): Promise<void> =>
  pause(Math.min(5_000, 50 * 2 ** Math.min(failures - 1, 10)), signal)

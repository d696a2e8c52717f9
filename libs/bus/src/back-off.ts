/** How long to wait before a new attempt, in milliseconds. */
export interface BackOff {
  readonly first: number
  readonly longest: number
}

/**
 * The wait after the nth failure in a row (from 1): doubles from `first` to `longest`, then up to half of it is taken off at random, so that
 * those who failed together do not come again together.
 */
export function backOffFor(failures: number, { first, longest }: BackOff, random: () => number = Math.random): number {
  const full = Math.min(longest, first * 2 ** Math.min(failures - 1, 30))
  return full * (1 - random() / 2)
}

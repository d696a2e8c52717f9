/*
 * Instants are RFC 3339 text, and may be finer than our clock, which goes to the millisecond.
 */

/** The first millisecond at which an instant is reached: nothing may happen before it. */
export const reachedAt = (instant: string): number => Date.parse(instant) + (/\.\d{3}\d*[1-9]/.test(instant) ? 1 : 0)

/** The sooner of two instants, of which only those after `now` count. */
export const sooner = (soonest: string | undefined, instant: string | undefined, now: number): string | undefined => {
  if (instant === undefined || reachedAt(instant) <= now) return soonest
  return soonest === undefined || reachedAt(instant) < reachedAt(soonest) ? instant : soonest
}

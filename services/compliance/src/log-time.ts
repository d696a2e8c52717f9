import type { EventStore, Position } from '@muster/event-store'

/**
 * The position of the newest event that was recorded before an instant, 0 where there is none.
 *
 * Recorded time never decreases along the log, so half of what is left is ruled out by each single event that is read: thirty for a log of a
 * thousand million. Positions may have gaps, and any number may be asked behind. Where several processes write to KurrentDB at one instant,
 * it is as exact as their clocks are alike.
 */
export async function positionBefore(store: EventStore, instant: string): Promise<Position> {
  const time = Date.parse(instant)
  // All events up to `before` are earlier, and all behind `behind` are not.
  let before = 0
  let behind = await store.head()
  while (before < behind) {
    const middle = Math.floor((before + behind) / 2)
    const [next] = await store.readLog(middle === 0 ? 'start' : store.cursorAt(middle), {}, 1)
    if (next !== undefined && Date.parse(next.recordedtime) < time) before = next.position
    else behind = middle
  }
  return before
}

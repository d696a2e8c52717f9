import { largestBatch, matches, union, type Filter, type Position, type RecordedEvent } from '@muster/event-store'

/*
 * The end of the log, read once for all subscriptions of a process that stand near it: what one of them would ask for, the others ask for too,
 * a moment later.
 *
 * It holds what lies between two positions, all that any of the subscriptions wants. Whoever stands between them is served from here; whoever is
 * further behind reads by himself until he has come so far. What is read is read behind the newest event that is held, so a position stands for
 * the same events as in the database.
 */

export interface Tail {
  /** Answers with how to leave. */
  join(filter: Filter): () => void
  /** The next events of the filter behind the position. Where there are none, whatever was committed before the call has been looked at. */
  next(position: Position, filter: Filter): Promise<Page>
}

export interface Page {
  readonly events: readonly RecordedEvent[]
  /** How far it was looked for them. */
  readonly through: Position
}

/** The newest are held, so many characters of content at most, for those who are a little slower than others. */
const mostHeld = 8 * 1024 * 1024
/** What an event takes besides its content, roughly. */
const overhead = 1_000

/** `read` gives the next page behind a position, in order; `most` is what one subscription is told at once, in characters of content. */
export function tailOf(read: (after: Position, filter: Filter) => Promise<readonly RecordedEvent[]>, most: number): Tail {
  const filters = new Set<Filter>()
  let wanted: Filter = union([])
  let held: RecordedEvent[] = []
  let size = 0
  /** Between these lies what is held: behind the first, up to the second. */
  let bounds: { from: Position; to: Position } | undefined
  /** The newest event that was read. Where a subscription stands may be ahead of that: its log was restored to an older state. */
  let seen: Position = 0
  let reading: Promise<void> | undefined
  let afterThat: Promise<void> | undefined

  function forget(): void {
    bounds = undefined
    held = []
    size = 0
  }

  async function readOn(): Promise<void> {
    const at = bounds
    if (at === undefined) return
    const events = await read(at.to, wanted)
    // Somebody who wants more has joined meanwhile, or it was begun anew: what was read is not all of it.
    if (bounds !== at) return await readOn()
    for (const event of events) {
      held.push(event)
      size += event.data.length + overhead
    }
    let dropped = 0
    for (; size > mostHeld && dropped < held.length; dropped += 1) size -= (held[dropped]?.data.length ?? 0) + overhead
    bounds = { from: held[dropped - 1]?.position ?? at.from, to: events.at(-1)?.position ?? at.to }
    seen = Math.max(seen, bounds.to)
    if (dropped > 0) held = held.slice(dropped)
  }

  /**
   * One that is under way may have begun before what the caller was woken for: he gets the one behind it, with all others who come meanwhile. And
   * nobody overtakes those who wait for it.
   */
  function refresh(): Promise<void> {
    if (afterThat !== undefined) return afterThat
    if (reading === undefined) {
      reading = readOn().finally(() => (reading = undefined))
      return reading
    }
    afterThat = reading
      .catch(() => undefined)
      .then(() => {
        afterThat = undefined
        return refresh()
      })
    return afterThat
  }

  const covers = (position: Position): boolean => bounds !== undefined && bounds.from <= position && position <= bounds.to

  /** Of what is held. */
  function look(position: Position, filter: Filter, through: Position): Page {
    const events: RecordedEvent[] = []
    let told = 0
    for (let at = firstBehind(held, position); at < held.length; at += 1) {
      const event = held[at] as RecordedEvent
      if (!matches(event, filter)) continue
      told += event.data.length
      if (events.length > 0 && (told > most || events.length === largestBatch))
        return { events, through: events.at(-1)?.position ?? position }
      events.push(event)
    }
    return { events, through }
  }

  /**
   * Undefined where what is held does not reach back so far, or not so far ahead; and where only what others want came, for then there may be more
   * of that, and the database finds by its indexes what this one wants.
   */
  async function fromHeld(position: Position, filter: Filter): Promise<Page | undefined> {
    for (let from = position, isFresh = false; ; isFresh = true) {
      if (bounds === undefined || !covers(from)) return undefined
      const page = look(from, filter, bounds.to)
      if (page.events.length > 0) return page
      if (isFresh) return page.through === from ? page : undefined
      from = page.through
      await refresh()
    }
  }

  /** Nothing newer was in the database: from here on it is worth to hold what comes. */
  function beginAt(position: Position): void {
    if (position > seen || (bounds !== undefined && position <= bounds.to)) return
    forget()
    bounds = { from: position, to: position }
  }

  return {
    join(filter) {
      const own = { ...filter }
      const wider = filters.size === 0 ? union([own]) : union([wanted, own])
      filters.add(own)
      if (JSON.stringify(wider) !== JSON.stringify(wanted)) forget()
      wanted = wider
      return () => {
        filters.delete(own)
      }
    },

    async next(position, filter) {
      const page = await fromHeld(position, filter)
      if (page !== undefined) return page
      // Who reads from now on and finds nothing newer has seen all up to what anybody has seen.
      const end = seen
      const events = await read(position, filter)
      const through = events.at(-1)?.position ?? Math.max(position, end)
      if (events.length === 0) beginAt(through)
      else seen = Math.max(seen, through)
      return { events, through }
    },
  }
}

/** Index of the first event behind the position. */
function firstBehind(events: readonly RecordedEvent[], position: Position): number {
  let [low, high] = [0, events.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((events[middle]?.position ?? Infinity) <= position) low = middle + 1
    else high = middle
  }
  return low
}

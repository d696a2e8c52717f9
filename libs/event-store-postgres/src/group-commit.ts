import type { NonEmpty } from '@muster/kernel'
import type { Write, WriteResult } from '@muster/event-store'

/*
 * One writer for a process: all appends that wait become one transaction, in the order in which they came, and each is answered by itself. So a
 * commit, which waits for the disk, is shared by everybody who came while the last one was under way.
 *
 * Two groups are under way at most: while the server works on one, the next is made and sent. Whoever waits for answers comes again all at once, so
 * where nothing is under way only half of what waits goes first, and from then on the two take turns. A call that touches a stream of the group
 * before it stays behind, and others pass it, so no stream is reordered and none waits for another.
 */

export interface GroupCommit {
  append(writes: NonEmpty<Write>): Promise<readonly WriteResult[]>
}

/** Of one group: more would keep the first of it waiting. */
const [mostEvents, mostBytes] = [1_000, 4 * 1024 * 1024]
const mostUnderWay = 2
/** Fewer than that are sent at once: a second sync would take longer than what is saved. */
const worthHalving = 16

interface Call {
  readonly writes: NonEmpty<Write>
  readonly events: number
  readonly bytes: number
  readonly resolve: (results: readonly WriteResult[]) => void
  readonly reject: (error: unknown) => void
}

/** `commit` writes all or nothing and answers each write in its order. What it throws, it throws to everybody in the group. */
export function groupCommit(commit: (writes: NonEmpty<Write>) => Promise<readonly WriteResult[]>): GroupCommit {
  let waiting: Call[] = []
  const underWay = new Set<ReadonlySet<string>>()
  let isScheduled = false

  return {
    append: writes =>
      new Promise((resolve, reject) => {
        const events = writes.reduce((sum, write) => sum + write.events.length, 0)
        const bytes = writes.reduce((sum, write) => write.events.reduce((inner, { data }) => inner + data.length, sum), 0)
        waiting.push({ writes, events, bytes, resolve, reject })
        schedule()
      }),
  }

  /** Behind what is being appended in this turn, so that it becomes one group. */
  function schedule(): void {
    if (isScheduled) return
    isScheduled = true
    setImmediate(() => {
      isScheduled = false
      while (underWay.size < mostUnderWay && waiting.length > 0 && begin());
    })
  }

  /** Whether a group was sent. */
  function begin(): boolean {
    const [first, ...rest] = take()
    if (first === undefined) return false
    const calls: NonEmpty<Call> = [first, ...rest]
    const writes = calls.flatMap(call => call.writes) as unknown as NonEmpty<Write>
    const streams = new Set(writes.map(({ stream }) => stream as string))
    underWay.add(streams)
    void settle(calls, writes).finally(() => {
      underWay.delete(streams)
      schedule()
    })
    return true
  }

  async function settle(calls: NonEmpty<Call>, writes: NonEmpty<Write>): Promise<void> {
    try {
      const results = await commit(writes)
      let from = 0
      for (const { writes: own, resolve } of calls) resolve(results.slice(from, (from += own.length)))
    } catch (error) {
      for (const { reject } of calls) reject(error)
    }
  }

  /**
   * The next calls, in their order, up to the limits. One that waits for a stream that is being written stays, and so does whoever would pass it on
   * one of its streams; the others need not wait for it.
   */
  function take(): Call[] {
    const held = new Set([...underWay].flatMap(streams => [...streams]))
    const [taken, staying]: [Call[], Call[]] = [[], []]
    const most = underWay.size === 0 && waiting.length >= worthHalving ? Math.ceil(waiting.length / 2) : Infinity
    let [events, bytes, at] = [0, 0, 0]
    for (; at < waiting.length; at += 1) {
      const call = waiting[at] as Call
      if (call.writes.some(({ stream }) => held.has(stream))) {
        for (const { stream } of call.writes) held.add(stream)
        staying.push(call)
        continue
      }
      if (taken.length === most || (taken.length > 0 && (events + call.events > mostEvents || bytes + call.bytes > mostBytes))) break
      events += call.events
      bytes += call.bytes
      taken.push(call)
    }
    waiting = [...staying, ...waiting.slice(at)]
    return taken
  }
}

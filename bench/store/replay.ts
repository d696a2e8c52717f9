import { decode, type EventStore, type RecordedEvent } from '@muster/event-store'
import { foldEvidence, noEvidence, type StreamEvidence } from '@muster/domain'
import type { AnyEvent, Recorded } from '@muster/contracts'

/*
 * Reading the whole log from the store, decoded and folded into the evidence of each stream, beside JSON.parse of the same contents in memory. They
 * are read twice: nobody who replays keeps them, and what is kept costs the collector.
 */

export interface Replayed {
  readonly perSecond: number
  readonly parsePerSecond: number
}

export async function replay(store: EventStore, page = 500): Promise<Replayed> {
  const evidence = new Map<string, StreamEvidence>()
  let events = 0
  const began = performance.now()
  for await (const recorded of pages(store, page)) {
    for (const each of recorded) {
      const decoded = decode(each) as Recorded<AnyEvent>
      evidence.set(each.stream, foldEvidence(evidence.get(each.stream) ?? noEvidence(each.stream), decoded))
    }
    events += recorded.length
  }
  const replaying = performance.now() - began

  let [parsed, parsing] = [0, 0]
  for await (const recorded of pages(store, page)) {
    const started = performance.now()
    for (const { data } of recorded) if (JSON.parse(data) !== null) parsed += 1
    parsing += performance.now() - started
  }
  if (parsed !== events || evidence.size === 0) throw new Error(`${events} were read and ${parsed} parsed`)
  return { perSecond: (events * 1_000) / replaying, parsePerSecond: (events * 1_000) / parsing }
}

/** The next page is on its way while one is worked on. */
async function* pages(store: EventStore, page: number): AsyncGenerator<readonly RecordedEvent[]> {
  for (let next = store.readLog('start', {}, page); ;) {
    const recorded = await next
    const last = recorded.at(-1)
    if (last === undefined) return
    next = store.readLog(store.cursorAt(last.position), {}, page)
    yield recorded
  }
}

import { decode, type EventStore } from '@muster/event-store'
import { foldEvidence, noEvidence, type StreamEvidence } from '@muster/domain'
import type { AnyEvent, Recorded } from '@muster/contracts'

/* Reading the whole log from the store, decoded and folded into the evidence of each stream, beside JSON.parse of the same contents in memory. */

export interface Replayed {
  readonly perSecond: number
  readonly parsePerSecond: number
}

export async function replay(store: EventStore, page = 1_000): Promise<Replayed> {
  const contents: string[] = []
  const evidence = new Map<string, StreamEvidence>()
  let [position, events] = [0, 0]
  const began = performance.now()
  for (let next = store.readLog('start', {}, page); ;) {
    const recorded = await next
    const last = recorded.at(-1)
    if (last === undefined) break
    position = last.position
    // The next page is on its way while this one is folded.
    next = store.readLog(store.cursorAt(position), {}, page)
    for (const each of recorded) {
      const decoded = decode(each) as Recorded<AnyEvent>
      evidence.set(each.stream, foldEvidence(evidence.get(each.stream) ?? noEvidence(each.stream), decoded))
      contents.push(each.data)
    }
    events += recorded.length
  }
  const replayed = performance.now() - began
  const started = performance.now()
  let parsed = 0
  for (const data of contents) if (JSON.parse(data) !== null) parsed += 1
  const parsing = performance.now() - started
  if (parsed !== events || evidence.size === 0) throw new Error(`${events} were read and ${parsed} parsed`)
  return { perSecond: (events * 1_000) / replayed, parsePerSecond: (events * 1_000) / parsing }
}

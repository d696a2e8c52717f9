import type { StreamName } from '@muster/contracts'
import type { NewEvent } from '@muster/event-store'
import type { Contender } from './contenders.ts'
import { eventsOf, streamOf } from './events.ts'

/* Load on a store: so many at once, each waiting for its answer; or at a rate, whether they are answered or not. */

/** Events a second with so many in flight for so long: each worker appends to a stream of its own, one event after the other. */
export async function throughput(contender: Contender, inFlight: number, forMs: number, most: number): Promise<number> {
  const workers = Array.from({ length: inFlight }, (_, worker) => {
    const stream = streamOf(worker)
    return { stream, events: eventsOf(stream, most) }
  })
  const before = await contender.count()
  const began = performance.now()
  let appended = 0
  await Promise.all(
    workers.map(async ({ stream, events }) => {
      let n = 0
      for (const event of events) {
        if (performance.now() - began > forMs) return
        await contender.append(stream, n++, event)
        appended += 1
      }
    }),
  )
  const seconds = (performance.now() - began) / 1_000
  const stored = (await contender.count()) - before
  if (stored !== appended) throw new Error(`${contender.name} answered ${appended} and has ${stored}`)
  return appended / seconds
}

/** Milliseconds from when each was due to its answer, at so many a second. */
export async function latencies(contender: Contender, perSecond: number, forMs: number): Promise<readonly number[]> {
  const count = Math.floor((perSecond * forMs) / 1_000)
  const due = Array.from({ length: count }, (_, worker): [StreamName, NewEvent] => {
    const stream = streamOf(worker)
    return [stream, ...eventsOf(stream, 1)] as [StreamName, NewEvent]
  })
  const measured: number[] = []
  const measure = async (stream: StreamName, event: NewEvent, at: number): Promise<void> => {
    await contender.append(stream, 0, event)
    measured.push(performance.now() - began - at)
  }
  const sent: Promise<void>[] = []
  const began = performance.now()
  while (sent.length < count) {
    const passed = performance.now() - began
    for (let at = (sent.length * 1_000) / perSecond; at <= passed && sent.length < count; at = (sent.length * 1_000) / perSecond) {
      const [stream, event] = due[sent.length] as [StreamName, NewEvent]
      sent.push(measure(stream, event, at))
    }
    await new Promise(resolve => setImmediate(resolve))
  }
  await Promise.all(sent)
  return measured
}

import { StoreUnavailable, type Logger, type RecordedEvent } from '@muster/event-store'
import { appendAnyhow, appendOne, eventually, listOf, someEvent, someStream, take } from '@muster/event-store/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { kurrentdbEventStore, OldServer, type KurrentdbEventStore, type KurrentdbEventStoreSettings } from './kurrentdb-event-store.ts'
import { kurrentdbDouble, type Double, type DoubleSettings } from './testing/index.ts'
import { AppendTooLarge } from './writer.ts'

/* What can go wrong between the store and its server. On the double alone: a real server's connections are not ours to cut. */

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} }

describe('The log on KurrentDB, when the connection is lost', () => {
  const undo: (() => Promise<void>)[] = []
  let double: Double
  let store: KurrentdbEventStore
  let leaving: AbortController

  async function startDouble(settings: DoubleSettings = {}): Promise<Double> {
    const started = await kurrentdbDouble(settings)
    undo.push(() => started.close())
    return started
  }
  async function openStore(settings: Partial<KurrentdbEventStoreSettings> = {}): Promise<KurrentdbEventStore> {
    const opened = await kurrentdbEventStore({ url: double.url, now: () => new Date().toISOString(), logger: silent, ...settings })
    undo.push(() => opened.close())
    return opened
  }
  beforeEach(async () => {
    leaving = new AbortController()
    double = await startDouble()
    store = await openStore()
  })
  afterEach(async () => {
    leaving.abort()
    for (const step of undo.splice(0).toReversed()) await step()
  })

  it.each([
    ['before' as const, 'written'],
    ['after' as const, 'repeated'],
  ])('%s an append is written, it is unknown what stands, and the same append again is %s', async (when, kind) => {
    const stream = someStream()
    const write = { stream, expected: 'no-stream' as const, events: [someEvent(stream, { n: 1 }), someEvent(stream, { n: 2 })] as const }
    double.cutNextAppend(when)
    await expect(appendOne(store, write)).rejects.toThrow(StoreUnavailable)
    await eventually('the server', () => store.reachable())
    expect((await appendOne(store, write)).kind).toBe(kind)
    expect((await store.read([stream])).map(({ data }) => data)).toEqual(['{"n":1}', '{"n":2}'])
  })

  it('finds other content under the ids of an append whose answer was lost', async () => {
    const stream = someStream()
    const event = someEvent(stream, { n: 1 })
    double.cutNextAppend('after')
    await expect(appendOne(store, { stream, expected: 'no-stream', events: [event] })).rejects.toThrow(StoreUnavailable)
    await eventually('the server', () => store.reachable())
    const other = { ...event, data: '{"n":2}' }
    expect(await appendOne(store, { stream, expected: 'no-stream', events: [other] })).toEqual({ kind: 'id-reused', id: event.id })
  })

  it('is subscribed to again, without a gap or a repeat', async () => {
    const stream = someStream()
    const taking = take(store.subscribe('start', { categories: ['model'] }, leaving.signal), 200)
    const events = listOf(200, n => someEvent(stream, { n }))
    for (const [n, event] of events.entries()) {
      if (n % 50 === 10) double.cutAfterSent(3)
      if (n % 50 === 30) double.front.cut()
      for (;;) {
        const expected = n === 0 ? ('no-stream' as const) : n - 1
        const result = await appendOne(store, { stream, expected, events: [event] }).catch((error: unknown) => error)
        if (!(result instanceof Error)) break
        expect(result).toBeInstanceOf(StoreUnavailable)
      }
    }
    expect((await taking).map(({ id }) => id)).toEqual(events.map(({ id }) => id))
  })

  it('goes on behind what was not wanted, and reads none of that again', async () => {
    const [wanted, other] = [someStream('intent'), someStream('model')]
    const seen: RecordedEvent[] = []
    const reading = (async () => {
      for await (const batch of store.subscribe('start', { categories: ['intent'] }, leaving.signal)) seen.push(...batch)
    })()
    for (let n = 0; n < 5; n += 1)
      await appendAnyhow(
        store,
        other,
        listOf(500, i => someEvent(other, { n, i })),
      )
    double.front.cut()
    await eventually('the server', () => store.reachable())
    await appendOne(store, { stream: wanted, expected: 'no-stream', events: [someEvent(wanted)] })
    await eventually('the event', () => seen.length === 1)
    leaving.abort()
    await reading
    expect(seen).toHaveLength(1)
  })

  it('says so in time when the server stands still', async () => {
    const hasty = await openStore({ timeoutMs: 300 })
    double.front.freeze()
    await expect(hasty.head()).rejects.toThrow(StoreUnavailable)
    expect(await hasty.reachable()).toBe(false)
    double.front.thaw()
    await eventually('the server', () => hasty.reachable())
  })

  it('holds back the server while a subscriber is busy', async () => {
    const stream = someStream()
    for (let n = 0; n < 40; n += 1)
      await appendOne(store, {
        stream,
        expected: n === 0 ? 'no-stream' : n * 3 - 1,
        events: listOf(3, i => someEvent(stream, { n, i, text: 'x'.repeat(200_000) })),
      })
    const iterator = store.subscribe('start', {}, leaving.signal)[Symbol.asyncIterator]()
    await iterator.next()
    await eventually('the buffer to be full', () => double.sent() > 20)
    expect(double.sent()).toBeLessThan(80)
  })

  it('is read from a position at which nothing begins', async () => {
    const stream = someStream()
    await appendOne(store, { stream, expected: 'no-stream', events: listOf(3, n => someEvent(stream, { n })) })
    const [first, second, third] = await store.read([stream])
    const between = store.cursorAt((second?.position ?? 0) - 1)
    expect(await store.readLog(between, {}, 10)).toEqual([second, third])
    expect(await take(store.subscribe(between, {}, leaving.signal), 2)).toEqual([second, third])
    expect(await store.readLog(store.cursorAt(1), {}, 1)).toEqual([first])
  })

  it('says what to set when the server takes less at once than is written', async () => {
    const stream = someStream()
    const events = listOf(8, n => someEvent(stream, { n, text: 'x'.repeat(200_000) }))
    await expect(appendOne(store, { stream, expected: 'no-stream', events })).rejects.toThrow(AppendTooLarge)
  })

  it('finds the leader of a cluster by gossip', async () => {
    const found = await openStore({ url: `esdb://127.0.0.1:1,127.0.0.1:${double.front.port}?tls=false` })
    expect(await found.reachable()).toBe(true)
  })

  it('refuses an older server, and says when nobody answers', async () => {
    const old = await startDouble({ version: '21.10.9' })
    await expect(openStore({ url: old.url })).rejects.toThrow(OldServer)
    await expect(openStore({ url: 'esdb://127.0.0.1:1?tls=false' })).rejects.toThrow(StoreUnavailable)
  })
})

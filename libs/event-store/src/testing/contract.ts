import { groupBy, isNonEmpty, type Clock, type NonEmpty } from '@muster/kernel'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { largestBatch, type EventStore, type RecordedEvent } from '../event-store.ts'
import { appendAnyhow, appendOne, listOf, someEvent, someStream, take, within } from './events.ts'

/**
 * What every adapter of the event store must do, with real races. `make` gives an empty store, whose time is the given clock's, before each
 * test. What depends on a handler (an event comes again when it throws) is the contract of the runner in `projections`.
 */
export function eventStoreContract(name: string, make: (now: Clock) => Promise<EventStore>): void {
  describe(`The ${name} event store`, () => {
    let store: EventStore
    let time: string
    let leaving: AbortController

    beforeEach(async () => {
      time = '2026-03-01T12:00:00.000Z'
      leaving = new AbortController()
      store = await make(() => time)
    })
    afterEach(() => leaving.abort())

    const subscribe = (...[after = 'start', filter = {}]: [after?: string, filter?: Parameters<EventStore['subscribe']>[1]]) =>
      store.subscribe(after, filter, leaving.signal)
    const fill = async (count: number): Promise<readonly RecordedEvent[]> => {
      const stream = someStream()
      await appendOne(store, { stream, expected: 'no-stream', events: listOf(count, n => someEvent(stream, { n })) })
      return await store.read([stream])
    }

    describe('keeps what it is given', () => {
      it('an event comes back as it was, with its place and time', async () => {
        const stream = someStream()
        const event = someEvent(stream, { owner: 'ana' })
        expect(await appendOne(store, { stream, expected: 'no-stream', events: [event] })).toEqual({
          kind: 'written',
          revision: 0,
          position: await store.head(),
        })
        const [recorded] = await store.read([stream])
        expect(recorded).toEqual({
          ...event,
          stream,
          revision: 0,
          position: await store.head(),
          cursor: recorded?.cursor,
          recordedtime: time,
        })
        expect(store.cursorAt(recorded?.position ?? 0)).toBe(recorded?.cursor)
      })

      it('content is kept to the byte: scripts, controls, key order, numbers, spaces', async () => {
        const stream = someStream()
        const texts = [
          '{"b":1,"a":{"z":[1,2.50,1e21,9007199254740993],"y":null}}',
          '{"text":"Zürich 模型 🦜 \\u0000 \\u001f \\ud83e\\udd9c \\"quoted\\" \\\\ e\u0301"}',
          ' { "spaces" : [ ] } ',
          '{"a":1,"a":2}',
        ]
        const [first, ...rest] = texts.map(data => ({ ...someEvent(stream), data }))
        await appendOne(store, { stream, expected: 'no-stream', events: [first ?? someEvent(stream), ...rest] })
        expect((await store.read([stream])).map(({ data }) => data)).toEqual(texts)
        expect((await store.readLog('start', {}, 10)).map(({ data }) => data)).toEqual(texts)
      })

      it('every attribute of the context is kept', async () => {
        const stream = someStream()
        const plain = someEvent(stream)
        const context = {
          ...plain.context,
          source: 'https://ci.example/Müller?a=b&c="d"',
          causationid: randomUUID(),
          authtype: 'user' as const,
          authid: 'ana',
          sequence: '42',
          traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
          dataschema: 'https://muster.dev/schemas/x',
        }
        await appendOne(store, { stream, expected: 'no-stream', events: [{ ...plain, context }] })
        expect((await store.read([stream]))[0]?.context).toEqual(context)
      })

      it('events of 256 KiB are kept, many of them at once', async () => {
        const stream = someStream()
        const events = listOf(8, n => someEvent(stream, { n, text: 'ü'.repeat(131_000 - n) }))
        await appendOne(store, { stream, expected: 'no-stream', events })
        const recorded = await take(subscribe(), 8)
        expect(recorded.map(({ data }) => data)).toEqual(events.map(({ data }) => data))
      })
    })

    describe('lets one writer win', () => {
      it('exactly one of twenty concurrent writers wins a new stream', async () => {
        const stream = someStream()
        const results = await Promise.all(
          listOf(20, n => appendOne(store, { stream, expected: 'no-stream', events: [someEvent(stream, { n })] })),
        )
        expect(results.filter(({ kind }) => kind === 'written')).toHaveLength(1)
        expect(results.filter(({ kind }) => kind === 'wrong-revision')).toHaveLength(19)
        expect(await store.read([stream])).toHaveLength(1)
      })

      it('exactly one of twenty concurrent writers wins the next revision', async () => {
        const stream = someStream()
        await appendOne(store, { stream, expected: 'no-stream', events: listOf(3, n => someEvent(stream, { n })) })
        const results = await Promise.all(listOf(20, n => appendOne(store, { stream, expected: 2, events: [someEvent(stream, { n })] })))
        expect(results.filter(({ kind }) => kind === 'written')).toHaveLength(1)
        expect(results.filter(result => result.kind === 'wrong-revision' && result.current === 3)).toHaveLength(19)
      })

      it.each([['no-stream' as const], [0], [2], [7], [2 ** 31 - 1]])(
        'a write that expects %s of a stream at revision 1 is refused',
        async expected => {
          const stream = someStream()
          await appendOne(store, { stream, expected: 'no-stream', events: [someEvent(stream), someEvent(stream)] })
          expect(await appendOne(store, { stream, expected, events: [someEvent(stream)] })).toEqual({ kind: 'wrong-revision', current: 1 })
          expect(await store.read([stream])).toHaveLength(2)
        },
      )

      it('a write that expects a revision of a stream that is not there is refused', async () => {
        const stream = someStream()
        expect(await appendOne(store, { stream, expected: 0, events: [someEvent(stream)] })).toEqual({
          kind: 'wrong-revision',
          current: 'no-stream',
        })
        expect(await store.head()).toBe(0)
      })

      it('of many writes in one call, each succeeds or fails alone', async () => {
        const taken = someStream()
        const event = someEvent(taken)
        await appendOne(store, { stream: taken, expected: 'no-stream', events: [event] })
        const [one, two, three] = [someStream(), someStream(), someStream()]
        const results = await store.append([
          { stream: one, expected: 'no-stream', events: [someEvent(one)] },
          { stream: taken, expected: 'no-stream', events: [someEvent(taken)] },
          { stream: two, expected: 'no-stream', events: [someEvent(two), someEvent(two)] },
          { stream: three, expected: 'no-stream', events: [{ ...event, data: '{"other":1}' }] },
          { stream: taken, expected: 0, events: [event] },
        ])
        expect(results.map(({ kind }) => kind)).toEqual(['written', 'wrong-revision', 'written', 'id-reused', 'repeated'])
        expect((await store.read([one, two, taken])).map(({ stream }) => stream)).toEqual([taken, one, two, two])
        const [last] = (await store.read([two])).slice(-1)
        expect(results[2]).toEqual({ kind: 'written', revision: 1, position: last?.position })
      })

      it('of writes with many events, all or none stand, whoever else writes', async () => {
        const streams = listOf(4, () => someStream())
        const call = async (n: number): Promise<void> => {
          const writes = streams.map(stream => ({
            stream,
            expected: 'no-stream' as const,
            events: listOf(5, place => someEvent(stream, { n, place })),
          }))
          // Each in another order, so that the calls cross.
          const turned = [...writes.slice(n % 4), ...writes.slice(0, n % 4)]
          if (isNonEmpty(turned)) await store.append(turned)
        }
        await Promise.all(listOf(12, call))
        for (const stream of streams) {
          const events = (await store.read([stream])).map(({ data }) => JSON.parse(data) as { n: number; place: number })
          expect(events.map(({ place }) => place)).toEqual([0, 1, 2, 3, 4])
          expect(new Set(events.map(({ n }) => n)).size).toBe(1)
        }
      })

      it('writes to one stream in one call follow each other', async () => {
        const stream = someStream()
        const [first, second] = [someEvent(stream, { n: 1 }), someEvent(stream, { n: 2 })]
        const results = await store.append([
          { stream, expected: 'no-stream', events: [first] },
          { stream, expected: 0, events: [second] },
          { stream, expected: 0, events: [someEvent(stream, { n: 3 })] },
          { stream, expected: 'no-stream', events: [first] },
        ])
        expect(results.map(({ kind }) => kind)).toEqual(['written', 'written', 'wrong-revision', 'repeated'])
        expect((await store.read([stream])).map(({ id }) => id)).toEqual([first.id, second.id])
      })
    })

    describe('takes a repeat as what it is', () => {
      it('the same events again are not written again, also after later ones, whatever is expected', async () => {
        const stream = someStream()
        const events = listOf(3, n => someEvent(stream, { n }))
        const written = await appendOne(store, { stream, expected: 'no-stream', events })
        const repeated = { ...written, kind: 'repeated' }
        expect(await appendOne(store, { stream, expected: 'no-stream', events })).toEqual(repeated)
        await appendOne(store, { stream, expected: 2, events: [someEvent(stream, { later: true })] })
        expect(await appendOne(store, { stream, expected: 'no-stream', events })).toEqual(repeated)
        expect(await appendOne(store, { stream, expected: 9, events })).toEqual(repeated)
        expect(await store.read([stream])).toHaveLength(4)
      })

      it('a repeat may differ in every attribute but type, subject and content', async () => {
        const stream = someStream()
        const event = someEvent(stream)
        await appendOne(store, { stream, expected: 'no-stream', events: [event] })
        const again = { ...event, context: { ...event.context, time: '2027-01-01T00:00:00Z', source: '/other', correlationid: 'other' } }
        expect((await appendOne(store, { stream, expected: 'no-stream', events: [again] })).kind).toBe('repeated')
      })

      it('twenty that write the same at once write it once, and all succeed', async () => {
        const stream = someStream()
        const events = [someEvent(stream, { n: 1 }), someEvent(stream, { n: 2 })] as const
        const results = await Promise.all(listOf(20, () => appendOne(store, { stream, expected: 'no-stream', events })))
        expect(results.filter(({ kind }) => kind === 'written')).toHaveLength(1)
        expect(results.filter(({ kind }) => kind === 'repeated')).toHaveLength(19)
        expect(await store.read([stream])).toHaveLength(2)
      })

      it.each([
        ['content', { data: '{"n":2}' }],
        ['type', { type: 'model.forgotten.v1' }],
        ['subject', { context: { ...someEvent(someStream()).context, subject: 'another' } }],
      ])('an id that exists in the stream with another %s is found', async (_, other) => {
        const stream = someStream()
        const event = someEvent(stream)
        await appendOne(store, { stream, expected: 'no-stream', events: [event, someEvent(stream)] })
        const reused = { kind: 'id-reused', id: event.id }
        expect(await appendOne(store, { stream, expected: 1, events: [{ ...event, ...other }] })).toEqual(reused)
        expect(await appendOne(store, { stream, expected: 'no-stream', events: [{ ...event, ...other }] })).toEqual(reused)
      })

      it('a write that repeats only in part, in another order, or one id twice is no repeat', async () => {
        const stream = someStream()
        const [a, b, c] = [someEvent(stream, { n: 1 }), someEvent(stream, { n: 2 }), someEvent(stream, { n: 3 })]
        await appendOne(store, { stream, expected: 'no-stream', events: [a, b] })
        expect(await appendOne(store, { stream, expected: 1, events: [a, c] })).toEqual({ kind: 'id-reused', id: a.id })
        expect(await appendOne(store, { stream, expected: 1, events: [c, b] })).toEqual({ kind: 'id-reused', id: b.id })
        expect((await appendOne(store, { stream, expected: 1, events: [b, a] })).kind).toBe('id-reused')
        expect(await appendOne(store, { stream, expected: 1, events: [c, c] })).toEqual({ kind: 'id-reused', id: c.id })
        expect((await appendOne(store, { stream, expected: 'no-stream', events: [b] })).kind).toBe('repeated')
        expect(await store.read([stream])).toHaveLength(2)
      })
    })

    describe('reads', () => {
      it('an unknown stream as empty', async () => expect(await store.read([someStream()])).toEqual([]))

      it('many streams as one, in position order, up to a bound', async () => {
        const [one, two, other] = [someStream(), someStream('intent'), someStream()]
        for (const stream of [one, two, other, one, two]) await appendAnyhow(store, stream, [someEvent(stream)])
        const all = await store.read([two, one, two])
        expect(all.map(({ stream }) => stream)).toEqual([one, two, one, two])
        const through = all[2]?.position ?? 0
        expect(await store.read([one, two], { through })).toEqual(all.slice(0, 3))
        expect(await store.read([one, two], { through: through - 1 })).toEqual(all.slice(0, 2))
        expect(await store.read([one], { through: 0 })).toEqual([])
      })

      it('the log page by page, each from where the last ended', async () => {
        await fill(25)
        const pages: (readonly RecordedEvent[])[] = []
        for (let after: string = 'start'; ;) {
          const page = await store.readLog(after, {}, 10)
          pages.push(page)
          const last = page.at(-1)
          if (last === undefined) break
          after = last.cursor
        }
        expect(pages.map(({ length }) => length)).toEqual([10, 10, 5, 0])
        expect(pages.flat().map(({ revision }) => revision)).toEqual(listOf(25, Number))
      })

      it('only the categories that are asked for', async () => {
        const streams = [someStream('model'), someStream('intent'), someStream('policy'), someStream('model')]
        for (const stream of streams) await appendAnyhow(store, stream, [someEvent(stream)])
        const found = await store.readLog('start', { categories: ['model', 'policy'] }, 10)
        expect(found.map(({ stream }) => stream)).toEqual([streams[0], streams[2], streams[3]])
        expect(await store.readLog('start', { categories: ['model', 'policy'] }, 2)).toEqual(found.slice(0, 2))
        expect(await store.readLog('start', { categories: [] }, 10)).toEqual([])
      })

      it('all but the events that are not wanted, whatever their version', async () => {
        const stream = someStream('model')
        const plain = someEvent(stream)
        const other = { ...someEvent(stream), type: 'model.other.v12' }
        await appendAnyhow(store, stream, [plain, other])
        for (const filter of [{ except: ['model.other'] }, { categories: ['model' as const], except: ['model.other'] }]) {
          expect((await store.readLog('start', filter, 10)).map(({ id }) => id)).toEqual([plain.id])
        }
        expect(await store.readLog('start', { except: ['model.othe', 'other', 'model'] }, 10)).toHaveLength(2)
      })

      it('where the log ends', async () => {
        expect(await store.head()).toBe(0)
        const events = await fill(3)
        expect(await store.head()).toBe(events.at(-1)?.position)
        expect(await store.reachable()).toBe(true)
      })
    })

    describe('tells subscribers', () => {
      it('what was, then what comes, in batches that are never empty and never too large', async () => {
        await fill(largestBatch + 200)
        const sizes: number[] = []
        const seen: RecordedEvent[] = []
        for await (const batch of subscribe()) {
          sizes.push(batch.length)
          seen.push(...batch)
          if (seen.length === largestBatch + 200) void fill(5)
          if (seen.length === largestBatch + 205) break
        }
        expect(Math.max(...sizes)).toBeLessThanOrEqual(largestBatch)
        expect(Math.min(...sizes)).toBeGreaterThan(0)
        expect(seen).toEqual(await everything(store))
      })

      it('from a cursor on, and from a position', async () => {
        const events = await fill(10)
        const third = events[2]
        expect(await take(subscribe(third?.cursor), 7)).toEqual(events.slice(3))
        expect(await take(subscribe(store.cursorAt(third?.position ?? 0)), 7)).toEqual(events.slice(3))
      })

      it('the rest, when one stopped half-way and comes again', async () => {
        const events = await fill(30)
        const first = await take(subscribe(), 1)
        const stoppedAt = events[12]
        expect(first[0]).toEqual(events[0])
        expect(await take(subscribe(stoppedAt?.cursor), 17)).toEqual(events.slice(13))
      })

      it('only of their categories, also when what comes between is not theirs', async () => {
        const taking = take(subscribe('start', { categories: ['intent'] }), 3)
        const intents = listOf(3, () => someStream('intent'))
        for (const stream of intents) {
          await fill(20)
          await appendAnyhow(store, stream, [someEvent(stream)])
        }
        expect((await taking).map(({ stream }) => stream)).toEqual(intents)
      })

      it('nothing any more once they leave, promptly, also while they wait', async () => {
        const iterator = subscribe()[Symbol.asyncIterator]()
        await fill(1)
        await iterator.next()
        const waiting = iterator.next()
        leaving.abort()
        expect((await waiting).done).toBe(true)
        expect((await subscribe()[Symbol.asyncIterator]().next()).done).toBe(true)
      })

      it('every event of twenty concurrent writers, once, in position order, while they write', async () => {
        const [writers, each] = [20, 50]
        const shared = someStream()
        const everyone = Promise.all([take(subscribe(), writers * each), take(subscribe(), writers * each)])
        await Promise.all(
          listOf(writers, async writer => {
            const own = someStream()
            for (let n = 0; n < each; n += 1) {
              const stream = n % 25 === 0 ? shared : own
              await appendAnyhow(store, stream, [someEvent(stream, { writer, n })])
            }
          }),
        )
        const log = await everything(store)
        for (const seen of await everyone) expect(seen.map(placeOf)).toEqual(log.map(placeOf))
        expect(new Set(log.map(({ id }) => id)).size).toBe(writers * each)
        expect(log.map(({ position }) => position)).toEqual(log.map(({ position }) => position).toSorted((a, b) => a - b))
        for (const events of groupBy(log, ({ stream }) => stream).values())
          expect(events.map(({ revision }) => revision)).toEqual(listOf(events.length, Number))
      })

      it('never anything at or below what they saw: what takes long to write is not skipped', async () => {
        const write = async (count: number, text: string): Promise<void> => {
          const stream = someStream()
          await appendOne(store, { stream, expected: 'no-stream', events: listOf(count, n => someEvent(stream, { n, text })) })
        }
        const seen: RecordedEvent[] = []
        const reading = (async () => {
          for await (const batch of subscribe()) {
            seen.push(...batch)
            if (batch.some(({ data }) => data.includes('the last'))) return
          }
        })()
        const large = { underWay: true }
        const small = listOf(3, async () => {
          while (large.underWay) await write(1, 'small')
        })
        for (let n = 0; n < 5; n += 1) await write(300, 'x'.repeat(5_000))
        large.underWay = false
        await Promise.all(small)
        await write(1, 'the last')
        await within(30_000, 'the last event', reading)
        expect(seen.map(placeOf)).toEqual((await everything(store)).map(placeOf))
      })
    })

    it('records a time that never decreases along the log, even when the clock goes back', async () => {
      const stream = someStream()
      const times = ['2026-03-01T12:00:00.000Z', '2026-03-01T12:00:05.123Z', '2026-03-01T11:00:00.000Z', '2026-03-01T12:00:06.000Z']
      for (const each of times) {
        time = each
        await appendAnyhow(store, stream, [someEvent(stream)])
      }
      expect((await store.read([stream])).map(({ recordedtime }) => recordedtime)).toEqual([
        '2026-03-01T12:00:00.000Z',
        '2026-03-01T12:00:05.123Z',
        '2026-03-01T12:00:05.123Z',
        '2026-03-01T12:00:06.000Z',
      ])
    })
  })
}

const placeOf = ({ position, stream, revision, id }: RecordedEvent) => ({ position, stream, revision, id })

async function everything(store: EventStore): Promise<readonly RecordedEvent[]> {
  const all: RecordedEvent[] = []
  for (let page: readonly RecordedEvent[] = await store.readLog('start', {}, 5_000); isNonEmpty(page);) {
    all.push(...page)
    const [last] = page.slice(-1) as unknown as NonEmpty<RecordedEvent>
    page = await store.readLog(last.cursor, {}, 5_000)
  }
  return all
}

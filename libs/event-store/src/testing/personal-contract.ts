import { encodeEvent, streamName, type AnyEvent, type StreamName } from '@muster/contracts'
import type { Clock } from '@muster/kernel'
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { EventStore, NewEvent } from '../event-store.ts'
import { memoryKeyVault, type KeyVault } from '../personal/key-vault.ts'
import { personalEventStore, type PersonalEventStore } from '../personal/personal-event-store.ts'
import { appendOne, take } from './events.ts'

/* What people wrote, encrypted in a log and erased from it: for every adapter of the event store. */

const silent = { debug() {}, info() {}, warn() {}, error() {} }
const now: Clock = () => '2026-03-01T12:00:00.000Z'
const process = (raw: EventStore, vault: KeyVault): PersonalEventStore => personalEventStore({ raw, vault, logger: silent })

function newEvent(stream: StreamName, event: AnyEvent, id: string = randomUUID()): NewEvent {
  const subject = stream.slice(stream.indexOf('-') + 1)
  const context = {
    id,
    source: '/test',
    type: `dev.muster.${event.type}.v1`,
    subject,
    partitionkey: subject,
    time: now(),
    correlationid: id,
  }
  return { id, ...encodeEvent(event), context }
}
const signed = (by: string, personal: string): AnyEvent => ({
  type: 'approval.signed',
  by,
  role: 'model-risk',
  verdict: 'approve',
  reason: { personal, of: by },
})

/** `make` gives a store; it need not be empty. */
export function personalTextContract(name: string, make: (now: Clock) => Promise<EventStore>): void {
  async function system() {
    const raw = await make(now)
    const vault = memoryKeyVault()
    const store = process(raw, vault)
    const stream = streamName('approval', randomUUID())
    const erase = async (person: string, by = store) => {
      const there = streamName('person', person)
      const keys = [...(await vault.keysOf(person))]
      return await appendOne(by, {
        stream: there,
        expected: (await raw.read([there])).at(-1)?.revision ?? 'no-stream',
        events: [newEvent(there, { type: 'person.erased', person, keys })],
      })
    }
    const write = (event: NewEvent, expected: number | 'no-stream' = 'no-stream') => appendOne(store, { stream, expected, events: [event] })
    const textsIn = async (from: EventStore) => (await from.read([stream])).map(({ data }) => JSON.parse(data).reason.personal as string)
    return { raw, vault, store, stream, erase, write, textsIn }
  }

  describe(`On ${name}`, () => {
    describe('The log with personal text encrypted', () => {
      it('gives back what people wrote, and stores none of it', async () => {
        const { raw, store, stream, write, textsIn } = await system()
        const event = newEvent(stream, signed('ana', 'Grüße: the evidence was read. 🦜'))
        await write(event)
        expect((await store.read([stream]))[0]?.data).toBe(event.data)
        expect((await store.readLog('start', {}, 10))[0]?.data).toBe(event.data)
        const leaving = new AbortController()
        expect((await take(store.subscribe('start', {}, leaving.signal), 1))[0]?.data).toBe(event.data)
        leaving.abort()
        expect(JSON.stringify(await raw.readLog('start', {}, 10))).not.toContain('evidence')
        expect((await textsIn(raw))[0]).toMatch(/^enc\.v1\./)
      })

      it('keeps what somebody typed into an event that they brought as theirs, and what a service brought as it is', async () => {
        const { raw, store, erase } = await system()
        const brought = async (authtype: 'user' | 'service_account', authid: string) => {
          const stream = streamName('intent', randomUUID())
          const { context, ...event } = newEvent(stream, { type: 'intent.withdrawn', because: 'I changed my mind.' })
          await appendOne(store, { stream, expected: 'no-stream', events: [{ ...event, context: { ...context, authtype, authid } }] })
          return async (from: EventStore) => JSON.parse((await from.read([stream]))[0]?.data ?? '').because as string
        }
        const [hers, its] = [await brought('user', 'ana'), await brought('service_account', 'ci')]
        expect([await hers(store), await its(store), await its(raw)]).toEqual([
          'I changed my mind.',
          'I changed my mind.',
          'I changed my mind.',
        ])
        expect(await hers(raw)).toMatch(/^enc\.v1\./)
        await erase('ana')
        expect([await hers(store), await its(store)]).toEqual(['[erased]', 'I changed my mind.'])
      })

      it('leaves everything else of the event as it was', async () => {
        const { raw, stream, write } = await system()
        await write(newEvent(stream, signed('ana', 'Read.')))
        expect(JSON.parse((await raw.read([stream]))[0]?.data ?? '')).toEqual({
          by: 'ana',
          role: 'model-risk',
          verdict: 'approve',
          reason: { personal: expect.any(String), of: 'ana' },
        })
      })

      it('knows a repeat, and another text under the same id', async () => {
        const { stream, write } = await system()
        const id = randomUUID()
        await write(newEvent(stream, signed('ana', 'Read.'), id))
        expect(await write(newEvent(stream, signed('ana', 'Read.'), id))).toMatchObject({ kind: 'repeated' })
        expect(await write(newEvent(stream, signed('ana', 'Not read.'), id))).toMatchObject({ kind: 'id-reused' })
      })

      it('reads what was written before there were keys, and knows a repeat of that', async () => {
        const { raw, stream, write, textsIn, store } = await system()
        const event = newEvent(stream, signed('ana', 'enc.v1.looks like one'))
        await appendOne(raw, { stream, expected: 'no-stream', events: [event] })
        expect(await textsIn(store)).toEqual(['enc.v1.looks like one'])
        expect(await write(event)).toMatchObject({ kind: 'repeated' })
      })

      it('says [unreadable] of what was changed in the log, and reads on', async () => {
        const { raw, stream, textsIn, store, write } = await system()
        await write(newEvent(stream, signed('ana', 'Read.')))
        const [stored] = await raw.read([stream])
        const moved = { ...newEvent(stream, signed('ana', 'x')), data: stored?.data ?? '' }
        await appendOne(raw, { stream, expected: 0, events: [moved] })
        await write(newEvent(stream, signed('ben', 'Mine.')), 1)
        expect(await textsIn(store)).toEqual(['Read.', '[unreadable]', 'Mine.'])
      })
    })

    describe('After an erasure', () => {
      it('nobody reads the text, in this process or another, and the rest stands', async () => {
        const { raw, vault, store, stream, erase, write, textsIn } = await system()
        const other = process(raw, vault)
        await write(newEvent(stream, signed('ana', 'Mine.')))
        await write(newEvent(stream, signed('ben', 'His.')), 0)
        expect(await textsIn(other)).toEqual(['Mine.', 'His.'])
        const before = await raw.read([stream])
        await erase('ana')
        expect(await textsIn(store)).toEqual(['[erased]', 'His.'])
        // The other one hears of it from whatever it reads next.
        await other.readLog('start', {}, 10)
        expect(await textsIn(other)).toEqual(['[erased]', 'His.'])
        expect(await raw.read([stream])).toEqual(before)
      })

      it('who writes again has another key, and that text is read', async () => {
        const { store, stream, erase, write, textsIn } = await system()
        await write(newEvent(stream, signed('ana', 'Before.')))
        await erase('ana')
        await write(newEvent(stream, signed('ana', 'After.')), 0)
        expect(await textsIn(store)).toEqual(['[erased]', 'After.'])
        await erase('ana')
        expect(await textsIn(store)).toEqual(['[erased]', '[erased]'])
      })

      it('a retry of what was written before is a repeat still', async () => {
        const { raw, stream, erase, write } = await system()
        const event = newEvent(stream, signed('ana', 'Mine.'))
        await write(event)
        await erase('ana')
        expect(await write(event)).toMatchObject({ kind: 'repeated', revision: 0 })
        expect(await raw.read([stream])).toHaveLength(1)
      })

      it('text of before there were keys is shown to nobody either', async () => {
        const { raw, store, stream, erase, textsIn } = await system()
        await appendOne(raw, { stream, expected: 'no-stream', events: [newEvent(stream, signed('ana', 'In clear.'))] })
        await erase('ana')
        expect(await textsIn(store)).toEqual(['[erased]'])
      })

      it('that died before its keys were destroyed, the next start does it', async () => {
        const { raw, vault, stream, erase, write, textsIn } = await system()
        await write(newEvent(stream, signed('ana', 'Mine.')))
        const keys = await vault.keysOf('ana')
        await erase('ana', process(raw, { ...vault, destroy: () => Promise.reject(new Error('killed')) })).catch(() => undefined)
        expect(await vault.keysOf('ana')).toEqual(keys)
        const next = process(raw, vault)
        await next.reapplyErasures()
        expect(await vault.keysOf('ana')).toEqual([])
        expect(await textsIn(next)).toEqual(['[erased]'])
      })

      it('a vault that comes back from a backup loses its keys again', async () => {
        const { raw, vault, stream, erase, write, textsIn } = await system()
        await write(newEvent(stream, signed('ana', 'Mine.')))
        const [id = ''] = await vault.keysOf('ana')
        const key = (await vault.find([id])).get(id)
        await erase('ana')
        const gone = new Set<string>()
        const restored: KeyVault = {
          ...memoryKeyVault(),
          find: async ids => new Map(ids.map(each => [each, gone.has(each) || key === undefined ? 'destroyed' : key])),
          destroy: async (_, ids) => ids.forEach(each => gone.add(each)),
        }
        const next = process(raw, restored)
        await next.reapplyErasures()
        expect(gone).toEqual(new Set([id]))
        expect(await textsIn(next)).toEqual(['[erased]'])
      })
    })
  })
}

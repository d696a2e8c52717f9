import { createHash } from 'node:crypto'
import { memoryBus, type Message, type MessageBus, type ReceivedMessage } from '@muster/bus'
import { collector, type Collector } from '@muster/bus/testing'
import { streamName } from '@muster/contracts'
import { decode, type EventStore } from '@muster/event-store'
import { BUS, createHost, EVENT_STORE, type CreatedHost } from '@muster/nest-host'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { askerOf, identityOf } from '../../../infra/test/callers.ts'
import { freshDatabase } from '../../../infra/test/database.ts'
import { LifecycleConsumer } from './lifecycle.consumer.ts'
import { LifecycleModule } from './lifecycle.module.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const run = sha256(String(Math.random())).slice(0, 8)
const event = (id: string, subject: string, more: object = {}) => ({
  specversion: '1.0',
  id: `${run}-${id}`,
  source: '/registry',
  type: 'dev.muster.model.registered.v1',
  subject: `${run}-${subject}`,
  data: {},
  ...more,
})
const structured = (value: object | string): Message => ({
  key: 'fraud',
  value: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
  headers: { 'content-type': 'application/cloudevents+json' },
})
const binary = ({ data, ...attributes }: ReturnType<typeof event>): Message => ({
  key: 'fraud',
  value: Buffer.from(JSON.stringify(data)),
  headers: {
    'content-type': 'application/json',
    ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce_${name}`, value])),
  },
})

const received = (message: Message, offset: number): ReceivedMessage => ({
  ...message,
  rawHeaders: Object.fromEntries(Object.entries(message.headers).map(([name, text]) => [name, Buffer.from(text)])),
  topic: 'muster.lifecycle',
  partition: 77,
  offset: String(offset),
  timestamp: new Date().toISOString(),
})

const soon = { timeout: 20_000 }

const brokers = inject('kafkaBrokers')
const places = [
  { on: 'the memory bus', settings: {}, bus: () => memoryBus(), possible: true },
  {
    on: 'Apache Kafka',
    settings: { MUSTER_KAFKA_BROKERS: brokers, MUSTER_KAFKA_PARTITIONS: '3' },
    bus: () => undefined,
    possible: brokers !== '',
  },
]

for (const { on, settings, bus: makeBus, possible } of places)
  describe.skipIf(!possible)(`Events by ${on}`, () => {
    let database: Awaited<ReturnType<typeof freshDatabase>>
    let host: CreatedHost
    let store: EventStore
    let bus: MessageBus
    let dead: Collector
    let door: ReturnType<typeof askerOf>

    beforeAll(async () => {
      database = await freshDatabase(inject('databaseUrl'))
      const given = makeBus()
      host = await createHost([LifecycleModule], {
        databaseUrl: database.url,
        identity: identityOf({ omar: ['operator'], rita: [] }),
        settings: { ...settings, MUSTER_LOG_LEVEL: 'error' },
        ...(given !== undefined && { bus: given }),
      })
      store = host.app.get<EventStore>(EVENT_STORE)
      bus = host.app.get<MessageBus>(BUS)
      door = askerOf(host.url)
      await bus.ensureTopics([
        { name: 'muster.lifecycle', partitions: 3 },
        { name: 'muster.lifecycle.dead', partitions: 3 },
      ])
      dead = collector(bus, `test-${run}`, ['muster.lifecycle.dead'])
    })
    afterAll(async () => {
      await dead?.stop()
      await host?.stop()
      await database.drop()
    })

    const publish = (first: Message, ...rest: Message[]) => bus.publish('muster.lifecycle', [first, ...rest])
    const recorded = async (subject: string) =>
      (await store.read([streamName('model', `${run}-${subject}`)])).map(({ context }) => context.id)
    const quarantined = async (digest: string) => (await store.read([streamName('quarantine', digest)])).map(decode)
    const entry = (digest: string) => door.get('rita', `/v1/quarantine/${digest}`)

    it('are recorded once, in both modes, whatever lies between them', async () => {
      await publish(
        structured(event('a', 'mixed')),
        structured('{'),
        binary(event('b', 'mixed')),
        structured(event('a', 'mixed')),
        structured(event('c', 'mixed', { type: 'dev.muster.model.registred.v1' })),
        { key: null, value: null, headers: {} },
        structured(event('d', 'mixed')),
      )
      await expect.poll(() => recorded('mixed'), soon).toEqual(['a', 'b', 'd'].map(id => `${run}-${id}`))
    })

    it('that cannot be taken are kept as they came, entered once, counted, and copied', async () => {
      const text = `{"id":"${run}","id":"twice"}`
      const digest = sha256(text)
      await publish({ ...structured(text), headers: { 'content-type': 'application/cloudevents+json', team: 'crédit' } })
      await publish(structured(text), structured(event('e', 'after')))
      await expect.poll(() => recorded('after'), soon).toHaveLength(1)
      await expect
        .poll(() => quarantined(digest), soon)
        .toMatchObject([{ event: { type: 'quarantine.entered', reason: { code: 'invalid', path: '/id' }, topic: 'muster.lifecycle' } }])
      await expect
        .poll(() => entry(digest), soon)
        .toMatchObject({
          status: 200,
          body: {
            sha256: digest,
            code: 'invalid',
            pointer: '/id',
            key: 'fraud',
            topic: 'muster.lifecycle',
            times: 2,
            size: text.length,
            text,
            base64: Buffer.from(text).toString('base64'),
          },
        })
      await dead.until('the copy', () => dead.messages().some(({ headers }) => headers['muster-quarantine'] === digest))
      const copy = dead.messages().find(({ headers }) => headers['muster-quarantine'] === digest)
      expect(copy).toMatchObject({ key: 'fraud', headers: { team: 'crédit', 'muster-reason': 'invalid', 'muster-reason-path': '/id' } })
      expect(Buffer.from(copy?.value ?? []).toString()).toBe(text)
      const figures = await (await fetch(`${host.url}/metrics`)).text()
      expect(figures).toMatch(/muster_quarantined [1-9]/)
      expect(figures).toMatch(/muster_intake_events_total\{door="kafka",outcome="refused",reason="invalid"\} [1-9]/)
    })

    it('are told apart by their attributes in binary mode, where the bytes may be the same', async () => {
      const same = (id: string) => binary(event(id, 'x', { type: `no.such.${run}` }))
      await publish(same('f'), same('g'), same('f'))
      const ofThisRun = async () => {
        const { body } = await door.get('rita', '/v1/quarantine?code=unknown-type&limit=500')
        return body.items
          .filter(({ message }: { message: string }) => message.includes(`no.such.${run}`))
          .map(({ times }: { times: number }) => times)
      }
      await expect.poll(ofThisRun, soon).toEqual([1, 2])
    })

    it('that contradict what is recorded, or come from the future, are quarantined with the reason', async () => {
      const version = (id: string, digit: string) =>
        event(id, 'contra@1', { type: 'dev.muster.version.registered.v1', data: { artifact: { digest: `sha256:${digit.repeat(64)}` } } })
      const messages = [
        ['id-reused', event('i', 'contra', { data: { intendedUse: 'other' } })],
        ['id-reused', event('i', 'contra-elsewhere')],
        ['conflicting-digest', version('k', '2')],
        ['from-the-future', event('l', 'contra', { time: '2999-01-01T00:00:00Z' })],
        ['wrong-subject', event('m', 'contra', { subject: undefined })],
        ['invalid', event('n', 'contra', { data: { modelType: 'magic' } })],
        ['too-large', event('o', 'contra', { data: { intendedUse: 'x'.repeat(256 * 1024) } })],
      ] as const
      await publish(structured(event('i', 'contra')), structured(version('j', '1')))
      await publish(
        structured(event('p', 'contra')),
        ...messages.map(([, message]) => structured(message)),
        structured(event('q', 'contra')),
      )
      await expect.poll(() => recorded('contra'), soon).toEqual(['i', 'p', 'q'].map(id => `${run}-${id}`))
      for (const [code, message] of messages) {
        const digest = sha256(JSON.stringify(message))
        await expect.poll(() => quarantined(digest), soon).toMatchObject([{ event: { reason: { code } } }])
      }
    })

    it('that are brought again, since their batch was not finished, change nothing', async () => {
      const consumer = host.app.get(LifecycleConsumer)
      const [text, other] = [`{"again":"${run}"`, `{"later":"${run}"`]
      const batch = [structured(text), structured(event('t', 'again')), structured(text), structured(other)].map(received)
      const [first, ...rest] = batch as [ReceivedMessage, ...ReceivedMessage[]]
      await consumer.handle([first, ...rest.slice(0, 1)])
      for (let time = 0; time < 2; time += 1) await consumer.handle([first, ...rest])
      expect(await recorded('again')).toEqual([`${run}-t`])
      for (const [bytes, times] of [
        [text, 2],
        [other, 1],
      ] as const) {
        expect(await entry(sha256(bytes))).toMatchObject({ body: { times } })
        expect(await quarantined(sha256(bytes))).toHaveLength(1)
      }
      await door.post('omar', `/v1/quarantine/${sha256(other)}/discard`, { reason: 'Noise.' })
      await consumer.handle([first, ...rest])
      expect(await entry(sha256(other))).toMatchObject({ body: { times: 1, released: { outcome: 'discarded' } } })
      expect(await quarantined(sha256(other))).toHaveLength(2)
    })

    it('in quarantine are replayed once they can be taken, and stay with the newest reason before', async () => {
      const version = (id: string, subject: string, digit: string) =>
        event(id, subject, { type: 'dev.muster.version.registered.v1', data: { artifact: { digest: `sha256:${digit.repeat(64)}` } } })
      const late = structured(event('r', 'replayed', { time: new Date(Date.now() + 305_000).toISOString() }))
      const digest = sha256(Buffer.from(late.value ?? []).toString())
      await publish(late, structured(version('s', 'replayed@1', '1')))
      await expect.poll(() => entry(digest), soon).toMatchObject({ status: 200, body: { code: 'from-the-future' } })
      expect(await door.post('rita', `/v1/quarantine/${digest}/replay`, { reason: 'x' })).toMatchObject({ status: 403 })
      expect(await door.post('omar', `/v1/quarantine/${digest}/replay`, { reason: 'too early' })).toMatchObject({
        status: 409,
        body: { type: 'urn:muster:problem:from-the-future', errors: [{ pointer: '/time' }] },
      })
      await expect
        .poll(() => door.post('omar', `/v1/quarantine/${digest}/replay`, { reason: 'Its clock was ahead.' }), {
          timeout: 20_000,
          interval: 500,
        })
        .toMatchObject({ status: 200, body: { released: { outcome: 'replayed', by: 'omar' } } })
      expect(await recorded('replayed')).toEqual([`${run}-r`])
      expect((await quarantined(digest)).map(({ event: { type } }) => type)).toEqual(['quarantine.entered', 'quarantine.released'])
      expect((await quarantined(digest)).at(-1)?.event).toMatchObject({ reason: { personal: 'Its clock was ahead.', of: 'omar' } })
      expect(await door.post('omar', `/v1/quarantine/${digest}/replay`, { reason: 'again' })).toMatchObject({ status: 200 })
      expect(await door.post('omar', `/v1/quarantine/${digest}/discard`, { reason: 'no' })).toMatchObject({ status: 409 })
    })

    it('in quarantine are listed in pages, and discarded by an operator', async () => {
      const open = '/v1/quarantine?released=false'
      const first = await door.get('rita', `${open}&limit=2`)
      const rest = await door.get('rita', `${open}&limit=500&cursor=${first.body.next}`)
      const all = await door.get('rita', `${open}&limit=500`)
      expect([...first.body.items, ...rest.body.items]).toEqual(all.body.items)
      const { sha256: digest } = all.body.items[0]
      expect(await door.post('omar', `/v1/quarantine/${digest}/discard`, { reason: 'Noise.' })).toMatchObject({
        status: 200,
        body: { released: { outcome: 'discarded' } },
      })
      expect(await door.post('omar', `/v1/quarantine/${digest}/replay`, { reason: 'no' })).toMatchObject({
        status: 409,
        body: { type: 'urn:muster:problem:already-released' },
      })
      expect((await door.get('rita', `${open}&limit=500`)).body.items).toHaveLength(all.body.items.length - 1)
      expect((await door.get('rita', '/v1/quarantine?released=true')).body.items[0]).toMatchObject({ released: { by: 'omar' } })
      expect(await entry('0'.repeat(64))).toMatchObject({ status: 404 })
    })
  })

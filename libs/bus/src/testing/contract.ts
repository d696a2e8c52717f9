import type { NonEmpty } from '@muster/kernel'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BusError } from '../bus-error.ts'
import type { Message, MessageBus } from '../bus.ts'
import { collector, eventually, textOf, type Collector } from './collector.ts'

const message = (key: string | null, value: string, headers: Message['headers'] = {}): Message => ({
  key,
  value: new TextEncoder().encode(value),
  headers,
})

function listOf<T>(length: number, item: (index: number) => T): NonEmpty<T> {
  return [item(0), ...Array.from({ length: length - 1 }, (_, index) => item(index + 1))]
}

/** What every adapter of the bus must do. `makeBus` gives a new bus for each test; topics and groups have names of their own. */
export function busContract(name: string, makeBus: () => MessageBus | Promise<MessageBus>): void {
  describe(`The ${name} bus`, () => {
    let bus: MessageBus
    let topic: string
    let group: string
    let consumers: Collector[]

    const consume = (handle?: Parameters<typeof collector>[3]): Collector => {
      const consumer = collector(bus, group, [topic], handle)
      consumers.push(consumer)
      return consumer
    }
    const caughtUp = async (): Promise<boolean> => (await bus.lag(group, [topic])).every(({ behind }) => behind === 0)

    beforeEach(async () => {
      bus = await makeBus()
      topic = `contract.${randomUUID()}`
      group = `group-${randomUUID()}`
      consumers = []
      await bus.ensureTopics([{ name: topic, partitions: 4 }])
    })

    afterEach(async () => {
      await Promise.all(consumers.map(consumer => consumer.stop()))
      await bus.close()
    })

    it('delivers key, headers and bytes as they were given', async () => {
      const headers = { ce_id: '1', 'content-type': 'application/json; charset=utf-8', name: 'Müller 模型', empty: '' }
      const value = Uint8Array.from({ length: 256 }, (_, byte) => byte)
      await bus.publish(topic, [{ key: 'Fraud/ü', value, headers }])

      const consumer = consume()
      await consumer.until('the message', ({ batches }) => batches.length === 1)
      const [received] = consumer.messages()
      expect(received).toMatchObject({ topic, key: 'Fraud/ü', headers, offset: '0' })
      expect(Uint8Array.from(received?.value ?? [])).toEqual(value)
      expect(textOf(received?.rawHeaders.name ?? null)).toBe('Müller 模型')
      expect(received?.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    })

    it('carries header names that JavaScript knows as something else', async () => {
      const headers = Object.fromEntries([
        ['__proto__', 'a'],
        ['constructor', 'b'],
        ['toString', 'c'],
      ])
      await bus.publish(topic, [message('k', 'v', headers)])

      const consumer = consume()
      await consumer.until('the message', ({ batches }) => batches.length === 1)
      expect(new Map(Object.entries(consumer.messages()[0]?.headers ?? {}))).toEqual(new Map(Object.entries(headers)))
    })

    it('carries a message without a key, one without a value, and one that is empty', async () => {
      await bus.publish(topic, [{ key: null, value: new TextEncoder().encode('no key'), headers: {} }])
      await bus.publish(topic, [
        { key: 'gone', value: null, headers: {} },
        { key: 'gone', value: new Uint8Array(), headers: {} },
      ])

      const consumer = consume()
      await consumer.until('three messages', ({ messages }) => messages().length === 3)
      expect(consumer.messages().find(({ key }) => key === null)).toMatchObject({ headers: {} })
      const gone = consumer.messages().filter(({ key }) => key === 'gone')
      expect(gone.map(({ value }) => value?.length ?? null)).toEqual([null, 0])
    })

    it('takes messages of 256 KiB, and many of them in one publish', async () => {
      const large = 'x'.repeat(256 * 1024)
      await bus.publish(
        topic,
        listOf(12, index => message('one-key', `${index}:${large}`)),
      )

      const consumer = consume()
      await consumer.until('twelve messages', ({ messages }) => messages().length === 12)
      expect(consumer.messages().map(({ value }) => textOf(value).split(':')[0])).toEqual(listOf(12, String))
      expect(consumer.messages().every(({ value }) => (value?.length ?? 0) > large.length)).toBe(true)
    })

    it('keeps the order of each key, within a publish and from one to the next', async () => {
      const keys = listOf(10, index => `model-${index}`)
      for (const round of listOf(5, Number)) {
        const batch = listOf(keys.length * 20, index =>
          message(keys[index % keys.length] ?? null, `${round}.${String(index).padStart(3, '0')}`),
        )
        await bus.publish(topic, batch)
      }

      const consumer = consume()
      await consumer.until('all messages', ({ messages }) => messages().length === keys.length * 100)
      for (const key of keys) {
        const values = consumer
          .messages()
          .filter(received => received.key === key)
          .map(({ value }) => textOf(value))
        expect(values).toEqual(values.toSorted())
        expect(values).toHaveLength(100)
      }
    })

    it('hands over batches of one partition, and a key always in the same', async () => {
      await bus.publish(
        topic,
        listOf(200, index => message(`key-${index % 20}`, String(index))),
      )

      const consumer = consume()
      await consumer.until('all messages', ({ messages }) => messages().length === 200)
      for (const batch of consumer.batches) expect(new Set(batch.map(({ partition }) => partition)).size).toBe(1)
      const places = new Set(consumer.messages().map(({ key, partition }) => `${key}@${partition}`))
      expect(places.size).toBe(20)
      expect(new Set(consumer.messages().map(({ partition }) => partition)).size).toBeGreaterThan(1)
    })

    it('delivers what is published while the consumer runs', async () => {
      const consumer = consume()
      for (const index of listOf(5, Number)) {
        await bus.publish(topic, [message('k', String(index))])
        await consumer.until(`message ${index}`, ({ values }) => values().has(String(index)))
      }
      expect(consumer.messages()).toHaveLength(5)
    })

    it('gives a batch again to a handler that threw, beginning with the same message', async () => {
      await bus.publish(
        topic,
        listOf(3, index => message('poison', String(index))),
      )

      let attempts = 0
      const consumer = consume(async () => {
        attempts += 1
        if (attempts <= 3) throw new Error(`attempt ${attempts}`)
      })
      await consumer.until('the fourth attempt', () => attempts === 4)
      await eventually('the group to have handled it', caughtUp)
      expect(consumer.batches.map(([first]) => first.offset)).toEqual(['0', '0', '0', '0'])
      expect(consumer.batches.map(batch => textOf(batch[0].value))).toEqual(['0', '0', '0', '0'])
      expect(consumer.errors).toEqual([1, 2, 3].map(attempt => new Error(`attempt ${attempt}`)))
    })

    it('lets other partitions go on while one waits, and keeps what waits in order', async () => {
      let healed = false
      const handled: string[] = []
      const consumer = consume(async batch => {
        if (!healed && batch.some(({ key }) => key === 'poison')) throw new Error('not yet')
        handled.push(...batch.map(({ value }) => textOf(value)))
      })
      await bus.publish(topic, [message('poison', 'p0')])
      await consumer.until('a failure', ({ errors }) => errors.length > 0)
      const stuck = consumer.messages().find(({ key }) => key === 'poison')?.partition

      for (const index of listOf(40, Number)) await bus.publish(topic, [message(`other-${index}`, String(index))])
      const elsewhere = (): number => consumer.messages().filter(({ partition }) => partition !== stuck).length
      await eventually('messages of other partitions', () => elsewhere() > 10 && handled.length >= elsewhere())

      await bus.publish(topic, [message('poison', 'p1')])
      healed = true
      await eventually('everything', () => handled.length === 42)
      expect(handled.filter(value => value.startsWith('p'))).toEqual(['p0', 'p1'])
    })

    it('goes on where the group stood when its consumer comes again, and loses nothing', async () => {
      await bus.publish(
        topic,
        listOf(100, index => message(`key-${index}`, String(index))),
      )
      const first = consume()
      await first.until('all messages', ({ values }) => values().size === 100)
      await eventually('the group to have handled them', caughtUp)
      await first.stop()

      await bus.publish(
        topic,
        listOf(50, index => message(`key-${index}`, `new-${index}`)),
      )
      const second = consume()
      await second.until('the new messages', ({ values }) => values().size === 50)
      expect([...second.values()].every(value => value.startsWith('new-'))).toBe(true)
    })

    it('gives to the next consumer what the last one had not finished', async () => {
      await bus.publish(topic, [message('k', 'unfinished')])
      const failing = consume(() => Promise.reject(new Error('no')))
      await failing.until('an attempt', ({ batches }) => batches.length > 0)
      await failing.stop()

      const next = consume()
      await next.until('the message', ({ values }) => values().has('unfinished'))
    })

    it('shares the partitions among the consumers of a group, and one alone gets them all', async () => {
      const one = consume()
      const two = consume()
      let round = 0
      const partitionsOf = ({ messages }: Collector): ReadonlySet<number> => new Set(messages().map(({ partition }) => partition))
      await eventually('both to have work', async () => {
        round += 1
        await bus.publish(
          topic,
          listOf(40, index => message(`key-${index}`, `${round}.${index}`)),
        )
        return partitionsOf(one).size > 0 && partitionsOf(two).size > 0
      })
      await eventually('the group to have handled all', caughtUp)
      expect(new Set([...one.values(), ...two.values()]).size).toBe(round * 40)

      await two.stop()
      const before = one.messages().length
      await bus.publish(
        topic,
        listOf(40, index => message(`key-${index}`, `alone.${index}`)),
      )
      await eventually('one to get all', () => [...one.values()].filter(value => value.startsWith('alone.')).length === 40)
      expect(
        new Set(
          one
            .messages()
            .slice(before)
            .map(({ partition }) => partition),
        ).size,
      ).toBe(4)
    })

    it('gives every message to each group', async () => {
      await bus.publish(topic, [message('k', 'for all')])
      const mine = consume()
      const other = collector(bus, `${group}-other`, [topic])
      consumers.push(other)
      await mine.until('the message', ({ values }) => values().has('for all'))
      await other.until('the message', ({ values }) => values().has('for all'))
    })

    it('counts what a group has still to handle', async () => {
      await bus.publish(
        topic,
        listOf(30, index => message(`key-${index}`, String(index))),
      )
      const before = await bus.lag(group, [topic])
      expect(before.map(({ partition }) => partition).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3])
      expect(before.reduce((sum, { behind }) => sum + behind, 0)).toBe(30)

      consume()
      await eventually('no lag', caughtUp)
    })

    it('leaves promptly when told to, after the handler that runs', async () => {
      await bus.publish(topic, [message('k', 'slow')])
      let finish: () => void = () => {}
      let finished = false
      const consumer = consume(async () => {
        await new Promise<void>(resolve => (finish = resolve))
        finished = true
      })
      await consumer.until('the handler to run', ({ batches }) => batches.length === 1)

      const stopped = consumer.stop()
      finish()
      const started = performance.now()
      await stopped
      expect(finished).toBe(true)
      expect(performance.now() - started).toBeLessThan(2_000)
      expect(await caughtUp()).toBe(true)
    })

    it('leaves at once when the signal was aborted before', async () => {
      await bus.consume({ group, topics: [topic], handle: () => Promise.resolve() }, AbortSignal.abort())
    })

    it('makes only the topics that are missing, and alters none', async () => {
      const other = `${topic}.other`
      await bus.ensureTopics([
        { name: topic, partitions: 9 },
        { name: other, partitions: 2 },
      ])
      expect(await bus.lag(group, [topic])).toHaveLength(4)
      expect(await bus.lag(group, [other])).toHaveLength(2)
    })

    it('refuses a topic that nobody made', async () => {
      await expect(bus.publish(`${topic}.unknown`, [message('k', 'v')])).rejects.toMatchObject({ problem: 'unknown-topic' })
      await expect(bus.lag(group, [`${topic}.unknown`])).rejects.toMatchObject({ problem: 'unknown-topic' })
    })

    it('says that it is reachable, and publishes nothing once it is closed or the caller gave up', async () => {
      expect(await bus.reachable()).toBe(true)
      await expect(bus.publish(topic, [message('k', 'v')], AbortSignal.abort())).rejects.toMatchObject({ problem: 'aborted' })

      const consumer = consume()
      await bus.close()
      await consumer.stop()
      expect(await bus.reachable()).toBe(false)
      await expect(bus.publish(topic, [message('k', 'v')])).rejects.toBeInstanceOf(BusError)
    })
  })
}

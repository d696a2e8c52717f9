import { createHash } from 'node:crypto'
import { memoryBus, type MessageBus, type ReceivedMessage } from '@muster/bus'
import { collector, type Collector } from '@muster/bus/testing'
import { streamName } from '@muster/contracts'
import type { EventStore } from '@muster/event-store'
import { CLOCK, Commands, createHost, EVENT_STORE, LOGGER, SHA256, SQL, type CreatedHost } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { freshDatabase } from '../../../infra/test/database.ts'
import { INTAKE_METERS } from './intake/meters.ts'
import { LifecycleConsumer } from './lifecycle.consumer.ts'
import { LifecycleModule } from './lifecycle.module.ts'
import { findKept } from './quarantine/kept.ts'
import { deadTopic } from './quarantine/dead-letter.ts'

/* Each crash leaves what was done so far, and Kafka brings the batch again to a process that knows nothing of the first. */

type Crash = { readonly step: number; readonly when: 'before' | 'after' }
const wait = { timeout: 20_000 }

describe('A batch from Kafka', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let host: CreatedHost
  let bus: MessageBus
  let dead: Collector

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    bus = memoryBus()
    host = await createHost([LifecycleModule], { databaseUrl: database.url, bus, settings: { MUSTER_LOG_LEVEL: 'fatal' } })
    await bus.ensureTopics([{ name: deadTopic, partitions: 1 }])
    dead = collector(bus, 'tests', [deadTopic])
  })
  afterAll(async () => {
    await dead?.stop()
    await host?.stop()
    await database.drop()
  })

  /** A consumer whose process dies at one of its calls to the world; and whether it got that far. */
  const consumerThatDies = ({ step, when }: Crash) => {
    let calls = 0
    const died = () => calls > step
    const mortal = <Part extends object>(part: Part): Part =>
      new Proxy(part, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name)
          if (typeof member !== 'function') return member
          return async (...args: unknown[]) => {
            const mine = calls++
            if (mine > step || (mine === step && when === 'before')) throw new Error('killed')
            const result: unknown = await Reflect.apply(member, target, args)
            if (mine === step) throw new Error('killed')
            return result
          }
        },
      })
    const get = <Part>(token: symbol) => host.app.get<Part>(token)
    const consumer = new LifecycleConsumer(
      mortal(get<EventStore>(EVENT_STORE)),
      mortal(get<Sql>(SQL)),
      mortal(bus),
      get(CLOCK),
      get(SHA256),
      get(LOGGER),
      get(INTAKE_METERS),
      mortal(host.app.get(Commands)),
      { add: () => undefined },
      { add: () => undefined },
    )
    return { consumer, died }
  }

  it('is recorded and quarantined once, wherever the process is killed while it works on it', async () => {
    let reached = true
    let step = 0
    for (; reached; step += 1)
      for (const when of ['before', 'after'] as const) {
        const name = `${when}-${step}`
        const event = (id: string) => ({
          specversion: '1.0',
          id: `${name}-${id}`,
          source: '/s',
          type: 'dev.muster.model.registered.v1',
          subject: name,
          data: {},
        })
        const bad = [`{"bad":"${name}"`, `{"worse":"${name}"`] as const
        const texts = [JSON.stringify(event('a')), bad[0], JSON.stringify(event('b')), bad[1], bad[0]]
        const [first, ...rest] = texts.map((text, offset): ReceivedMessage => ({
          key: null,
          value: Buffer.from(text),
          headers: {},
          rawHeaders: {},
          topic: 'muster.lifecycle',
          partition: step * 2 + (when === 'after' ? 1 : 0),
          offset: String(offset),
          timestamp: '',
        }))
        if (first === undefined) throw new Error('the batch is empty')

        const { consumer, died } = consumerThatDies({ step, when })
        const outcome = await consumer.handle([first, ...rest]).catch((error: Error) => error.message)
        reached = died()
        expect(outcome).toBe(reached ? 'killed' : undefined)
        if (reached) await host.app.get(LifecycleConsumer).handle([first, ...rest])

        const store = host.app.get<EventStore>(EVENT_STORE)
        const recorded = await store.read([streamName('model', name)])
        expect(
          recorded.map(({ context }) => context.id),
          name,
        ).toEqual([`${name}-a`, `${name}-b`])
        for (const [text, times] of [
          [bad[0], 2],
          [bad[1], 1],
        ] as const) {
          const sha256 = createHash('sha256').update(text).digest('hex')
          expect(await store.read([streamName('quarantine', sha256)]), name).toHaveLength(1)
          const kept = await findKept(host.app.get<Sql>(SQL), sha256)
          expect({ times: kept?.entry.times, text: Buffer.from(kept?.value ?? []).toString() }, name).toEqual({ times, text })
          await expect.poll(() => dead.messages().some(({ headers }) => headers['muster-quarantine'] === sha256), wait).toBe(true)
        }
      }
    // Looking, appending, keeping, entering, copying.
    expect(step).toBe(6)
  })
})

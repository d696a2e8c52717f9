import { memoryBus, type MessageBus, type ReceivedMessage } from '@muster/bus'
import { streamName } from '@muster/contracts'
import { incomingEventId, type EventStore } from '@muster/event-store'
import { isNonEmpty } from '@muster/kernel'
import { requestRetry, schemaOf, type ReadModel, type Sql } from '@muster/projections'
import { Controller, Get, Inject, Module, Res, type OnModuleInit } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { freshDatabase } from '../../../infra/test/database.ts'
import { standAt } from './answer.ts'
import { createHost, type CreatedHost } from './create-host.ts'
import type { Reply } from './http.ts'
import { Reads } from './routes.ts'
import { proxyTo, type Proxy } from './testing/proxy.ts'
import {
  CONSUMERS,
  EVENT_STORE,
  PUBLICATIONS,
  READ_MODELS,
  SQL,
  SUBSCRIPTIONS,
  type Consumers,
  type Publications,
  type ReadModels,
  type Subscriptions,
} from './tokens.ts'

/* A module that follows the log in every way there is, on a real PostgreSQL and a bus in memory. */

const retired = { categories: ['model'] as const }
const models: ReadModel = {
  name: 'models',
  version: 1,
  tables: 'CREATE TABLE models (name text PRIMARY KEY)',
  filter: retired,
  async project(batch, sql, schema) {
    await sql.query(`INSERT INTO ${schema}.models SELECT unnest($1::text[])`, [batch.map(({ context }) => context.subject)])
  },
}

const faults = new Set<string>()
const seen: string[] = []
const received: ReceivedMessage[] = []

@Controller('v1/models')
class ModelRoutes implements OnModuleInit {
  constructor(
    @Inject(SQL) private readonly sql: Sql,
    @Inject(SUBSCRIPTIONS) private readonly subscriptions: Subscriptions,
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
    @Inject(PUBLICATIONS) private readonly publications: Publications,
    @Inject(CONSUMERS) private readonly consumers: Consumers,
  ) {}

  onModuleInit() {
    this.readModels.add(models)
    this.subscriptions.add({
      name: 'watcher',
      filter: retired,
      handle(batch) {
        for (const { context } of batch) {
          if (faults.has(context.subject)) return Promise.reject(new Error(`${context.subject} is broken`))
          seen.push(context.subject)
        }
        return Promise.resolve()
      },
    })
    this.publications.add({
      name: 'models',
      filter: retired,
      topic: 'muster.models',
      toMessages: batch =>
        batch.map(({ id, data, context }) => ({ key: context.partitionkey, value: Buffer.from(data), headers: { 'ce-id': id } })),
    })
    this.consumers.add({ group: 'reader', topics: ['muster.models'], handle: batch => Promise.resolve(void received.push(...batch)) })
  }

  @Get()
  @Reads('models')
  async list(@Res({ passthrough: true }) reply: Reply) {
    standAt(reply, 1)
    return (await this.sql.query<{ name: string }>(`SELECT name FROM ${schemaOf(models)}.models ORDER BY name`, [])).map(({ name }) => name)
  }
}

@Module({ controllers: [ModelRoutes] })
class ModelModule {}

@Controller('v1/astray')
class AstrayRoutes {
  @Get()
  @Reads('nobody')
  list() {
    return []
  }
}
@Module({ controllers: [AstrayRoutes] })
class AstrayModule {}

/** What comes by itself is waited for, on a slow machine too. */
function eventually<T>(look: () => T) {
  return expect.poll(look, { timeout: 20_000 })
}

describe('Readers of the log', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let proxy: Proxy
  let bus: MessageBus
  let host: CreatedHost
  let store: EventStore

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    proxy = await proxyTo(database.url)
    bus = memoryBus()
    host = await createHost([ModelModule], { databaseUrl: proxy.url, bus, settings: { MUSTER_LOG_LEVEL: 'fatal' } })
    store = host.app.get<EventStore>(EVENT_STORE)
  })
  afterAll(async () => {
    await host.stop()
    await proxy.cut()
    await database.drop()
  })

  const retire = async (...names: string[]): Promise<number> => {
    const writes = names.map(name => {
      const id = incomingEventId('test', name)
      const data = '{}'
      const context = {
        id,
        source: 'test',
        type: 'dev.muster.model.registered.v1',
        subject: name,
        partitionkey: name,
        time: '2026-01-01T00:00:00.000Z',
        correlationid: id,
      }
      return {
        stream: streamName('model', name),
        expected: 'no-stream',
        events: [{ id, type: 'model.registered.v1', data, context }],
      } as const
    })
    const results = isNonEmpty(writes) ? await store.append(writes) : []
    const last = results.at(-1)
    return last?.kind === 'written' ? last.position : -1
  }
  const get = async (path: string) => {
    const response = await fetch(`${host.url}${path}`, { headers: { authorization: `Bearer ${host.tokens['ana'] ?? ''}` } })
    const body: unknown = path === '/metrics' ? await response.text() : await response.json()
    return { status: response.status, body, headers: response.headers }
  }

  it('let a client read what it wrote', async () => {
    const position = await retire('a', 'b')
    expect(await get(`/v1/models?after=${position}`)).toMatchObject({ status: 200, body: ['a', 'b'] })
  })

  it('say so when they have not seen a position in time, and take no nonsense for one', async () => {
    const ahead = (await store.head()) + 1_000
    const late = await get(`/v1/models?after=${ahead}`)
    expect(late).toMatchObject({ status: 503, body: { type: 'urn:muster:problem:not-caught-up' } })
    expect(late.headers.get('retry-after')).toBe('1')
    expect(await get('/v1/models?after=soon')).toMatchObject({ status: 400, body: { errors: [{ pointer: '/after' }] } })
  })

  it('tell a topic of every event, by its id', async () => {
    await retire('c')
    await eventually(() => received.map(({ key }) => key)).toEqual(expect.arrayContaining(['a', 'b', 'c']))
    expect(new Set(received.map(({ headers }) => headers['ce-id'])).size).toBe(received.length)
  })

  it('park what cannot be processed, show it in the figures, and process it when asked', async () => {
    faults.add('broken')
    const position = await retire('broken', 'fine')
    await eventually(() => seen).toContain('fine')
    await eventually(async () => (await get('/metrics')).body).toContain('muster_parked{subscription="watcher"} 1')
    faults.clear()
    expect(await requestRetry(host.app.get<Sql>(SQL), 'watcher', 'broken')).toBe(true)
    await eventually(() => seen).toContain('broken')
    expect(position).toBeGreaterThan(0)
    await eventually(async () => (await get('/metrics')).body).not.toContain('muster_parked{subscription="watcher"}')
    expect((await get('/metrics')).body).toContain('muster_subscription_lag_events{subscription="watcher"} 0')
  })

  it('are named by readiness, each by itself', async () =>
    expect(await get('/health/ready')).toMatchObject({
      status: 200,
      body: {
        status: 'ready',
        parts: {
          'subscription watcher': 'ok',
          'read model models': 'ok',
          'publication models': 'ok',
          'consumer reader': 'ok',
          kafka: 'ok',
          database: 'ok',
        },
      },
    }))

  it('are named rightly by routes, or the start fails', async () => {
    await expect(createHost([AstrayModule], { databaseUrl: database.url })).rejects.toThrow('a route reads from nobody')
  })

  it('wait for a bus that is away, and readiness tells', async () => {
    const away = {
      ...memoryBus(),
      reachable: () => Promise.resolve(false),
      ensureTopics: () => Promise.reject(new Error('no broker answers')),
    }
    const other = await createHost([ModelModule], { databaseUrl: database.url, bus: away, settings: { MUSTER_LOG_LEVEL: 'silent' } })
    await expect
      .poll(async () => (await fetch(`${other.url}/health/ready`)).json())
      .toMatchObject({
        status: 'not-ready',
        parts: { 'consumer reader': 'no broker answers', 'subscription watcher': 'ok' },
      })
    expect((await fetch(`${other.url}/health/ready`)).status).toBe(503)
    await other.stop()
  })
  it('go on by themselves when the database was away, and meanwhile clients are asked to try again', async () => {
    await proxy.cut()
    expect(await get('/v1/models')).toMatchObject({ status: 503, body: { type: 'urn:muster:problem:unavailable' } })
    expect(await get('/health/ready')).toMatchObject({ status: 503, body: { parts: { database: 'the database cannot be reached' } } })
    const stranger = await fetch(`${host.url}/health/ready`, { headers: { 'x-forwarded-for': '10.1.1.1' } })
    await expect(stranger.json()).resolves.toMatchObject({ parts: { database: 'not ok' } })

    await proxy.mend()
    await eventually(async () => (await get('/health/ready')).status).toBe(200)
    const position = await retire('after-the-outage')
    await eventually(async () => (await get(`/v1/models?after=${position}`)).body).toContain('after-the-outage')
    await eventually(() => seen).toContain('after-the-outage')
    await eventually(() => received.map(({ key }) => key)).toContain('after-the-outage')
  })
})

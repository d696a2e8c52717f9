import { createHash } from 'node:crypto'
import type { MessageBus } from '@muster/bus'
import { personalEventStore, type EventStore } from '@muster/event-store'
import { isNonEmpty, type Clock, type NonEmpty, type Sha256 } from '@muster/kernel'
import { masterKey, openSql, postgresKeyVault } from '@muster/projections'
import type { Type } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { WsAdapter } from '@nestjs/platform-ws'
import type { Logger } from 'pino'
import { makeBackground } from './background.ts'
import { makeHealth } from './health.ts'
import { HostModule, rootOf } from './host.module.ts'
import type { IdentitySettings } from './identity.ts'
import { listen } from './listen.ts'
import { makeLogTail } from './log-tail.ts'
import { nestLogger } from './log.ts'
import { makeMeters } from './meters.ts'
import { openapiDocument } from './openapi.ts'
import { callersOf, peopleOf } from './people.ts'
import { makeReaders } from './readers.ts'
import { makeRegistrations } from './registrations.ts'
import { namesRead } from './routes-in.ts'
import { openStore } from './open-store.ts'
import { makeAdapter } from './server.ts'
import type { Settings } from './settings.ts'
import { startTicks } from './ticks.ts'
import * as token from './tokens.ts'
import { startTopics } from './topics.ts'
import { unwind } from './unwind.ts'

/*
 * A list of modules, running: adapters → modules → tables → what must be done at start → the door opens → what runs behind it.
 *
 * Each step puts what undoes it on a stack, and both the drain and a start that fails unwind it from the top. So whatever moment a signal
 * or an error comes at, nothing stays behind.
 */

export interface HostParts {
  readonly settings: Settings
  readonly identity: IdentitySettings
  /** Whether that is the demo's. */
  readonly demo: boolean
  readonly databaseUrl: string
  /** Of personal text, the one in use first. */
  readonly masterKeys: NonEmpty<Uint8Array>
  readonly bus: MessageBus | null
  readonly clock: Clock
  readonly logger: Logger
  /** Aborts a start between two of its steps. */
  readonly signal?: AbortSignal
}

export interface Host {
  readonly url: string
  readonly app: NestFastifyApplication
  /** Runs the ticks of this name once, now. */
  tick(name: string): Promise<void>
  /** Takes no more, ends what is in hand, closes. Safe to call again. */
  stop(): Promise<void>
}

/** @throws StartError, or what an adapter or module threw; nothing runs then. */
export async function startHost(modules: readonly Type[], parts: HostParts): Promise<Host> {
  const { settings, logger, clock, bus, signal } = parts
  const undo: (() => Promise<void>)[] = []
  let unwinding: Promise<void> | undefined
  const stop = (): Promise<void> => (unwinding ??= unwind(undo, logger))

  try {
    return await start()
  } catch (error) {
    await stop()
    throw error
  }

  async function start(): Promise<Host> {
    const meters = makeMeters()
    const health = makeHealth()
    const background = makeBackground(logger, health, meters)

    if (bus !== null) undo.push(() => bus.close())
    const { databaseUrl } = parts
    const forLog = Math.ceil(settings.database.connections / 3)
    const opened = await openStore({ settings, databaseUrl, clock, logger, connections: forLog })
    undo.push(() => opened.close())
    const raw = measured(opened, meters.append.startTimer.bind(meters.append))
    const database = await openSql(databaseUrl, { logger, connections: settings.database.connections - forLog })
    undo.push(() => database.close())
    // Of its own: whoever needs a key may hold a connection of the others in a transaction, and must not wait for who waits for it.
    const forKeys = await openSql(databaseUrl, { logger, connections: 1 })
    undo.push(() => forKeys.close())
    const [master, ...others] = parts.masterKeys
    const vault = await postgresKeyVault({ sql: forKeys, masters: [masterKey(master), ...others.map(masterKey)], logger })
    const store = personalEventStore({ raw, vault, logger })
    await store.reapplyErasures()
    const readers = makeReaders({ store, database, clock, logger, meters, health })
    signal?.throwIfAborted()

    undo.push(() => background.stop())

    const registrations = makeRegistrations()
    const tail = makeLogTail(store)
    const given = new Map<symbol, unknown>([
      [token.EVENT_STORE, store],
      [token.RAW_STORE, raw],
      [token.KEY_VAULT, vault],
      [token.SQL, readers.sql],
      [token.BUS, bus],
      [token.CLOCK, clock],
      [token.SHA256, sha256],
      [token.LOGGER, logger],
      [token.PEOPLE, peopleOf(parts.identity)],
      [token.CALLERS, callersOf(parts.identity)],
      [token.DEMO, parts.demo],
      [token.SETTINGS, settings],
      [token.SUBSCRIPTIONS, registrations.subscriptions],
      [token.READ_MODELS, registrations.readModels],
      [token.TOPICS, registrations.topics],
      [token.CONSUMERS, registrations.consumers],
      [token.PUBLICATIONS, registrations.publications],
      [token.START_WORK, registrations.startWork],
      [token.TICKS, registrations.ticks],
      [token.LOG_TAIL, tail],
      [token.METRICS, meters.registry],
      [token.METERS, meters],
      [token.HEALTH, health],
      [token.CAUGHT_UP, readers.caughtUp],
      [token.OPENAPI, documentOf(modules)],
    ])
    const app = await NestFactory.create<NestFastifyApplication>(rootOf(HostModule.with(given), modules), makeAdapter(meters), {
      logger: nestLogger(logger),
      abortOnError: false,
      bodyParser: false,
    })
    undo.push(() => app.close())
    app.useWebSocketAdapter(new WsAdapter(app))
    await app.init()
    signal?.throwIfAborted()

    const registered = registrations.close()
    await readers.prepare(registered)
    for (const name of namesRead(modules))
      if (!readers.knows(name)) throw new Error(`a route reads from ${name}, and no module adds a subscription or read model of that name`)
    signal?.throwIfAborted()
    for (const { work } of registered.startWork) {
      await work()
      signal?.throwIfAborted()
    }

    health.add('log', async () => ((await store.reachable()) ? undefined : 'the log cannot be reached'))
    await tail.begin()
    background.start('tail of the log', stopping => tail.run(stopping))
    await listen(app, settings)
    undo.push(() => Promise.resolve(tail.release()))

    readers.start(registered, background)
    startTicks(registered.ticks, background, readers.exclusively)
    if (bus !== null && isNonEmpty(registered.topics))
      startTopics({ bus, registered, background, health, settings, topics: registered.topics, publish: readers.publish, meters, logger })
    signal?.throwIfAborted()
    return {
      url: settings.http.publicUrl ?? (await app.getUrl()),
      app,
      stop,
      async tick(name) {
        for (const tick of registered.ticks) if (tick.name === name) await tick.work(new AbortController().signal)
      },
    }
  }
}

const sha256: Sha256 = bytes => createHash('sha256').update(bytes).digest()

const measured = (store: EventStore, startTimer: () => (labels: { outcome: string }) => number): EventStore => ({
  ...store,
  async append(writes) {
    const stop = startTimer()
    try {
      const results = await store.append(writes)
      stop({ outcome: results.every(({ kind }) => kind === 'written' || kind === 'repeated') ? 'written' : 'refused' })
      return results
    } catch (error) {
      stop({ outcome: 'failed' })
      throw error
    }
  },
})

/** Made when it is first asked for. */
function documentOf(modules: readonly Type[]): () => object {
  let document: object | undefined
  return () => (document ??= openapiDocument(modules))
}

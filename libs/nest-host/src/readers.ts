import { BusError, type MessageBus } from '@muster/bus'
import type { EventStore, Filter } from '@muster/event-store'
import { isNonEmpty, type Clock } from '@muster/kernel'
import {
  caughtUp,
  countParked,
  exclusively,
  prepareReadModel,
  runReadModel,
  runSubscription,
  seenThrough,
  StandStill,
  subscriptionOf,
  type Database,
  type RunnerDeps,
  type Sql,
  type Subscription,
} from '@muster/projections'
import { Gauge } from 'prom-client'
import type { Logger } from 'pino'
import type { Background } from './background.ts'
import type { Health } from './health.ts'
import type { Meters } from './meters.ts'
import type { CaughtUp } from './reads.interceptor.ts'
import type { Registered } from './registrations.ts'
import type { Exclusively } from './ticks.ts'
import type { Publication } from './tokens.ts'

/* Whoever reads the log and keeps something of it in the database: subscriptions, read models, publications. */

export interface Readers {
  readonly sql: Sql
  readonly exclusively: Exclusively
  readonly caughtUp: CaughtUp
  /** Makes the tables of the read models. @throws NewerSchema */
  prepare(registered: Registered): Promise<void>
  knows(name: string): boolean
  start(registered: Registered, background: Background): void
  /** Publishes from the log until the signal aborts; waits at its cursor while the bus is away. */
  publish(publication: Publication, bus: MessageBus, signal: AbortSignal): Promise<void>
}

interface ReaderParts {
  readonly store: EventStore
  readonly database: Database
  readonly clock: Clock
  readonly logger: Logger
  readonly meters: Meters
  readonly health: Health
}

export function makeReaders({ store, database, clock, logger, meters, health }: ReaderParts): Readers {
  const followed = new Map<string, { readonly name: string; readonly filter: Filter }>()
  const deps: RunnerDeps = {
    store,
    database,
    logger,
    now: clock,
    onFailure({ name, error }) {
      meters.failures.inc({ part: `subscription ${name}` })
      // The log never changes and this process is one release: what stands still does so until another one is started.
      if (error instanceof StandStill) health.add(`subscription ${name} reads on`, () => error.message)
    },
  }
  health.add('database', async () => ((await database.reachable()) ? undefined : 'the database cannot be reached'))
  measureParked(database, meters)
  measureLag({ store, sql: database }, followed, meters)

  return {
    sql: database,
    exclusively: (name, signal, work) => exclusively(database, name, work, signal),

    async caughtUp(name, position, timeoutMs) {
      const follower = followed.get(name)
      if (follower === undefined) throw new Error(`nobody follows the log by the name ${name}`)
      return await caughtUp({ store, sql: database }, follower, position, timeoutMs)
    },

    async prepare({ subscriptions, readModels }) {
      for (const subscription of subscriptions) followed.set(subscription.name, subscription)
      for (const model of readModels) {
        if (followed.has(model.name)) throw new Error(`a subscription and a read model are both called ${model.name}`)
        followed.set(model.name, subscriptionOf(model))
        await prepareReadModel(deps, model)
      }
    },

    knows: name => followed.has(name),

    start({ subscriptions, readModels }, background) {
      for (const subscription of subscriptions)
        background.start(`subscription ${subscription.name}`, signal => runSubscription(deps, subscription, signal))
      for (const model of readModels) background.start(`read model ${model.name}`, signal => runReadModel(deps, model, signal))
    },

    async publish(publication, bus, signal) {
      const subscription = publisher(publication, bus, signal)
      followed.set(subscription.name, subscription)
      await runSubscription(deps, subscription, signal)
    },
  }
}

/** A transaction stands open while a batch is sent, so a bus that is away is given up after this long and tried again with the batch. */
const longestSend = 10_000

/** A publication is a subscription whose effect is on the bus: what goes out twice has the same ids. */
const publisher = ({ name, filter, topic, toMessages }: Publication, bus: MessageBus, signal: AbortSignal): Subscription => ({
  name: `publish-${name}`,
  filter,
  async handle(batch) {
    const messages = await toMessages(batch)
    if (!isNonEmpty(messages)) return
    try {
      await bus.publish(topic, messages, AbortSignal.any([signal, AbortSignal.timeout(longestSend)]))
    } catch (error) {
      // The same messages would be refused again: the runner parks their key. Everything else passes, and comes again.
      if (error instanceof BusError && error.problem !== 'refused') throw new BusAway(topic, error)
      throw error
    }
  },
})

/** The runner knows by the code that it passes by itself. */
class BusAway extends Error {
  override readonly name = 'BusAway'
  readonly code = 'ETIMEDOUT'

  constructor(topic: string, cause: BusError) {
    super(`${topic} does not take messages now: ${cause.message}`, { cause })
  }
}

function measureLag(
  deps: { readonly store: EventStore; readonly sql: Sql },
  followed: ReadonlyMap<string, { readonly name: string; readonly filter: Filter }>,
  { registry }: Meters,
): void {
  const gauge: Gauge<'subscription'> = new Gauge({
    name: 'muster_subscription_lag_events',
    help: 'Positions of the log that a subscription has still to see.',
    labelNames: ['subscription'],
    registers: [registry],
    async collect() {
      gauge.reset()
      const head = await deps.store.head()
      for (const follower of followed.values())
        gauge.set({ subscription: follower.name }, Math.max(0, head - (await seenThrough(deps, follower))))
    },
  })
}

function measureParked(sql: Sql, { registry }: Meters): void {
  const gauge: Gauge<'subscription'> = new Gauge({
    name: 'muster_parked',
    help: 'Keys that a subscription could not process and has parked.',
    labelNames: ['subscription'],
    registers: [registry],
    async collect() {
      gauge.reset()
      for (const { subscription, keys } of await countParked(sql)) gauge.set({ subscription }, keys)
    },
  })
}

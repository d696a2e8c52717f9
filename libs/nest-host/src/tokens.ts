import type { Message, MessageBus, Subscription as BusSubscription } from '@muster/bus'
import type { EventStore, Filter, Recorded, RecordedEvent } from '@muster/event-store'
import type { Clock, NonEmpty, Sha256 } from '@muster/kernel'
import type { ReadModel, Sql, Subscription } from '@muster/projections'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { Caller } from './caller.ts'
import type { Settings } from './settings.ts'

/*
 * What the host gives to every module. Always inject by token: `@Inject(EVENT_STORE) private readonly store: EventStore`.
 * What a module adds in a constructor or in `onModuleInit` is set up before the door opens and runs behind it.
 */

/** `EventStore` */
export const EVENT_STORE = Symbol('EVENT_STORE')
/**
 * `EventStore`: the log to the byte as it is stored, personal text still encrypted. For what hashes or exports the log (the ledger, bundles,
 * `/v1/ledger/events`): a hash of what EVENT_STORE gives would be another one after an erasure. Everybody else reads EVENT_STORE. Nobody
 * appends here what may hold personal text.
 */
export const RAW_STORE = Symbol('RAW_STORE')
/** `KeyVault`: the keys of people's texts. For erasure, and for nothing else. */
export const KEY_VAULT = Symbol('KEY_VAULT')
/** `Sql`: the only way to the database. */
export const SQL = Symbol('SQL')
/** `MessageBus | null`: null when there are no brokers. Prefer CONSUMERS and PUBLICATIONS. */
export const BUS = Symbol('BUS')
/** `Clock` */
export const CLOCK = Symbol('CLOCK')
/** `Sha256` */
export const SHA256 = Symbol('SHA256')
/** `Logger` of pino. */
export const LOGGER = Symbol('LOGGER')
/** `People` */
export const PEOPLE = Symbol('PEOPLE')
/** `Callers` */
export const CALLERS = Symbol('CALLERS')
/** `boolean`: whether demo tokens are in force, so that nobody here is who they say. */
export const DEMO = Symbol('DEMO')
/** `Settings` */
export const SETTINGS = Symbol('SETTINGS')
/** `Subscriptions` */
export const SUBSCRIPTIONS = Symbol('SUBSCRIPTIONS')
/** `ReadModels` */
export const READ_MODELS = Symbol('READ_MODELS')
/** `Topics` */
export const TOPICS = Symbol('TOPICS')
/** `Consumers` */
export const CONSUMERS = Symbol('CONSUMERS')
/** `Publications` */
export const PUBLICATIONS = Symbol('PUBLICATIONS')
/** `StartWork` */
export const START_WORK = Symbol('START_WORK')
/** `Ticks` */
export const TICKS = Symbol('TICKS')
/** `LogTail` */
export const LOG_TAIL = Symbol('LOG_TAIL')
/** `Registry` of prom-client: `/metrics` shows what is registered here. */
export const METRICS = Symbol('METRICS')
/** Of the host itself: `Meters`, `Health`, and what makes the OpenAPI document. */
export const HEALTH = Symbol('HEALTH')
export const OPENAPI = Symbol('OPENAPI')
export const CAUGHT_UP = Symbol('CAUGHT_UP')
export const METERS = Symbol('METERS')

export interface People {
  /** The person whom the source calls by this name; undefined when nobody is known by it or the source may not speak for people. */
  personOf(name: string, source: string): string | undefined
  /** Another one whenever an answer may be another one. */
  readonly fingerprint: string
}

export interface Callers {
  /** Of a bearer token; undefined when we do not know it. */
  callerOf(token: string): Caller | undefined
}

export interface Subscriptions {
  /** Runs from start to stop, on one replica at a time. */
  add(subscription: Subscription): void
}

export interface ReadModels {
  /** Builds it, keeps it current, and makes its name known to `@Reads(name)`. */
  add(readModel: ReadModel): void
}

export interface Topics {
  /** Makes the topic at start when it is missing. Consumers and publications add theirs by themselves. */
  add(name: string): void
}

/** A consumer of Kafka topics; without brokers it does not run. */
export type Consumer = Pick<BusSubscription, 'group' | 'topics' | 'handle'>

export interface Consumers {
  add(consumer: Consumer): void
}

/**
 * Events of the log, as messages on a topic: at least once, in log order, each with the id that it always has. It goes on from its own
 * cursor, waits there while there are no brokers, and runs on one replica at a time.
 */
export interface Publication {
  /** Kebab noun; it names the cursor, so never change it. */
  readonly name: string
  readonly filter: Filter
  readonly topic: string
  /** None for an event that is not told. Must be deterministic: a message that goes twice goes the same. */
  toMessages(batch: NonEmpty<Recorded>): readonly Message[] | Promise<readonly Message[]>
}

export interface Publications {
  add(publication: Publication): void
}

export interface StartWork {
  /** Runs once at each start, after tables stand and before the door opens; it must bear to be repeated and to run on several replicas. */
  add(name: string, work: () => Promise<void>): void
}

export interface Ticks {
  /** Runs the work every so many milliseconds, on one replica at a time, never twice at once. What it throws is logged; the next tick comes. */
  every(name: string, milliseconds: number, work: (signal: AbortSignal) => Promise<void>): void
}

/** The newest events of the log, one reader for the whole process. */
export interface LogTail {
  /**
   * The first answer that is not undefined which `find` gives for an event behind `after` (a position, such as that of what was just
   * appended); undefined when the time is up or the signal aborts.
   */
  waitFor<T>(find: (event: RecordedEvent) => T | undefined, options: WaitOptions): Promise<T | undefined>
  /** Hears every batch from now on, in position order. Returns what ends it. The callback MUST NOT throw. */
  listen(callback: (batch: NonEmpty<RecordedEvent>) => void): () => void
  /** Position up to which listeners have heard. */
  position(): number
}

export interface WaitOptions {
  readonly after: number
  readonly timeoutMs: number
  readonly filter?: Filter
  readonly signal?: AbortSignal
}

export type { Clock, EventStore, MessageBus, Settings, Sha256, Sql, Logger, Registry }

import { setMaxListeners } from 'node:events'
import {
  largestBatch,
  matches,
  type Cursor,
  type EventStore,
  type Filter,
  type Logger,
  type Position,
  type RecordedEvent,
} from '@muster/event-store'
import { isNonEmpty, pause, type Clock, type NonEmpty } from '@muster/kernel'
import { inBatches } from './batches.ts'
import { connect } from './connection.ts'
import { makeKnownStreams } from './known-streams.ts'
import { beginnings, makeLogReader, placeOf, positionOf } from './log-reader.ts'
import { makeQuiet } from './quiet.ts'
import { subscriptionRequest, type Place } from './requests.ts'
import { makeRounds } from './rounds.ts'
import { storedEvent } from './stored.ts'
import { isInvalidPosition, isUnavailable, orUnavailable } from './unavailable.ts'
import { makeWriter } from './writer.ts'

/*
 * The log on KurrentDB, or on EventStoreDB since 22.6.
 *
 * The server keeps streams and their order; what the port asks beyond that is made here: a repeat is told from a write and content is
 * compared (`writer`), time does not go back (`rounds`), and a position may be any number (`log-reader`).
 * Subscriptions are the server's own, of its whole log: it catches up, then sends what comes, and says from time to time how far it has
 * come where nothing is wanted. A lost one begins again behind the last of both.
 */

export interface KurrentdbEventStoreSettings {
  /** `esdb://host:2113?tls=false`, or `esdb+discover://…` for a cluster. */
  readonly url: string
  readonly now: Clock
  readonly logger: Logger
  /** How long an append or a page may take, in milliseconds. */
  readonly timeoutMs?: number
  /** The log begins behind this position. For tests, which share a server that cannot be emptied. */
  readonly origin?: Position
}

export interface KurrentdbEventStore extends EventStore {
  /** Ends subscriptions and the connection. */
  close(): Promise<void>
}

/** Events do not say where they are in the whole log when a stream of them is read. */
export class OldServer extends Error {
  override readonly name = 'OldServer'

  constructor(version: string) {
    super(`the log's server has version ${version}, and Muster needs 22.6 or newer: update it, it keeps what it has`)
  }
}

/** Content of one batch, in bytes: what many subscriptions of one process can hold at once even when every event is as long as may be. */
const batchBytes = 4 * 1024 * 1024

/** @throws OldServer, StoreUnavailable, and what the client says of a wrong url */
export async function kurrentdbEventStore(settings: KurrentdbEventStoreSettings): Promise<KurrentdbEventStore> {
  const { url, now, logger, timeoutMs = 10_000, origin = 0 } = settings
  const connection = connect({ url, timeoutMs })
  const closing = new AbortController()
  // Every read that runs listens to it until it is done, and a call reads as many streams at once as it is about.
  setMaxListeners(0, closing.signal)
  const quiet = makeQuiet()
  const rounds = makeRounds(now)
  const known = makeKnownStreams()
  const saw = ({ position, recordedtime }: RecordedEvent): void => {
    quiet.saw(position)
    rounds.saw(recordedtime)
  }
  const reader = makeLogReader(connection, quiet, saw)
  const writer = makeWriter({ connection, reader, known, rounds })
  const behind = (after: Cursor | 'start'): Position => Math.max(positionOf(after), origin)

  async function head(): Promise<Position> {
    const newest = await reader.newest()
    return newest === undefined || newest.event.position <= origin ? 0 : newest.event.position
  }

  try {
    await orUnavailable(refuseOld(await orUnavailable(connection.serverVersion())))
    // Whatever the clock says after a restart, time goes on from where the log is.
    await orUnavailable(head())
  } catch (error) {
    await connection.close()
    throw error
  }

  type Item = { readonly place: Place; readonly event?: RecordedEvent; readonly following?: number }

  async function* items(after: Place, filter: Filter, signal: AbortSignal): AsyncGenerator<Item> {
    for await (const response of connection.read(subscriptionRequest(after, filter), signal)) {
      const read = response.getEvent()
      const checkpoint = response.getCheckpoint()
      if (read !== undefined) {
        const { event, following } = storedEvent({ event: read })
        saw(event)
        yield matches(event, filter) ? { place: placeOf(event.position), event, following } : { place: placeOf(event.position), following }
      } else if (checkpoint !== undefined)
        yield { place: { commit: checkpoint.getCommitPosition(), prepare: checkpoint.getPreparePosition() } }
    }
  }

  async function* subscribe(after: Cursor | 'start', filter: Filter, leaving: AbortSignal): AsyncGenerator<NonEmpty<RecordedEvent>> {
    const signal = AbortSignal.any([leaving, closing.signal])
    if (filter.categories?.length === 0) return await aborted(signal)
    let seen = behind(after)
    const begin = beginnings(seen)
    let place = begin.next().value ?? placeOf(seen)
    for (let failures = 0; !signal.aborted; failures += 1) {
      const ending = new AbortController()
      try {
        const source = items(place, filter, AbortSignal.any([signal, ending.signal]))
        for await (const batch of inBatches(source, sizeOf, { items: largestBatch, bytes: batchBytes }, () => ending.abort(), isWhole)) {
          failures = 0
          if (signal.aborted) return
          const events = batch.flatMap(({ event }) => (event !== undefined && event.position > seen ? [event] : []))
          place = batch.at(-1)?.place ?? place
          seen = events.at(-1)?.position ?? seen
          if (isNonEmpty(events)) yield events
        }
      } catch (error) {
        if (isInvalidPosition(error)) {
          const next = begin.next()
          if (next.done === true) throw error
          place = next.value
          continue
        }
        if (!isUnavailable(error)) throw error
        if (failures === 0) logger.warn({ err: error }, 'the log cannot be read; subscriptions wait')
      }
      // Also after an end without an error: a server that stops says nothing.
      await pause(Math.min(2_000, 50 * 2 ** Math.min(failures, 10)), signal)
    }
  }

  return {
    append: writes => orUnavailable(writer.append(writes)),
    async read(streams, { through = Infinity } = {}) {
      const names = [...new Set(streams)]
      const found = await orUnavailable(Promise.all(names.map(name => reader.stream(name, { from: 0 }))))
      for (const [index, name] of names.entries())
        known.learn(
          name,
          (found[index] ?? []).map(({ event }) => event),
        )
      const events = found.flat().map(({ event }) => event)
      return events.filter(({ position }) => position <= through).toSorted((a, b) => a.position - b.position)
    },
    async readLog(after, filter, limit) {
      const position = behind(after)
      return filter.categories?.length === 0 ? [] : await orUnavailable(reader.page(position, filter, limit))
    },
    subscribe,
    head: () => orUnavailable(head()),
    cursorAt: String,
    async reachable() {
      try {
        await orUnavailable(head())
        return true
      } catch (error) {
        logger.debug({ err: error }, 'the log is not reachable')
        return false
      }
    },
    async close() {
      closing.abort()
      await connection.close()
    },
  }
}

const sizeOf = ({ event }: { readonly event?: RecordedEvent }): number => event?.data.length ?? 0

const isWhole = ({ following = 0 }: { readonly following?: number }): boolean => following === 0

async function refuseOld(version: string): Promise<void> {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (!(major > 22 || (major === 22 && minor >= 6))) throw new OldServer(version)
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

import { randomUUID } from 'node:crypto'
import type { StreamName } from '@muster/contracts'
import { judge, type NewEvent, type RecordedEvent, type Recognised, type Revision, type Write, type WriteResult } from '@muster/event-store'
import { groupBy, type NonEmpty } from '@muster/kernel'
import type { Connection } from './connection.ts'
import type { KnownStream, KnownStreams } from './known-streams.ts'
import type { LogReader } from './log-reader.ts'
import { appendRequests } from './requests.ts'
import type { Rounds } from './rounds.ts'
import type { Metadata } from './stored.ts'
import { reasonOf } from './unavailable.ts'

/*
 * Writes to streams, one write after the other, each atomic by itself.
 *
 * The port's rule is judged here (`judge`), by what is known of the streams; the server's expected revision then holds what was judged to be
 * true at the moment of the write. When it is not, the stream is read on and the write is judged again: each such round sees at least one
 * more write that was first, so the rounds end.
 *
 * The server takes a repeat of ids for a success without looking at their content, and whatever connection was lost, a write may still
 * arrive. So what was written is read again: the attempt that it bears says whether it was this one.
 */

export interface Writer {
  append(writes: NonEmpty<Write>): Promise<readonly WriteResult[]>
}

export interface WriterParts {
  readonly connection: Connection
  readonly reader: LogReader
  readonly known: KnownStreams
  readonly rounds: Rounds
}

/** Whoever is faster has written, and the next look judges that; to lose so often in a row is no race any longer. */
const mostAttempts = 20

/** The server was set to take less at once than Muster writes. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge'

  constructor(stream: StreamName, count: number, cause: unknown) {
    super(`${count} events for ${stream} are more than the server takes at once: raise its MaxAppendSize, 16777215 fits`, { cause })
  }
}

export function makeWriter({ connection, reader, known, rounds }: WriterParts): Writer {
  async function look(stream: StreamName): Promise<KnownStream> {
    const events = await reader.stream(stream, { from: (known.get(stream)?.revision ?? -1) + 1 })
    known.learn(
      stream,
      events.map(({ event }) => event),
    )
    return known.get(stream) ?? nothing
  }

  /** Undefined: the stream has moved on. */
  async function write(order: Write): Promise<WriteResult | undefined> {
    const { stream, expected, events } = order
    const attempt = randomUUID()
    const response = await rounds
      .run(recordedtime =>
        connection.append(appendRequests(order, (event, following) => metadataOf(event, recordedtime, attempt, following))),
      )
      .catch((error: unknown) => {
        throw reasonOf(error)?.startsWith('maximum-append') === true ? new AppendTooLarge(stream, events.length, error) : error
      })
    if (!response.hasSuccess()) return undefined
    const last = (expected === 'no-stream' ? -1 : expected) + events.length
    const [stored] = await reader.stream(stream, { from: last, backwards: true, count: 1 })
    if (stored?.attempt !== attempt) return undefined
    const { position } = stored.event
    // Of those before the last only the id matters from now on.
    const written = events.map(({ id }, index) => ({ id, revision: last - events.length + 1 + index, position }))
    known.learn(stream, written)
    return { kind: 'written', revision: last, position }
  }

  async function settle(order: Write, streams: Map<StreamName, KnownStream>, looked: Set<StreamName>): Promise<WriteResult> {
    const { stream } = order
    const again = async (): Promise<void> => {
      streams.set(stream, await look(stream))
      looked.add(stream)
    }
    for (let attempts = 0; attempts < mostAttempts; attempts += 1) {
      const found = await contentsOf(order.events, streams, reader)
      const [result] = judge([order], {
        current(name) {
          const tip = streams.get(name)
          return tip === undefined || tip.revision < 0 ? undefined : tip
        },
        find: id => found.get(id.toLowerCase()),
      }).results(0)
      switch (result?.kind) {
        case undefined:
        case 'repeated':
        case 'id-reused':
          return result as WriteResult
        case 'wrong-revision':
          // What is known may be old; what was read since the call began is not.
          if (looked.has(stream)) return result
          await again()
          break
        case 'written': {
          const written = await write(order)
          if (written !== undefined) return written
          await again()
          break
        }
      }
    }
    throw new Error(`${mostAttempts} times what was to be written had moved on: is something else writing to ${stream}?`)
  }

  return {
    async append(writes) {
      const looked = new Set<StreamName>()
      const streams = new Map<StreamName, KnownStream>()
      await Promise.all(
        [...new Set(writes.map(({ stream }) => stream))].map(async stream => {
          const before = known.get(stream)
          if (before === undefined) looked.add(stream)
          streams.set(stream, before ?? (await look(stream)))
        }),
      )
      const results: WriteResult[] = []
      for (const order of writes) {
        results.push(await settle(order, streams, looked))
        streams.set(order.stream, known.get(order.stream) ?? (await look(order.stream)))
      }
      return results
    },
  }
}

const nothing: KnownStream = { ids: new Map(), revision: -1, position: 0 }

/** What the log has under the ids of these events, as far as it is in the streams of this call. A repeat is rare, so its content is read again. */
async function contentsOf(
  events: readonly NewEvent[],
  streams: ReadonlyMap<StreamName, KnownStream>,
  reader: LogReader,
): Promise<ReadonlyMap<string, Recognised>> {
  const places: { readonly stream: StreamName; readonly revision: Revision }[] = []
  for (const { id } of events) {
    for (const [stream, { ids }] of streams) {
      const revision = ids.get(id.toLowerCase())
      if (revision !== undefined) places.push({ stream, revision })
    }
  }
  const contents = new Map<string, Recognised>()
  await Promise.all(
    [...groupBy(places, ({ stream }) => stream)].map(async ([stream, found]) => {
      const revisions = found.map(({ revision }) => revision)
      const from = Math.min(...revisions)
      const stored = await reader.stream(stream, { from, count: Math.max(...revisions) - from + 1 })
      for (const { event } of stored) contents.set(event.id.toLowerCase(), recognised(event))
    }),
  )
  return contents
}

const recognised = ({ stream, revision, position, type, context, data }: RecordedEvent): Recognised => ({
  stream,
  revision,
  position,
  type,
  subject: context.subject,
  data,
})

const metadataOf = ({ context }: NewEvent, recordedtime: string, attempt: string, following: number): Metadata => ({
  context,
  recordedtime,
  attempt,
  following,
  $correlationId: context.correlationid,
  ...(context.causationid !== undefined && { $causationId: context.causationid }),
})

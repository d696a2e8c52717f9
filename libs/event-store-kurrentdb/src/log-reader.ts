import type { StreamName } from '@muster/contracts'
import { matches, type Cursor, type Filter, type Position, type RecordedEvent } from '@muster/event-store'
import type { Connection } from './connection.ts'
import type { Quiet } from './quiet.ts'
import { pageRequest, streamRequest, type Place, type StreamRange } from './requests.ts'
import { ForeignEvent, storedEvent, type Stored } from './stored.ts'
import { isInvalidPosition } from './unavailable.ts'

/*
 * Reads streams and the whole log.
 *
 * A position is the place of a record in the server's log, in bytes. The server reads only from where a record begins, and callers may ask
 * from any number: then it is read from the beginning of the chunk, where a record always begins, and what comes too early is passed over.
 */

export interface LogReader {
  /** From a revision on, upwards or downwards. An unknown stream is empty. */
  stream(stream: StreamName, range: StreamRange): Promise<readonly Stored[]>
  page(after: Position, filter: Filter, limit: number): Promise<readonly RecordedEvent[]>
  /** The newest event, if there is one. */
  newest(): Promise<Stored | undefined>
}

/** At most this many a call, so that none takes long enough to be cut off. */
const mostInCall = 5_000

export function makeLogReader(connection: Connection, quiet: Quiet, saw: (event: RecordedEvent) => void): LogReader {
  async function collect(request: ReturnType<typeof pageRequest>): Promise<Stored[]> {
    const found: Stored[] = []
    for await (const response of connection.read(request)) {
      const read = response.getEvent()
      if (read === undefined) continue
      const stored = storedEvent({ event: read })
      saw(stored.event)
      found.push(stored)
    }
    return found
  }

  async function from(position: Position, filter: Filter, count: number): Promise<Stored[]> {
    for (const begin of beginnings(position)) {
      try {
        return await collect(pageRequest(begin, filter, count))
      } catch (error) {
        if (!isInvalidPosition(error) || begin.commit === '0') throw error
      }
    }
    throw new RangeError(`the log cannot be read from ${position}`)
  }

  return {
    async stream(stream, range) {
      const found: Stored[] = []
      const { backwards = false, count = Infinity } = range
      for (let from = range.from; from >= 0 && found.length < count;) {
        const most = Math.min(mostInCall, count - found.length)
        const page = await collect(streamRequest(stream, { from, backwards, count: most }))
        // Numbered from where it was asked: a stream that was cut off or deleted on the server is not the whole truth any longer.
        const odd = page.findIndex(({ event }, index) => event.revision !== (backwards ? from - index : from + index))
        if (odd !== -1) throw new ForeignEvent(stream, String(page[odd]?.event.revision), 'follows a gap, so the stream was cut off')
        found.push(...page)
        if (page.length < most) break
        from = backwards ? from - page.length : from + page.length
      }
      return found
    },

    async page(after, filter, limit) {
      const found: RecordedEvent[] = []
      const seen = quiet.horizon()
      let position = quiet.skip(filter, after)
      while (found.length < limit) {
        // The event at the position itself comes again.
        const count = Math.min(mostInCall, limit - found.length + 1)
        const page = await from(position, filter, count)
        for (const { event } of page) if (event.position > after && matches(event, filter) && found.length < limit) found.push(event)
        const last = page.at(-1)?.event.position ?? position
        if (page.length < count) {
          quiet.note(filter, { from: Math.max(last, after), through: seen })
          break
        }
        position = last
      }
      return found
    },

    async newest() {
      const [newest] = await collect(pageRequest('end', {}, 1))
      return newest
    },
  }
}

/** The server's unit of storage, as it is unless somebody set it otherwise; then a read begins at the start of the log instead. */
const chunkBytes = 256 * 1024 * 1024

/** Where to begin to read what comes after the position: at it, else at the chunk that has it, else at the beginning. */
export function* beginnings(position: Position): Generator<Place> {
  yield placeOf(position)
  const chunk = position - (position % chunkBytes)
  if (chunk > 0 && chunk !== position) yield placeOf(chunk)
  if (position > 0) yield placeOf(0)
}

export const placeOf = (position: Position): Place => ({ commit: String(position), prepare: String(position) })

/** @throws RangeError */
export function positionOf(cursor: Cursor | 'start'): Position {
  if (cursor === 'start') return 0
  if (!/^\d{1,16}$/.test(cursor) || !Number.isSafeInteger(Number(cursor))) throw new RangeError(`"${cursor}" is not a cursor of this store`)
  return Number(cursor)
}

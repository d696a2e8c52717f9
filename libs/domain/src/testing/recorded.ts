import { createHash } from 'node:crypto'
import { decodeEvent, encodeEvent, parseStream, newestDefinition, wireType, type AnyEvent, type Recorded } from '@muster/contracts'
import { digestOf, type Sha256 } from '@muster/kernel'

/* Test data that every specification needs: hashes, events as they stand in the log, and the log's codec as a store. */

export const sha256: Sha256 = bytes => createHash('sha256').update(bytes).digest()
export const digest = (of: string): string => digestOf(sha256, of)
/** The nth event of a log. */
export const eventId = (position: number): string => `00000000-0000-4000-8000-${String(position).padStart(12, '0')}`

interface When {
  /** When it was recorded, and, unless `claimed` says otherwise, when it happened. */
  readonly at?: string
  readonly claimed?: string
  readonly position?: number
  readonly source?: string
}

/** An event of a stream, as it was recorded. */
export function recorded<Event extends AnyEvent>(
  stream: string,
  event: Event,
  { at = '2026-11-01T00:00:00.000Z', claimed = at, position = 0, source = '/pipelines/credit' }: When = {},
): Recorded<Event> {
  const { subject } = parseStream(stream)
  const id = eventId(position)
  const definition = newestDefinition(event.type)
  return {
    event,
    id,
    stream,
    revision: 0,
    position,
    recordedtime: at,
    context: {
      id,
      source,
      type: definition === undefined ? event.type : wireType(definition),
      subject,
      partitionkey: subject,
      time: claimed,
      correlationid: id,
    },
  }
}

/** What comes back of an event after it was written to the log. */
export const store = <Event extends AnyEvent>(event: Event): Event => decodeEvent(encodeEvent(event)) as Event

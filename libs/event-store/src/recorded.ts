import { decodeEvent, findDefinition, type AnyEvent } from '@muster/contracts'
import type { RecordedEvent } from './event-store.ts'

/** An event of the log with its content as domain code sees it: flat, in the newest version. Shared by all who read it: never change it. */
export interface Recorded<Event extends AnyEvent = AnyEvent> extends RecordedEvent {
  readonly event: Event
}

/*
 * Several subscriptions of one process read the same events at about the same time, and parsing is the most of what reading costs. So the
 * newest contents are kept, for the very same text only: in two generations, of which the older is dropped whole when the newer is full. (To take the oldest
 * out of one map, one by one, means to step over all that was taken out before, each time.)
 */
interface Entry {
  readonly type: string
  readonly data: string
  readonly event: AnyEvent
}
const mostInGeneration = 4 * 1024 * 1024
let [newer, older] = [new Map<string, Entry>(), new Map<string, Entry>()]
let size = 0

/** @throws UnknownEventType: nobody may skip it. */
export function decode(recorded: RecordedEvent): Recorded {
  const { id, type, data } = recorded
  const known = newer.get(id) ?? older.get(id)
  if (known !== undefined && known.type === type && known.data === data) return withContent(recorded, known.event)
  const event = decodeEvent(recorded)
  // Another text under the same id: it was erased, and the clear one is not kept.
  if (known !== undefined) older.delete(id)
  newer.set(id, { type, data, event })
  size += data.length
  if (size > mostInGeneration) {
    older = newer
    newer = new Map()
    size = 0
  }
  return withContent(recorded, event)
}

/** Those that this release knows: for reasons and words, which what a newer one recorded takes away nowhere but in itself. */
export const decodeKnown = (events: readonly RecordedEvent[]): readonly Recorded[] =>
  events.filter(({ type }) => findDefinition(type) !== undefined).map(decode)

/** Written out: copying what is not known beforehand takes several times as long, and every event of every reader passes here. */
const withContent = (
  { stream, revision, position, cursor, recordedtime, id, type, data, context }: RecordedEvent,
  event: AnyEvent,
): Recorded => ({ stream, revision, position, cursor, recordedtime, id, type, data, context, event })

import { decodeEvent, type AnyEvent } from '@muster/contracts'
import type { RecordedEvent } from './event-store.ts'

/** An event of the log with its content as domain code sees it: flat, in the newest version. */
export interface Recorded<Event extends AnyEvent = AnyEvent> extends RecordedEvent {
  readonly event: Event
}

/** @throws UnknownEventType: nobody may skip it. */
export const decode = (recorded: RecordedEvent): Recorded => ({ ...recorded, event: decodeEvent(recorded) })

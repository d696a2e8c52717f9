export { derivedEventId, incomingEventId } from './event-id.ts'
export type { Cursor, EventStore, Filter, NewEvent, Position, RecordedEvent, Revision, Write, WriteResult } from './event-store.ts'

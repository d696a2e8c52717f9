export { kurrentdbEventStore, OldServer, type KurrentdbEventStore, type KurrentdbEventStoreSettings } from './kurrentdb-event-store.ts'
export { ForeignEvent } from './stored.ts'
export { AppendTooLarge } from './writer.ts'

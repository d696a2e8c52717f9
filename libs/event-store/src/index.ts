export { EventNotSealable, EventTooLong, IdReused, StoreUnavailable, TooMuchContention } from './errors.ts'
export { derivedEventId, incomingEventId } from './event-id.ts'
export {
  largestBatch,
  type Cursor,
  type EventStore,
  type Filter,
  type NewEvent,
  type Position,
  type RecordedEvent,
  type Revision,
  type Write,
  type WriteResult,
} from './event-store.ts'
export { matches, union } from './filter.ts'
export { execute, executeAll, type CommandContext, type Order, type Outcome } from './execute.ts'
export { judge, type Content, type Judgement, type Recognised, type Row, type Standing } from './judge.ts'
export type { Logger } from './logger.ts'
export { memoryEventStore } from './memory-event-store.ts'
export { decode, decodeKnown, type Recorded } from './recorded.ts'
export { decryptText, encryptText, keyIdOf, PersonalTextDamaged, type PersonalPlace, type PersonKey } from './personal/cipher.ts'
export { memoryKeyVault, type KeyVault } from './personal/key-vault.ts'
export { personalEventStore, type PersonalEventStore } from './personal/personal-event-store.ts'

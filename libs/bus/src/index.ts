export { backOffFor, type BackOff } from './back-off.ts'
export { BusError, type BusProblem } from './bus-error.ts'
export type { Lag, Message, MessageBus, ReceivedMessage, Subscription, Topic } from './bus.ts'
export { memoryBus, type MemoryBusOptions } from './memory-bus.ts'

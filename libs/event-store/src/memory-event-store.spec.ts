import { memoryEventStore } from './memory-event-store.ts'
import { eventStoreContract } from './testing/index.ts'

eventStoreContract('memory', async now => memoryEventStore({ now }))

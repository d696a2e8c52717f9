import { memoryBus } from './memory-bus.ts'
import { busContract } from './testing/index.ts'

busContract('memory', () => memoryBus())

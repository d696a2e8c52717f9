export { busContract } from './contract.ts'
export { collector, eventually, type Collector } from './collector.ts'

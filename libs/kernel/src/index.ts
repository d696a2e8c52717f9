export { deny, fold, record, reject, unchanged, type Decider, type Decision } from './decider.ts'
export { digestOf, type Clock, type Sha256 } from './injected.ts'
export { groupBy, isNonEmpty, type NonEmpty } from './non-empty.ts'
export { pause } from './pause.ts'

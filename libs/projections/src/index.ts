export { caughtUp, seenThrough, type ProgressDeps } from './caught-up.ts'
export { openSql, type DatabaseSettings } from './database.ts'
export { exclusively, holdLock, tryLock, type Hold } from './lock.ts'
export { migrate, NewerSchema } from './migrate.ts'
export { countParked, listParked, parkedStreams, requestRetry } from './parked.ts'
export {
  prepareReadModel,
  rebuildReadModel,
  runReadModel,
  schemaOf,
  subscriptionOf,
  type ReadModel,
  type ReadModelDeps,
} from './read-model.ts'
export { runSubscription, type RunnerDeps } from './runner.ts'
export { StandStill } from './stand-still.ts'
export type { Database, Sql } from './sql.ts'
export type { BatchInfo, Subscription } from './subscription.ts'
export { isTransient, isUnavailable } from './transient.ts'
export { masterKey, type MasterKey } from './personal/master-key.ts'
export { OtherMasterKey, postgresKeyVault } from './personal/postgres-key-vault.ts'
export type { PersonalColumn } from './personal/forget.ts'

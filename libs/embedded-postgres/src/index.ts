export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.ts'
export { EmbeddedPostgresError } from './error.ts'
export { holdInstanceLock } from './instance-lock.ts'

export { postgresEventStore, type PostgresEventStore, type PostgresEventStoreSettings } from './postgres-event-store.ts'
export { NewerLog } from './schema.ts'

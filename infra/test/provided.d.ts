import 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of a PostgreSQL whose user may make databases: see `freshDatabase`. */
    databaseUrl: string
    /** `host:port`, separated by commas; empty where Kafka cannot run, and then its tests are skipped. */
    kafkaBrokers: string
  }
}

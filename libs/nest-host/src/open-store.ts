import { personalEventStore, type EventStore } from '@muster/event-store'
import { kurrentdbEventStore } from '@muster/event-store-kurrentdb'
import { postgresEventStore } from '@muster/event-store-postgres'
import type { Clock } from '@muster/kernel'
import { masterKey, postgresKeyVault, type Sql } from '@muster/projections'
import type { Logger } from 'pino'
import type { Settings } from './settings.ts'

export interface OpenStoreParts {
  readonly settings: Settings
  readonly databaseUrl: string
  readonly clock: Clock
  readonly logger: Logger
  /** To the database, where the log is there. */
  readonly connections: number
}

/** The log, where the settings say that it is kept. */
export async function openStore(parts: OpenStoreParts): Promise<EventStore & { close(): Promise<void> }> {
  const { settings, databaseUrl, clock: now, logger, connections } = parts
  switch (settings.store) {
    case 'postgres':
      return await postgresEventStore({ url: databaseUrl, now, logger, connections })
    case 'kurrentdb':
      // The schema of the settings has asked for it.
      return await kurrentdbEventStore({ url: settings.kurrentdb.url ?? '', now, logger })
  }
}

export interface PersonalTextParts {
  /** The log as it is stored. */
  readonly raw: EventStore
  readonly sql: Sql
  readonly masterKey: Uint8Array
  readonly logger: Logger
}

/** The log as everybody reads it, with personal text in clear. What was ever erased is so again. @throws OtherMasterKey, NewerSchema */
export async function withPersonalText({ raw, sql, masterKey: bytes, logger }: PersonalTextParts): Promise<EventStore> {
  const vault = await postgresKeyVault({ sql, master: masterKey(bytes), logger })
  const store = personalEventStore({ raw, vault, logger })
  await store.reapplyErasures()
  return store
}

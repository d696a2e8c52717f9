import type { EventStore } from '@muster/event-store'
import { kurrentdbEventStore } from '@muster/event-store-kurrentdb'
import { postgresEventStore } from '@muster/event-store-postgres'
import type { Clock } from '@muster/kernel'
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

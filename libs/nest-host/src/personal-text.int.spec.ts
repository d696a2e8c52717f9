import { personalTextContract } from '@muster/event-store/testing'
import { kurrentdbEventStore } from '@muster/event-store-kurrentdb'
import { postgresEventStore } from '@muster/event-store-postgres'
import type { Clock } from '@muster/kernel'
import pino from 'pino'
import { afterAll, inject } from 'vitest'
import { freshDatabase } from '../../../infra/test/database.ts'
import { kurrentdbDouble } from '../../event-store-kurrentdb/src/testing/index.ts'

/* Both stores that a host can open. */

const logger = pino({ level: 'silent' })
const double = await kurrentdbDouble()
const undo: (() => Promise<void>)[] = [async () => double.close()]
afterAll(async () => {
  for (const each of undo.toReversed()) await each()
})

personalTextContract('PostgreSQL', async now => {
  const database = await freshDatabase(inject('databaseUrl'))
  const store = await postgresEventStore({ url: database.url, now, logger })
  undo.push(database.drop, () => store.close())
  return store
})

async function kurrentdb(now: Clock, origin: number): Promise<Awaited<ReturnType<typeof kurrentdbEventStore>>> {
  const store = await kurrentdbEventStore({ url: double.url, now, logger, origin })
  undo.push(() => store.close())
  return store
}

personalTextContract('KurrentDB', async now => kurrentdb(now, await (await kurrentdb(now, 0)).head()))

import { Client } from 'pg'
import { setTimeout as pause } from 'node:timers/promises'
import { EmbeddedPostgresError } from './error.ts'

/*
 * One Muster a database: a session advisory lock, which PostgreSQL gives back by itself when its holder dies.
 */

const key = `hashtextextended('muster instance', 0)`

/**
 * Takes the lock and returns what gives it back. Throws EmbeddedPostgresError when another Muster holds it, within a second: a killed
 * one is given that long to be noticed. Take it before anything else writes, and do not stop the server that another one uses.
 */
export async function holdInstanceLock(url: string): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: url, application_name: `muster ${process.pid}`, keepAlive: true })
  client.on('error', () => undefined)
  await client.connect()
  for (const end = Date.now() + 800; ; await pause(50)) {
    const { rows } = await client.query<{ held: boolean }>(`SELECT pg_try_advisory_lock(${key}) AS held`)
    if (rows[0]?.held) return () => client.end()
    if (Date.now() < end) continue
    const holder = await holderOf(client)
    await client.end()
    throw new EmbeddedPostgresError(
      `another muster already runs on ${where(url)}${holder}: stop it, or give this one its own MUSTER_DATA_DIR`,
    )
  }
}

async function holderOf(client: Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT application_name AS name FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND application_name ~ '^muster [0-9]+$'`,
  )
  return rows[0] ? ` (process ${rows[0].name.slice('muster '.length)})` : ''
}

function where(url: string): string {
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}

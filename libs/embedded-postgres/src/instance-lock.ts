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
 *
 * The lock is lost with its connection, when the database restarts; it is taken again as soon as the database is back. `onLost` hears
 * when another Muster was faster: then end.
 */
export async function holdInstanceLock(url: string, onLost: (error: Error) => void = () => undefined): Promise<() => Promise<void>> {
  let released = false
  let holder = await take(url, again)

  function again(): void {
    if (!released) void retake()
  }

  async function retake(): Promise<void> {
    for (;;) {
      await pause(250, undefined, { ref: false })
      if (released) return
      try {
        holder = await take(url, again)
        if (released) await holder.end()
        return
      } catch (error) {
        if (error instanceof EmbeddedPostgresError) return onLost(error)
        // The database is not back yet.
      }
    }
  }

  return async () => {
    released = true
    await holder.end()
  }
}

/** A connection that holds the lock; `onEnd` hears when it ends. */
async function take(url: string, onEnd: () => void): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: `muster ${process.pid}`, keepAlive: true })
  // The event `end` follows every error.
  client.on('error', () => undefined)
  await client.connect()
  try {
    for (const end = Date.now() + 800; ; await pause(50)) {
      const { rows } = await client.query<{ held: boolean }>(`SELECT pg_try_advisory_lock(${key}) AS held`)
      if (rows[0]?.held) break
      if (Date.now() < end) continue
      const message = `another muster already runs on ${where(url)}${await holderOf(client)}: stop it, or give this one its own MUSTER_DATA_DIR`
      throw new EmbeddedPostgresError(message)
    }
  } catch (error) {
    await client.end()
    throw error
  }
  return client.once('end', onEnd)
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

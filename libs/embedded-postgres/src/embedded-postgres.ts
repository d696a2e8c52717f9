import { Client } from 'pg'
import { setTimeout as pause } from 'node:timers/promises'
import { ensureCluster, readPassword } from './cluster.ts'
import { codeOf, EmbeddedPostgresError } from './error.ts'
import { choosePlace, systemFolder, type Place } from './place.ts'
import { freePort, launch, seeServer, serves, stopServer, type Launch } from './server.ts'
import { watchServer } from './watch.ts'

/*
 * A real PostgreSQL on 127.0.0.1 with a database `muster`, made in a folder on the first start and ready in about a second.
 *
 * Safe to kill at any moment: a half-made cluster is made again, a killed server recovers by its write-ahead log, and a server that
 * outlived us is adopted. Aborting the start leaves no process behind. Tried on Linux; macOS and Windows were not tried.
 */

export type EmbeddedPostgres = {
  /** Stays the same when the server is started again. */
  readonly url: string
  /** Where the data really is. */
  readonly dataDir: string
  /** The server was already running: an earlier Muster was killed, or another one runs (see `holdInstanceLock`). */
  readonly adopted: boolean
  /** Of the server now: it changes when the server was killed and is started again. */
  pid(): number
  stop(): Promise<void>
}

export type EmbeddedPostgresOptions = {
  readonly dataDir: string
  readonly log: (line: string) => void
  readonly signal?: AbortSignal
  /** A free one when left out; a server that is adopted keeps its own. */
  readonly port?: number
  /** Server settings; a server that is adopted keeps its own. */
  readonly settings?: Readonly<Record<string, string>>
  /** Where root's data and programs go when the database's user cannot reach `dataDir`. */
  readonly systemDir?: string
}

/** Throws EmbeddedPostgresError when it cannot serve, and the signal's reason when it was aborted. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, log, signal, port: wanted, settings = {}, systemDir = systemFolder } = options
  signal?.throwIfAborted()
  const place = await choosePlace(dataDir, systemDir, log)
  await ensureCluster(place, log, signal)
  const plan = { place, settings, log }
  let server = await bringUp(wanted === undefined ? plan : { ...plan, port: wanted }, signal)
  if (signal?.aborted) {
    await stopServer(server.pid, place.data)
    throw signal.reason
  }

  const { url, port, adopted } = server
  const watch = watchServer(
    () => serves(server.pid, place.data),
    async again => void (server = await bringUp({ ...plan, port }, again)),
    log,
  )
  return {
    url,
    dataDir: place.folder,
    adopted,
    pid: () => server.pid,
    async stop() {
      await watch.stop()
      await stopServer(server.pid, place.data)
    },
  }
}

type Plan = Launch & { readonly port?: number }
type Server = { readonly pid: number; readonly port: number; readonly url: string; readonly adopted: boolean }

/** Looks before it launches, and looks again after a launch that failed: another process may have been first, or an old one be ending. */
async function bringUp(plan: Plan, signal: AbortSignal | undefined): Promise<Server> {
  const { place } = plan
  const password = readPassword(place)
  const end = Date.now() + 30_000
  for (;;) {
    signal?.throwIfAborted()
    const seen = seeServer(place.data)
    if (seen?.ready) {
      const url = urlOf(seen.port, password)
      if (await answers(url, place)) return { ...seen, url, adopted: true }
    }
    let trouble = `process ${seen?.pid} serves it but does not answer`
    if (seen === undefined) {
      const launched = await launch(plan, plan.port ?? (await freePort()), signal)
      if (launched.kind === 'ready') return serve(launched, urlOf(launched.port, password), place)
      trouble = launched.because
      if (!passes(trouble)) throw cannotServe(place, trouble)
    }
    if (Date.now() > end) throw cannotServe(place, trouble)
    await pause(25)
  }
}

async function serve({ pid, port }: { pid: number; port: number }, url: string, place: Place): Promise<Server> {
  try {
    while (!(await answers(url, place))) {
      if (!serves(pid, place.data)) throw cannotServe(place, 'it ended as soon as it was ready')
      await pause(25)
    }
    return { pid, port, url, adopted: false }
  } catch (error) {
    await stopServer(pid, place.data)
    throw error
  }
}

/** What ends by itself: another start that is ahead of ours, a port taken meanwhile, the last processes of a server that was killed. */
const passes = (trouble: string): boolean => /lock file .* already exists|could not create any TCP|pre-existing shared memory/.test(trouble)

const cannotServe = ({ folder }: Place, trouble: string): EmbeddedPostgresError =>
  new EmbeddedPostgresError(`the database in ${folder} does not start: ${trouble}; see ${folder}/postgres.log`)

const urlOf = (port: number, password: string): string => `postgres://muster:${password}@127.0.0.1:${port}/muster`

/** Whether the server takes our connection, serves our data and has the database `muster`, which is made here when it is missing. */
async function answers(url: string, place: Place): Promise<boolean> {
  try {
    const [row] = await query<{ data: string }>(url, `SELECT current_setting('data_directory') AS data`)
    return row?.data === place.data
  } catch (error) {
    const code = codeOf(error)
    if (code === '3D000') return createDatabase(url)
    if (code === '28P01') {
      const message = `the password beside the database in ${place.data} is not its password: put the right file back`
      throw new EmbeddedPostgresError(message, { cause: error })
    }
    if (code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === '57P03') return false
    throw error
  }
}

async function createDatabase(url: string): Promise<true> {
  try {
    await query(url.replace(/muster$/, 'postgres'), 'CREATE DATABASE muster')
  } catch (error) {
    // Another process that starts at the same moment made it.
    if (codeOf(error) !== '42P04' && codeOf(error) !== '23505') throw error
  }
  return true
}

async function query<Row extends object>(url: string, text: string): Promise<readonly Row[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

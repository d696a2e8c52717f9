import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { moveInto, sweep } from './binaries.ts'
import { codeOf, EmbeddedPostgresError } from './error.ts'
import type { Place } from './place.ts'

/*
 * The cluster: a data folder of one major version, and its superuser's password beside it in a file that only its owner reads.
 *
 * A killed initdb leaves a folder that looks made, so initdb works in `data.new-<pid>` and the rename makes it real. Two processes may
 * do this at once: the first rename wins, and both used one password, because the password's file appears whole and once.
 */

/** Makes the cluster unless it is there. */
export async function ensureCluster(place: Place, log: (line: string) => void, signal: AbortSignal | undefined): Promise<void> {
  const { folder, data, binaries, account } = place
  if (existsSync(data)) return requireVersion(place)

  log(`making a new database in ${data}`)
  sweep(folder, 'data.new')
  ensurePassword(place)
  const fresh = `${data}.new-${process.pid}`
  mkdirSync(fresh, { mode: 0o700 })
  if (account) chownSync(fresh, account.uid, account.gid)
  try {
    const options = [
      '--username=muster',
      `--pwfile=${passwordFile(folder)}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--set=timezone=UTC',
      '--set=log_timezone=UTC',
    ]
    await run(join(binaries.folder, 'bin/initdb'), ['-D', fresh, ...options], place, signal)
    moveInto(fresh, data)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

export function readPassword({ folder, data }: Place): string {
  try {
    return readFileSync(passwordFile(folder), 'utf8')
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `the password of the database in ${data} cannot be read (${codeOf(cause)}): put ${passwordFile(folder)} back, or move ${data} away to start empty`,
      { cause },
    )
  }
}

function requireVersion({ data, binaries: { major } }: Place): void {
  const file = join(data, 'PG_VERSION')
  if (!existsSync(file))
    throw new EmbeddedPostgresError(`${data} is not a PostgreSQL data folder: move it away, or set MUSTER_DATA_DIR to another folder`)
  const version = readFileSync(file, 'utf8').trim()
  if (version === major) return
  throw new EmbeddedPostgresError(
    `the database in ${data} is of PostgreSQL ${version} and this Muster brings PostgreSQL ${major}: dump it with PostgreSQL ${version} and restore it into a new folder (MUSTER_DATA_DIR), or set MUSTER_DATABASE_URL to a server that runs it`,
  )
}

const passwordFile = (folder: string): string => join(folder, 'password')

function ensurePassword({ folder, account }: Place): void {
  if (existsSync(passwordFile(folder))) return
  const fresh = join(folder, `password.new-${process.pid}`)
  rmSync(fresh, { force: true })
  writeFileSync(fresh, randomBytes(24).toString('hex'), { mode: 0o600, flag: 'wx' })
  if (account) chownSync(fresh, account.uid, account.gid)
  try {
    linkSync(fresh, passwordFile(folder))
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    rmSync(fresh, { force: true })
  }
}

/** In a process group of its own, so that Ctrl-C reaches us alone and we end it in order. */
async function run(program: string, args: readonly string[], { account, data }: Place, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted()
  const child = spawn(program, args, {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { LC_ALL: 'C.UTF-8' },
  })
  let output = ''
  child.stdout.on('data', chunk => (output += String(chunk)))
  child.stderr.on('data', chunk => (output += String(chunk)))
  const abort = (): void => void child.kill('SIGTERM')
  signal?.addEventListener('abort', abort)
  try {
    const code = await new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done))
    signal?.throwIfAborted()
    if (code !== 0)
      throw new EmbeddedPostgresError(
        `the database in ${data} could not be made: ${lastWords(output)}; mend that, or set MUSTER_DATABASE_URL to a PostgreSQL of yours`,
      )
  } catch (error) {
    throw codeOf(error) === undefined ? error : cannotRun(program, error)
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

/** What a program of PostgreSQL said last before it gave up. */
export const lastWords = (output: string): string => {
  const lines = output.split('\n').filter(line => line.trim() !== '')
  const told = lines.findLast(line => /error:|FATAL:|PANIC:/.test(line)) ?? lines.at(-1) ?? 'it said nothing'
  return told.replace(/^.*?(?:error|FATAL|PANIC):\s*/, '')
}

export const cannotRun = (program: string, cause: unknown): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    `${program} cannot be run here (${codeOf(cause)}): set MUSTER_DATABASE_URL to a PostgreSQL of yours, or start Muster as a user other than root`,
    { cause },
  )

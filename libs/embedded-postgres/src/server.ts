import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, fstatSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { cannotRun, lastWords } from './cluster.ts'
import { codeOf, EmbeddedPostgresError } from './error.ts'
import type { Place } from './place.ts'

/*
 * One server process over a data folder: seen, launched, stopped.
 *
 * It is a process group of its own, so that neither Ctrl-C nor our death ends it before we say so. `postmaster.pid` tells who serves the
 * folder, but a file outlives a kill and a pid is used again, so the process's command line is looked at too.
 */

export type Seen = { readonly pid: number; readonly port: number; readonly ready: boolean }

/** The server that runs over the data now, if one does. */
export function seeServer(data: string): Seen | undefined {
  const [pid, , , port, , , , status] = readText(join(data, 'postmaster.pid')).split('\n')
  if (pid === undefined || !serves(Number(pid), data)) return undefined
  return { pid: Number(pid), port: Number(port), ready: status?.trim() === 'ready' }
}

export type Launched =
  | { readonly kind: 'ready'; readonly pid: number; readonly port: number }
  | { readonly kind: 'ended'; readonly because: string }

export type Launch = { readonly place: Place; readonly settings: Readonly<Record<string, string>>; readonly log: (line: string) => void }

/** Launches a server and waits until it takes connections or has ended. An abort ends it, and then throws. */
export async function launch({ place, settings, log }: Launch, port: number, signal: AbortSignal | undefined): Promise<Launched> {
  const { folder, data, binaries, account } = place
  const program = join(binaries.folder, 'bin/postgres')
  const file = join(folder, 'postgres.log')
  forgetReusedPid(data)
  const output = openLog(file)
  const from = fstatSync(output).size
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(program, ['-D', data, '-h', '127.0.0.1', '-k', '', '-p', String(port), ...options], {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['ignore', output, output],
    env: { LC_ALL: 'C.UTF-8' },
  })
  closeSync(output)
  let failure: unknown
  child.on('error', error => (failure = error)).unref()

  const patience = setTimeout(() => log(`the database recovers what was in flight when it was killed; its log is ${file}`), 3_000)
  try {
    while (child.exitCode === null && child.signalCode === null) {
      if (failure !== undefined) throw cannotRun(program, failure)
      if (signal?.aborted) {
        await endChild(child)
        throw signal.reason
      }
      const seen = seeServer(data)
      if (seen?.ready && seen.pid === child.pid) return { kind: 'ready', pid: seen.pid, port }
      await pause(5)
    }
  } finally {
    clearTimeout(patience)
  }
  return { kind: 'ended', because: lastWords(readText(file).slice(from)) }
}

/** Ends the server in order (a fast shutdown, about 50 ms); when it does not end in 20 s, without order: the next start recovers. */
export async function stopServer(pid: number, data: string): Promise<void> {
  for (const [signal, milliseconds] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (!serves(pid, data)) return
    process.kill(pid, signal)
    for (const end = Date.now() + milliseconds; Date.now() < end && serves(pid, data);) await pause(5)
  }
  if (serves(pid, data)) throw new EmbeddedPostgresError(`the database in ${data} does not end: end process ${pid} by hand`)
}

export const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer().on('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

async function endChild(child: ChildProcess): Promise<void> {
  for (const [signal, milliseconds] of [
    ['SIGINT', 10_000],
    ['SIGKILL', 5_000],
  ] as const) {
    child.kill(signal)
    for (const end = Date.now() + milliseconds; Date.now() < end && child.exitCode === null && child.signalCode === null;) await pause(5)
  }
}

/** Whether this process is alive and was launched over the data. Only Linux tells; elsewhere, whether it is alive. */
export function serves(pid: number, data: string): boolean {
  if (!(pid > 0)) return false
  if (process.platform === 'linux') return readText(`/proc/${pid}/cmdline`).includes(`\0-D\0${data}\0`)
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/**
 * PostgreSQL refuses to start while another program has the pid of a server that was killed, so the file gets a pid that cannot be.
 * The rest of the file stays: by it PostgreSQL knows whether processes of the killed server still use its memory.
 */
function forgetReusedPid(data: string): void {
  const file = join(data, 'postmaster.pid')
  const text = readText(file)
  const pid = Number.parseInt(text, 10)
  if (process.platform !== 'linux' || !(pid > 0) || serves(pid, data) || !existsSync(`/proc/${pid}`)) return
  writeFileSync(file, text.replace(/^\d+/, '2147483647'))
}

function openLog(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) renameSync(file, `${file}.1`)
  return openSync(file, 'a', 0o600)
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ESRCH') return ''
    throw error
  }
}

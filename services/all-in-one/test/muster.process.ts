import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { dataFolderFor } from '@muster/nest-host'

/* A real Muster, as users start it: another process, killed by signals like any other. */

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')

export interface MusterProcess {
  readonly url: string
  readonly pid: number
  readonly output: () => string
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>
}

export interface StartOptions {
  /** Relative to the repository; the embedded default when left out. */
  readonly entry?: string
  readonly args?: readonly string[]
  /** In place of Node with the entry and its arguments. */
  readonly command?: readonly [program: string, ...args: string[]]
  readonly env: Readonly<Record<string, string>>
  readonly seconds?: number
}

/** Resolves when it says that it is ready. Rejects, with all that it said, when it ends before or takes too long. */
export async function startMuster({
  entry = 'services/all-in-one/src/main.ts',
  args = [],
  command = [process.execPath, 'infra/build/run.mjs', entry, ...args],
  env,
  seconds = 60,
}: StartOptions): Promise<MusterProcess> {
  const [program, ...rest] = command
  const child = spawn(program, rest, {
    cwd: root,
    env: { ...withoutMuster(process.env), MUSTER_LOG_FORMAT: 'json', MUSTER_POLICIES_AUTHOR: 'tom', ...dataDirOf(env), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const exited = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      output += chunk.toString('utf8')
      const [, said] = /Muster is ready on (http:\/\/[^\s"]+)/.exec(output) ?? []
      if (said === undefined) return
      clearTimeout(timer)
      resolve(said)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    exited.then(([code]) => reject(new Error(`muster ended with ${code} before it was ready:\n${output}`))).catch(reject)
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`muster was not ready within ${seconds} s:\n${output}`))
    }, seconds * 1_000)
  })
  return {
    url,
    pid: pidOf(child),
    output: () => output,
    async stop() {
      child.kill('SIGTERM')
      await exited
      return child.exitCode
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** A database that is given has one data folder, whoever is started on it: the keys in it belong to the database. */
const dataDirOf = ({ MUSTER_DATABASE_URL: url }: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  url === undefined ? {} : { MUSTER_DATA_DIR: dataFolderFor(url) }

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('the process has not started')
  return pid
}

const withoutMuster = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('MUSTER_')))

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/* Programs of this repository as processes of their own, which end with us. */

/** `run.mjs` names the entry by its full path, whatever folder it was started from. */
export const root = dirname(dirname(process.argv[1] ?? ''))

/** A module of the tools, as it is: a bundle of it would look for its files beside the bundle. */
export const tool = (path: string): Promise<unknown> => import(pathToFileURL(join(root, path)).href)

export interface Program {
  readonly pid: number
  /** The first group of what it said when it was ready. */
  readonly said: string
  /** Rejects when it ends before it is stopped. */
  readonly crashed: Promise<never>
  /** SIGTERM; resolves when it has ended. */
  stop(): Promise<void>
}

/** What `work` started is ended, last first, however it ends: a signal too is an end. `work` puts what ends each part on the list as it goes. */
export async function endingWhatItStarts<Result>(work: (toEnd: (() => Promise<unknown>)[]) => Promise<Result>): Promise<Result> {
  const toEnd: (() => Promise<unknown>)[] = []
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => reject(new Error(`${signal}: stopped`)))
  })
  try {
    return await Promise.race([work(toEnd), interrupted])
  } finally {
    for (const end of toEnd.toReversed()) await end()
  }
}

const readyWithinMs = 60_000
/** Of its output, this much of the end is kept to tell what went wrong. */
const keptOutput = 8_000

/** As `npm start` has it. */
const flags = ['--max-semi-space-size=64']

/** Starts an entry and resolves when its output matches `ready`. With `profile`, a folder, its CPU profile is there when it has ended. */
export async function startProgram(
  entry: string,
  ready: RegExp,
  env: Readonly<Record<string, string>>,
  profile?: string,
): Promise<Program> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('MUSTER_'))
  const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(profile)}`]
  const child = spawn(process.execPath, [...flags, ...profiling, 'infra/build/run.mjs', entry], {
    cwd: root,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)
  const exited = once(child, 'exit').finally(() => process.off('exit', kill))

  let output = ''
  let isReady = false
  let stopping = false
  const said = new Promise<string>(resolve => {
    const hear = (chunk: Buffer): void => {
      output = `${output}${chunk.toString('utf8')}`.slice(-keptOutput)
      if (isReady) return
      const found = ready.exec(output)
      if (found === null) return
      isReady = true
      resolve(found[1] ?? '')
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
  })
  const crashed = exited.then(([code]): Promise<never> => {
    if (stopping) return new Promise(() => {})
    throw new Error(`${entry} ended with ${String(code)}:\n${output}`)
  })
  crashed.catch(() => {})
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`${entry} was not ready within ${readyWithinMs / 1_000} s:\n${output}`)), readyWithinMs).unref()
  })
  try {
    return {
      said: await Promise.race([said, crashed, late]),
      // It has been spawned: it has said something.
      pid: child.pid ?? 0,
      crashed,
      async stop() {
        stopping = true
        child.kill('SIGTERM')
        await exited
      },
    }
  } catch (error) {
    kill()
    throw error
  }
}

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { bundle } from '../../../../infra/build/run.mjs'
import { EmbeddedPostgresError, startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from '../index.ts'

/*
 * A folder of its own for each test, in which databases are started: in this process, or by a program that may be killed. After each
 * test everything is ended, and no process may be left.
 */

type Ready = { readonly url: string; readonly pid: number; readonly adopted: boolean }

export type Trial = {
  readonly folder: () => string
  readonly start: (options?: Partial<EmbeddedPostgresOptions>) => Promise<EmbeddedPostgres>
  /** Starts the same database in a process of its own. */
  readonly runProgram: () => ChildProcess
  readonly processes: () => readonly string[]
}

export function useTrial(): Trial {
  let program: string
  let base: string
  let started: EmbeddedPostgres[]
  let children: ChildProcess[]

  beforeAll(async () => {
    program = await bundle('libs/embedded-postgres/src/testing/serve.ts')
  })
  afterAll(() => rmSync(program))

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'muster-embedded-'))
    chmodSync(base, 0o755)
    started = []
    children = []
  })
  afterEach(async () => {
    for (const child of children) if (child.kill('SIGTERM')) await once(child, 'exit')
    for (const server of started) await server.stop()
    expect(processesOf(base)).toEqual([])
    rmSync(base, { recursive: true, force: true })
  })

  return {
    folder: () => base,
    async start(options = {}) {
      const server = await startEmbeddedPostgres({
        dataDir: join(base, 'db'),
        log: () => undefined,
        systemDir: join(base, 'system'),
        ...options,
      })
      started.push(server)
      return server
    },
    runProgram() {
      const child = spawn(process.execPath, [program, join(base, 'db')], { stdio: ['ignore', 'pipe', 'pipe'] })
      children.push(child)
      return child
    },
    processes: () => processesOf(base),
  }
}

/** What the program says when its database is ready. */
export async function readyLine(child: ChildProcess): Promise<Ready> {
  let output = ''
  child.stdout?.on('data', chunk => (output += String(chunk)))
  child.stderr?.on('data', chunk => (output += String(chunk)))
  await until(() => output.includes('}\n') || child.exitCode !== null)
  const [line] = /^\{".*\}$/m.exec(output) ?? []
  if (line === undefined) throw new Error(output)
  return JSON.parse(line) as Ready
}

/** The sentence with which a start is refused. */
export const refusal = (starting: Promise<unknown>): Promise<unknown> =>
  starting.then(
    () => 'it started',
    (error: unknown) => (error instanceof EmbeddedPostgresError ? error.message : error),
  )

/** The first value that a query gives. */
export async function query(url: string, text: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<unknown[]>({ text, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}

export const remember = (url: string): Promise<unknown> => query(url, 'CREATE TABLE kept AS SELECT 42 AS answer')
export const recall = (url: string): Promise<unknown> => query(url, 'SELECT answer FROM kept')

export async function until(look: () => unknown): Promise<void> {
  while (!(await look())) await pause(10)
}

/** Every process whose command line names the folder. */
const processesOf = (folder: string): readonly string[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(commandOf)
    .filter(command => command.includes(folder))

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return '' // It ended between the two looks.
  }
}

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { bundle } from '../../../infra/build/run.mjs'
import { freshDatabase } from '../../../infra/test/database.ts'

/* Real processes, started, stopped and killed as people and orchestrators do it. */

const root = resolve(import.meta.dirname, '../../..')

interface Muster {
  readonly process: ChildProcess
  output(): string
  until(text: string): Promise<void>
  ended(): Promise<number | null>
}

describe('A process', () => {
  let program = ''
  let folder = ''
  const started: Muster[] = []

  beforeAll(async () => {
    program = await bundle('libs/nest-host/src/testing/main.ts')
    folder = mkdtempSync(join(tmpdir(), 'muster-run-'))
  })
  afterEach(async () => {
    for (const muster of started.splice(0)) {
      muster.process.kill('SIGTERM')
      await muster.ended()
    }
  })
  afterAll(() => {
    rmSync(program)
    rmSync(folder, { recursive: true, force: true })
  })

  const start = (settings: Record<string, string>, ...words: string[]): Muster => {
    const { PATH = '', HOME = '' } = process.env
    const child = spawn(process.execPath, [program, ...words], { cwd: root, env: { PATH, HOME, MUSTER_HTTP_PORT: '0', ...settings } })
    let output = ''
    child.stdout.on('data', (text: Buffer) => (output += text.toString()))
    child.stderr.on('data', (text: Buffer) => (output += text.toString()))
    const exit = once(child, 'exit')
    const muster: Muster = {
      process: child,
      output: () => output,
      async until(text) {
        while (!output.includes(text)) {
          if (child.exitCode !== null) throw new Error(`it ended without saying "${text}":\n${output}`)
          await pause(10)
        }
      },
      async ended() {
        await exit
        return child.exitCode
      },
    }
    started.push(muster)
    return muster
  }

  /** The database that a Muster started has ended too. */
  const leftBehind = (dataDir: string): string | undefined => {
    const pidFile = join(dataDir, 'data/postmaster.pid')
    return existsSync(pidFile) ? readFileSync(pidFile, 'utf8') : undefined
  }
  const urlOf = (muster: Muster): string => /Muster is ready on (http:\/\/[^ "]+)/.exec(muster.output())?.[1] ?? ''

  it('is ready on an embedded database, says what to do next, and leaves nothing when it is asked to stop', async () => {
    const dataDir = join(folder, 'embedded')
    const muster = start({ MUSTER_DATA_DIR: dataDir })
    await muster.until('Muster is ready on http://127.0.0.1:')
    expect(muster.output()).toContain('try: npx muster tour')
    expect(muster.output()).toContain('demo tokens are in force')

    const file = join(dataDir, 'demo-tokens.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const demo = JSON.parse(readFileSync(file, 'utf8'))
    expect(demo).toMatchObject({
      url: urlOf(muster),
      tokens: [{ name: 'tom' }, { name: 'rita' }, { name: 'ana' }, { name: 'omar' }, { name: 'ci' }],
    })
    expect((await fetch(`${urlOf(muster)}/health/ready`)).status).toBe(200)

    muster.process.kill('SIGTERM')
    expect(await muster.ended()).toBe(0)
    expect(leftBehind(dataDir)).toBeUndefined()

    const again = start({ MUSTER_DATA_DIR: dataDir })
    await again.until('Muster is ready')
    expect(JSON.parse(readFileSync(file, 'utf8')).tokens).toEqual(demo.tokens)
  })

  // Several starts, each of which may take seconds on a slow machine.
  it('leaves nothing at whatever moment of its start it is asked to stop', async () => {
    const dataDir = join(folder, 'early')
    const moments = ['no Kafka is configured', 'making a new database', 'the embedded database runs', 'demo tokens are in force', 100, 300]
    for (const [index, after] of moments.entries()) {
      const signal = index % 2 === 0 ? 'SIGTERM' : 'SIGINT'
      const muster = start({ MUSTER_DATA_DIR: dataDir })
      if (typeof after === 'number') {
        await muster.until('no Kafka is configured')
        await pause(after)
      } else await Promise.race([muster.until(after), muster.until('Muster is ready')])
      muster.process.kill(signal)
      expect(await muster.ended(), `${signal} after ${after}`).toBe(0)
      expect(leftBehind(dataDir), `${signal} after ${after}`).toBeUndefined()
    }
  }, 180_000)

  const refusal = async (settings: Record<string, string>): Promise<string> => {
    const muster = start(settings)
    expect(await muster.ended()).toBe(1)
    return muster.output()
  }

  it('says in one sentence that its port is taken, and leaves nothing', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const address = taken.address()
    const port = String(typeof address === 'object' ? address?.port : undefined)
    const dataDir = join(folder, 'taken')
    expect(await refusal({ MUSTER_DATA_DIR: dataDir, MUSTER_HTTP_PORT: port })).toContain(
      `muster: port ${port} on 127.0.0.1 is taken by another program: stop it, or set MUSTER_HTTP_PORT to another port`,
    )
    expect(leftBehind(dataDir)).toBeUndefined()
    taken.close()
  })

  it('says once, in one sentence, that its database is down', async () => {
    const output = await refusal({ MUSTER_DATABASE_URL: 'postgres://muster@127.0.0.1:1/muster' })
    expect(output).toMatch(
      /\nmuster: the database does not answer \(connect ECONNREFUSED 127\.0\.0\.1:1\): start it, or set MUSTER_DATABASE_URL to where it is\n$/,
    )
    expect(output.match(/does not answer/g)).toHaveLength(1)
  })

  it('takes an argument that means nothing for wrong usage, and shows how it is started', async () => {
    const wrong = start({}, '--foo')
    expect(await wrong.ended()).toBe(2)
    expect(wrong.output()).toBe('muster: "--foo" is no argument of the server: npm start -- --help says which there are\n')
    const asked = start({}, '--help')
    expect(await asked.ended()).toBe(0)
    expect(asked.output()).toContain('MUSTER_DATABASE_URL')
  })

  it('says in one sentence that its database is not there', async () => {
    const url = new URL(inject('databaseUrl'))
    url.pathname = '/nowhere'
    expect(await refusal({ MUSTER_DATABASE_URL: url.href })).toMatch(
      /muster: the database refuses us \(database "nowhere" does not exist\): set .*\n$/,
    )
  })

  it('tells all wrong settings at once', async () =>
    expect(await refusal({ MUSTER_HTTP_PORT: 'x', MUSTER_KAFKA_BROKERS: 'y' })).toMatch(/MUSTER_HTTP_PORT: .*\n.*MUSTER_KAFKA_BROKERS: /))

  it('refuses demo tokens where others can reach it', async () =>
    expect(await refusal({ MUSTER_HTTP_HOST: '0.0.0.0', MUSTER_DATA_DIR: join(folder, 'open') })).toContain(
      'demo tokens are for this machine only',
    ))

  it('leaves a folder to the Muster that runs on it', async () => {
    const dataDir = join(folder, 'shared')
    const first = start({ MUSTER_DATA_DIR: dataDir })
    await first.until('Muster is ready')
    expect(await refusal({ MUSTER_DATA_DIR: dataDir })).toMatch(/muster: another muster already runs on .*/)
    expect((await fetch(`${urlOf(first)}/health/ready`)).status).toBe(200)
  })

  it('knows nobody on a database of yours until it is told, and says so', async () => {
    const database = await freshDatabase(inject('databaseUrl'))
    const muster = start({ MUSTER_DATABASE_URL: database.url, MUSTER_HTTP_HOST: '0.0.0.0' })
    await muster.until('Muster is ready')
    expect(muster.output()).toContain('nobody is known')
    muster.process.kill('SIGTERM')
    expect(await muster.ended()).toBe(0)
    await database.drop()
  })

  it('waits for brokers that are down at its start', async () => {
    const database = await freshDatabase(inject('databaseUrl'))
    const muster = start({ MUSTER_DATABASE_URL: database.url, MUSTER_KAFKA_BROKERS: '127.0.0.1:1' })
    await muster.until('Muster is ready')
    muster.process.kill('SIGTERM')
    expect(await muster.ended()).toBe(0)
    await database.drop()
  })
})

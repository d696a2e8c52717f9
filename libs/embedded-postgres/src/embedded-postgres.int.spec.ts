import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { query, readyLine, recall, refusal, remember, until, useTrial } from './testing/trial.ts'

const trial = useTrial()
const asRoot = process.getuid?.() === 0

describe('The embedded PostgreSQL', () => {
  it('makes a database muster in UTF-8 on loopback, behind a password that only its owner reads', async () => {
    const { url, adopted, dataDir } = await trial.start()
    expect(adopted).toBe(false)
    expect(new URL(url).hostname).toBe('127.0.0.1')
    expect(
      await query(
        url,
        `SELECT concat_ws(' ', current_database(), current_setting('server_encoding'), datcollate) FROM pg_database WHERE datname = 'muster'`,
      ),
    ).toBe('muster UTF8 C.UTF-8')
    expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600)
    await expect(query(url.replace(/:[0-9a-f]{48}@/, ':guess@'), 'SELECT 1')).rejects.toThrow('password authentication failed')
  })

  it('keeps its data when it is stopped and started', async () => {
    const first = await trial.start()
    await remember(first.url)
    await first.stop()
    expect(trial.processes()).toEqual([])

    const second = await trial.start()
    expect(await recall(second.url)).toBe(42)
  })

  it('recovers what was committed when server and Muster were killed together', async () => {
    const child = trial.runProgram()
    const { url, pid } = await readyLine(child)
    await remember(url)
    child.kill('SIGKILL')
    process.kill(pid, 'SIGKILL')
    await once(child, 'exit')

    const { url: again, adopted } = await trial.start()
    expect(adopted).toBe(false)
    expect(await recall(again)).toBe(42)
  })

  it('comes back at the same address when only the server is killed', async () => {
    const server = await trial.start()
    await remember(server.url)
    const killed = server.pid()
    process.kill(killed, 'SIGKILL')
    await until(() => server.pid() !== killed)
    expect(await recall(server.url)).toBe(42)
  })

  it('adopts the server that outlived a killed Muster', async () => {
    const child = trial.runProgram()
    const { url, pid } = await readyLine(child)
    child.kill('SIGKILL')
    await once(child, 'exit')

    const server = await trial.start()
    expect(server).toMatchObject({ adopted: true, url })
    expect(server.pid()).toBe(pid)
    await server.stop()
    expect(trial.processes()).toEqual([])
  })

  it('starts although another program has the pid of the killed server', async () => {
    const server = await trial.start()
    await server.stop()
    const stranger = spawn('sleep', ['60'], asRoot ? { uid: 65_534, gid: 65_534, cwd: '/' } : {})
    writeFileSync(join(server.dataDir, 'data/postmaster.pid'), `${stranger.pid}\n${server.dataDir}/data\n1\n5432\n\n127.0.0.1\n\nready\n`)
    expect((await trial.start()).adopted).toBe(false)
    stranger.kill()
  })

  it('makes the database again when making it was killed half way', async () => {
    for (const half of ['data.new', 'data.new-999999999']) {
      mkdirSync(join(trial.folder(), 'db', half), { recursive: true })
      writeFileSync(join(trial.folder(), 'db', half, 'PG_VERSION'), '18\n')
    }
    const { url } = await trial.start()
    expect(await query(url, 'SELECT 1')).toBe(1)
    expect(readdirSync(join(trial.folder(), 'db')).filter(name => name.includes('.new'))).toEqual([])
  })

  it('is one server when two start it at the same moment', async () => {
    const [one, other] = await Promise.all([readyLine(trial.runProgram()), readyLine(trial.runProgram())])
    expect(one.url).toBe(other.url)
    expect([one.adopted, other.adopted].toSorted()).toEqual([false, true])
  })

  it('leaves no process behind when a start is ended by SIGTERM at any moment', async () => {
    for (const milliseconds of [60, 120, 200, 300, 450, 600, 750, 900]) {
      rmSync(join(trial.folder(), 'db'), { recursive: true, force: true })
      const child = trial.runProgram()
      await pause(milliseconds)
      child.kill('SIGTERM')
      await once(child, 'exit')
      expect({ milliseconds, left: trial.processes() }).toEqual({ milliseconds, left: [] })
    }
  })

  it('says what to do about data of another major version, and leaves it alone', async () => {
    mkdirSync(join(trial.folder(), 'db/data'), { recursive: true })
    writeFileSync(join(trial.folder(), 'db/data/PG_VERSION'), '15\n')
    expect(await refusal(trial.start())).toMatch(
      /^the database in .*db\/data is of PostgreSQL 15 and this Muster brings PostgreSQL 18: dump it .*MUSTER_DATABASE_URL/,
    )
    expect(readdirSync(join(trial.folder(), 'db/data'))).toEqual(['PG_VERSION'])
  })

  it('says which file is missing when the password is gone', async () => {
    const { stop, dataDir } = await trial.start()
    await stop()
    rmSync(join(dataDir, 'password'))
    expect(await refusal(trial.start())).toContain(`put ${join(dataDir, 'password')} back`)
  })
})

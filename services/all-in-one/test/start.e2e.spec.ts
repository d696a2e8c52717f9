import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../../infra/test/eventually.ts'
import { embeddedDatabase } from './embedded-database.ts'
import { good, modelEvidence, versionEvidence } from './evidence.ts'
import { expectSound } from './memory.ts'
import { startMuster, type MusterProcess } from './muster.process.ts'

/*
 * The embedded default as somebody meets it who has just cloned the repository: nothing is installed or configured, the database comes by
 * npm, the tokens are those that Muster made. What a start refuses, and in which sentence, is specified where starts are made.
 */

describe('The embedded default', () => {
  // Of mode 0700, as temporary folders and the home of root are: started by root, the database's own user could not reach its data here.
  const home = mkdtempSync(join(tmpdir(), 'muster-start-'))
  const dataDir = join(home, '.muster')
  const env = { MUSTER_DATA_DIR: dataDir, MUSTER_HTTP_PORT: '0' }
  const model = `start-${randomBytes(4).toString('hex')}`
  let muster: MusterProcess
  let stands: { readonly position: number; readonly head: number }

  const start = async (): Promise<void> => void (muster = await startMuster({ env }))
  const tokenOf = (name: string): string => {
    const { tokens } = JSON.parse(readFileSync(join(dataDir, 'demo-tokens.json'), 'utf8')) as { tokens: { name: string; token: string }[] }
    return tokens.find(one => one.name === name)?.token ?? ''
  }
  const ask = async (as: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${muster.url}${path}`, {
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      headers: { authorization: `Bearer ${tokenOf(as)}`, 'content-type': 'application/json', ...headers },
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const gate = (id: string) =>
    ask(
      'ci',
      '/v1/intents',
      { id, model, version: '1', environment: 'production', endpoint: `${model}-desk`, requestedBy: 'rita' },
      { prefer: 'wait=20' },
    )
  const head = async (): Promise<number> =>
    ((await ask('ana', '/v1/log?limit=1000')).body['items'] as { position: number }[]).at(-1)?.position ?? 0

  /** All that was known is known, nothing came to it, and the next question is answered. */
  const remembers = async (occasion: string): Promise<void> => {
    await eventually(async () => ((await ask('ana', '/health/ready')).status === 200 ? true : undefined), 'Muster to be ready')
    expect((await ask('ana', `/v1/deployments/${model}-first`)).body).toMatchObject({ status: 'cleared', position: stands.position })
    expect(await head()).toBe(stands.head)
    expect(await gate(`${model}-${occasion}`)).toMatchObject({ status: 200, body: { status: 'cleared' } })
    stands = { ...stands, head: await head() }
  }

  beforeAll(start)
  afterAll(async () => {
    const { folder } = embeddedDatabase(muster)
    await muster.stop()
    for (const made of [home, folder]) rmSync(made, { recursive: true, force: true })
  })

  it('is ready below a folder that only its owner may enter, with the starter policies, and says where to look and what to try', async () => {
    expect(statSync(home).mode & 0o777).toBe(0o700)
    expect((await fetch(`${muster.url}/health/ready`)).status).toBe(200)
    expect(muster.output()).toMatch(/policies are loaded/)
    expect(muster.output()).toContain('npx muster tour')
    expect(muster.output()).toContain('demo tokens are in force')
    expect((await ask('ana', '/v1/policies/fairness-disparate-impact')).status).toBe(200)
  })

  it('decides with what it has made for itself', async () => {
    expect((await ask('ci', '/v1/events', [...modelEvidence(model), ...versionEvidence(model, '1', good)])).status).toBe(202)
    expect(await gate(`${model}-first`)).toMatchObject({ status: 200, body: { status: 'cleared' } })
    const { position } = (await ask('ana', `/v1/deployments/${model}-first`)).body
    stands = { position: Number(position), head: await head() }
  })

  it('leaves no process behind when it is stopped, and knows everything when it is started again', async () => {
    const { pid } = embeddedDatabase(muster)
    expect(await muster.stop()).toBe(0)
    expect(isAlive(pid)).toBe(false)
    await start()
    await remembers('restart')
  })

  it('knows everything after it was killed, and takes over the database that went on', async () => {
    const { pid } = embeddedDatabase(muster)
    await muster.kill()
    expect(isAlive(pid)).toBe(true)
    await start()
    expect(embeddedDatabase(muster).pid).toBe(pid)
    await remembers('muster-killed')
  })

  it('starts the database again when that is killed under it, and goes on', async () => {
    const { pid } = embeddedDatabase(muster)
    process.kill(pid, 'SIGKILL')
    await eventually(() => Promise.resolve(isAlive(pid) ? undefined : true), 'the database to be gone')
    await remembers('database-killed')
    expect(embeddedDatabase(muster).pid).not.toBe(pid)
  })

  it('knows everything after both were killed', async () => {
    const { pid } = embeddedDatabase(muster)
    await muster.kill()
    process.kill(pid, 'SIGKILL')
    await start()
    await remembers('both-killed')
    await expectSound(embeddedDatabase(muster).url)
  })
})

describe('npm start', () => {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'muster-npm-')), '.muster')
  let muster: MusterProcess | undefined
  afterEach(() => muster?.stop())

  it('is the same program, and hears a signal', async () => {
    muster = await startMuster({ command: ['npm', 'start', '--silent'], env: { MUSTER_DATA_DIR: dataDir, MUSTER_HTTP_PORT: '0' } })
    const { folder, pid } = embeddedDatabase(muster)
    expect((await fetch(`${muster.url}/health/ready`)).status).toBe(200)
    expect(await muster.stop()).toBe(0)
    expect(isAlive(pid)).toBe(false)
    expect(existsSync(join(folder, 'data', 'postmaster.pid'))).toBe(false)
    for (const made of [join(dataDir, '..'), folder]) rmSync(made, { recursive: true, force: true })
  })
})

/** A process that has ended and that nobody has asked about is none. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

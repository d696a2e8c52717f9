import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readyLine, recall, refusal, remember, useTrial } from './testing/trial.ts'

const trial = useTrial()
const asRoot = process.getuid?.() === 0
/** The user that every Linux has beside root and nobody. */
const daemon = { uid: 1, gid: 1 }

describe.runIf(asRoot)('Started by root, the embedded PostgreSQL', () => {
  it('puts its data where its user can go, says so, and finds it again', async () => {
    const home = join(trial.folder(), 'home')
    mkdirSync(home, { mode: 0o700 })
    const said: string[] = []
    const options = { dataDir: join(home, 'clone/.muster'), log: (line: string) => void said.push(line) }
    const first = await trial.start(options)
    expect(first.dataDir.startsWith(join(trial.folder(), 'system'))).toBe(true)
    expect(said[0]).toContain(`the database is in ${first.dataDir}: started by root it runs as another user, who cannot reach ${home}`)
    await remember(first.url)
    await first.stop()

    chmodSync(home, 0o755)
    expect(await recall((await trial.start(options)).url)).toBe(42)
  })

  it('refuses, rather than start empty, when its data can no longer be reached', async () => {
    await (await trial.start()).stop()
    chmodSync(trial.folder(), 0o700)
    expect(await refusal(trial.start())).toMatch(/runs as user 65534, who cannot reach it: let others pass its parent folders/)
  })

  it('runs the data of another user as that user', async () => {
    mkdirSync(join(trial.folder(), 'db'))
    chownSync(join(trial.folder(), 'db'), daemon.uid, daemon.gid)
    const child = trial.runProgram(daemon)
    const { url } = await readyLine(child)
    await remember(url)
    child.kill('SIGTERM')
    await once(child, 'exit')

    const server = await trial.start()
    expect(await recall(server.url)).toBe(42)
    expect(statSync(`/proc/${server.pid()}`).uid).toBe(daemon.uid)
  })

  it('refuses another user the data that root made', async () => {
    await (await trial.start()).stop()
    const child = trial.runProgram(daemon)
    let output = ''
    child.stderr?.on('data', chunk => (output += String(chunk)))
    await once(child, 'close')
    expect(output).toContain('belongs to user 65534, not to you')
  })
})

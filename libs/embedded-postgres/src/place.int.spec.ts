import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { copyBinaries, findBinaries } from './binaries.ts'
import { choosePlace } from './place.ts'
import { recall, refusal, remember, useTrial } from './testing/trial.ts'

const trial = useTrial()
const asRoot = process.getuid?.() === 0
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

  it('does not mind a umask that closes what it makes', async () => {
    const before = process.umask(0o077)
    try {
      const dataDir = join(trial.folder(), 'made/by/us')
      expect((await trial.start({ dataDir })).dataDir).toBe(dataDir)
    } finally {
      process.umask(before)
    }
  })

  it('refuses, rather than start empty, when its data can no longer be reached', async () => {
    await (await trial.start()).stop()
    chmodSync(trial.folder(), 0o700)
    expect(await refusal(trial.start())).toMatch(/runs as user 65534, who cannot reach it: let others pass its parent folders/)
  })

  it('runs the data of another user as that user', async () => {
    const first = await trial.start()
    await remember(first.url)
    await first.stop()
    execFileSync('chown', ['-R', 'daemon', join(first.dataDir, 'data')])

    const second = await trial.start()
    expect(await recall(second.url)).toBe(42)
    expect(statSync(`/proc/${second.pid()}`).uid).toBe(statSync(join(first.dataDir, 'data')).uid)
    expect(statSync(`/proc/${second.pid()}`).uid).not.toBe(65_534)
  })

  it('refuses another user the data that root made', async () => {
    const { stop, dataDir } = await trial.start()
    await stop()
    const foreign = 12_345
    expect(await refusal(choosePlace(dataDir, '/nowhere', () => undefined, foreign))).toMatch(/belongs to user 65534, not to you/)
  })

  it('can give its user a copy of the programs', async () => {
    const { folder } = await copyBinaries(findBinaries(), trial.folder())
    expect(execFileSync(join(folder, 'bin/postgres'), ['--version'], { uid: 65_534, gid: 65_534, cwd: '/' }).toString()).toMatch(
      /^postgres \(PostgreSQL\) 18/,
    )
    expect(await copyBinaries(findBinaries(), trial.folder())).toMatchObject({ folder })
    expect(readdirSync(trial.folder())).toEqual([`postgresql-${findBinaries().version}`])
  })
})

import { expect, it } from 'vitest'
import { holdInstanceLock } from './index.ts'
import { query, refusal, until, useTrial } from './testing/trial.ts'

const trial = useTrial()

it('lets one Muster hold a database, names the holder, and takes the lock again after a restart of the server', async () => {
  const server = await trial.start()
  const release = await holdInstanceLock(server.url)
  expect(await refusal(holdInstanceLock(server.url))).toMatch(
    new RegExp(`^another muster already runs on 127.0.0.1:\\d+/muster \\(process ${process.pid}\\)`),
  )

  const killed = server.pid()
  process.kill(killed, 'SIGKILL')
  await until(() => server.pid() !== killed)
  await until(() => query(server.url, `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted`))
  await release()
  await (
    await holdInstanceLock(server.url)
  )()
})

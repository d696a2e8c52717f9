import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/* Starts the embedded default on an empty folder, waits until it is ready, stops it as a service manager does, and expects a clean exit. */

const entry = 'services/all-in-one/src/main.ts'
if (!existsSync(entry)) {
  console.error(`${entry} is missing`)
  process.exit(1)
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

const dataDir = mkdtempSync(join(tmpdir(), 'muster-start-'))
chmodSync(dataDir, 0o755)
const port = await freePort()
const began = Date.now()
const muster = spawn(process.execPath, ['infra/build/run.mjs', entry], {
  stdio: 'inherit',
  env: { ...process.env, MUSTER_HTTP_PORT: String(port), MUSTER_DATA_DIR: dataDir },
})
const exit = new Promise(resolve => muster.once('exit', (code, signal) => resolve(code ?? signal)))

const isReady = () =>
  fetch(`http://127.0.0.1:${port}/health/ready`).then(
    answer => answer.ok,
    () => false,
  )

const ready = await Promise.race([
  exit.then(code => `it ended with ${code}`),
  (async () => {
    while (Date.now() - began < 60_000) {
      if (await isReady()) return 'ready'
      await pause(100)
    }
    return 'it was not ready within a minute'
  })(),
])
const took = Date.now() - began

muster.kill('SIGTERM')
const ended = await Promise.race([exit, pause(30_000, 'nothing within 30 s', { ref: false })])
if (ended === 'nothing within 30 s') muster.kill('SIGKILL')
rmSync(dataDir, { recursive: true, force: true })

if (ready !== 'ready' || ended !== 0) {
  console.error(`The start on Node ${process.versions.node} failed: ${ready}; SIGTERM was answered by ${ended}`)
  process.exit(1)
}
console.log(`Ready in ${took} ms on Node ${process.versions.node}, and stopped cleanly`)

import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, openSync, closeSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { DEFAULT_VERSION, hasJars, loggingOf, resolveJars, run } from './jars.mjs'
import { findJava, findMaven } from './tools.mjs'

/*
 * A real single-node Apache Kafka (KRaft), as a child process on loopback.
 *
 * Its storage is formatted into a folder beside the final one, which gets its name only when the format is complete, so that a killed
 * format is simply done again. Its output goes to a file and not through a pipe: a full pipe would stop the broker while we are busy.
 */

const TEMPLATE = join(dirname(fileURLToPath(import.meta.url)), 'server.properties')
const READY = 'Kafka Server started'
const START_WITHIN_MS = 90_000
const STOP_WITHIN_MS = 15_000
const MEMORY = ['-Xmx512m', '-XX:+UseSerialGC']
/** Java compiles fast and not well: half the processor time until ready; for what ends soon. */
const SHORT_LIVED = '-XX:TieredStopAtLevel=1'

/** Why Kafka cannot run on this machine, in one sentence, or undefined if it can. */
export function kafkaMissing(version = DEFAULT_VERSION) {
  if (findJava() === undefined) {
    return 'Kafka needs Java 17 or later, and there is none on PATH or in JAVA_HOME: install a JRE (Debian: apt-get install default-jre-headless).'
  }
  if (!hasJars(version) && findMaven() === undefined) {
    return `Kafka ${version} is fetched by Maven, and there is no mvn on PATH: install it (Debian: apt-get install maven).`
  }
  return undefined
}

/** Resolves when the broker takes requests. Without `port` a free one is taken; without `dataDir` a temporary one, removed by `stop`. */
export async function startKafka({ port = 0, dataDir, version = DEFAULT_VERSION, longLived = false, log = () => {} } = {}) {
  const missing = kafkaMissing(version)
  if (missing !== undefined) throw new Error(missing)

  const libs = await resolveJars(version, log)
  const data = dataDir === undefined ? await mkdtemp(join(tmpdir(), 'muster-kafka-')) : resolve(dataDir)
  await mkdir(data, { recursive: true })
  const [brokerPort, controllerPort] = await choosePorts(port)
  const java = [loggingOf(version).flag, ...MEMORY, '-cp', join(libs, '*')]

  const properties = join(data, 'server.properties')
  const settings = logDir => renderSettings({ port: brokerPort, controllerPort, logDir })
  const logDir = join(data, 'log')
  if (!existsSync(logDir)) await format(java, join(data, 'log.partial'), logDir, properties, settings)
  await writeFile(properties, await settings(logDir))

  const output = join(data, 'kafka.log')
  const file = openSync(output, 'w')
  // Detached, so that a Ctrl-C in the terminal reaches only us and the broker is stopped in order.
  const child = spawn(findJava(), [...(longLived ? [] : [SHORT_LIVED]), ...java, 'kafka.Kafka', properties], {
    stdio: ['ignore', file, file],
    detached: true,
  })
  closeSync(file)
  const exited = new Promise(done => child.once('exit', done).once('error', done))

  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  void exited.then(() => process.off('exit', kill))

  const stop = async () => {
    child.kill('SIGCONT')
    child.kill('SIGTERM')
    const deadline = setTimeout(kill, STOP_WITHIN_MS)
    await exited
    clearTimeout(deadline)
    if (dataDir === undefined) await rm(data, { recursive: true, force: true })
  }

  try {
    await untilReady(child, output)
  } catch (error) {
    await stop()
    throw error
  }
  return { brokers: [`127.0.0.1:${brokerPort}`], pid: child.pid, exited, stop, kill }
}

async function format(java, partial, logDir, properties, settings) {
  await rm(partial, { recursive: true, force: true })
  await writeFile(properties, await settings(partial))
  const id = randomBytes(16).toString('base64url').replace(/^-/, 'A')
  await run(findJava(), [SHORT_LIVED, ...java, 'kafka.tools.StorageTool', 'format', '-t', id, '-c', properties, '--ignore-formatted'])
  await rename(partial, logDir)
}

async function renderSettings(values) {
  const template = await readFile(TEMPLATE, 'utf8')
  return template.replaceAll(/\$\{(\w+)\}/g, (_, name) => String(values[name]).replaceAll('\\', '/'))
}

async function untilReady(child, output) {
  const deadline = Date.now() + START_WITHIN_MS
  for (;;) {
    const said = await readFile(output, 'utf8')
    if (said.includes(READY)) return
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined)
      throw new Error(`Kafka ended while starting: ${reason(said)}`)
    if (Date.now() > deadline) throw new Error(`Kafka was not ready within ${START_WITHIN_MS / 1000} s: ${reason(said)}`)
    await pause(50)
  }
}

/** The first complaint of the broker's log, or its last line. */
function reason(said) {
  const lines = said.split('\n').filter(line => line.trim() !== '')
  return lines.find(line => / (FATAL|ERROR) /.test(line)) ?? lines.at(-1) ?? 'it said nothing.'
}

/** Two different ports: the broker's, which must be free if it was asked for, and any for the controller. */
async function choosePorts(wanted) {
  const broker = await listen(wanted)
  const controller = await listen(0)
  const ports = [broker.address().port, controller.address().port]
  await Promise.all([broker, controller].map(server => new Promise(done => server.close(done))))
  return ports
}

function listen(port) {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', error => {
      const taken = error.code === 'EADDRINUSE'
      fail(taken ? new Error(`Port ${port} is taken: stop what listens there, or choose another with --port.`) : error)
    })
    server.listen(port, '127.0.0.1', () => done(server))
  })
}

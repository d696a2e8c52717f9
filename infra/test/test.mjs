import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { proxyMissing } from '../proxy/proxy.mjs'
import { clearRunFolder, makeRunFolder } from './leftovers.mjs'

/*
 * `npm test`: everything that this machine can run, fast tests first, on servers that are started once. Arguments filter the files.
 *
 * A failure does not stop what follows, but the exit code. What was left out is said, with its reason; in CI that is a failure.
 * The last line is `N passed, N failed, N skipped`, alone.
 */

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Muster needs Node 20.19 or later and this is ${process.versions.node}: install a newer one.`)
  process.exit(1)
}
const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
process.chdir(root)

const folder = makeRunFolder()
const total = { passed: 0, failed: 0, skipped: 0 }
const leftOut = []
const stopping = new AbortController()
let running
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
])
  process.once(signal, () => {
    process.exitCode = code
    stopping.abort()
    endRunning(signal)
  })

/** Runs one project of vitest to its end and adds up what it counted. */
async function test(project, servers = {}) {
  if (stopping.signal.aborted) return
  console.log(`\n── ${project} tests`)
  const counts = join(folder, `${project}.json`)
  const reporters = ['--reporter=default', `--reporter=${join(root, 'infra/test/counts.reporter.mjs')}`]
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', project, '--passWithNoTests', ...reporters, ...process.argv.slice(2)]
  const env = { ...process.env, ...servers, MUSTER_TEST_COUNTS: counts }
  // A process group of its own, so that its workers are ended with it.
  running = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'], env, detached: true })
  const code = await new Promise(done => running.once('exit', done))
  endRunning('SIGKILL')
  running = undefined
  const counted = readCounts(counts)
  if (code !== 0 && counted.failed === 0 && !stopping.signal.aborted) counted.failed = 1
  for (const key of Object.keys(total)) total[key] += counted[key]
}

function endRunning(signal) {
  try {
    if (running !== undefined) process.kill(-running.pid, signal)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    return { passed: 0, failed: 0, skipped: 0 }
  }
}

/** Neither server stops the tests that do not need it. */
async function startServers() {
  const { startPostgres, startKafkaIfPossible } = await import('./servers.mjs')
  const log = line => console.log(`   ${line}`)
  const [postgres, kafka] = await Promise.allSettled([startPostgres(log, stopping.signal), startKafkaIfPossible(log)])
  return { postgres, kafka }
}

const starting = startServers()
await test('unit')

const { postgres, kafka } = await starting
if (postgres.status === 'rejected' && !stopping.signal.aborted) {
  leftOut.push(`int and e2e tests, because PostgreSQL does not start: ${postgres.reason.message}`)
  total.failed += 1
} else if (postgres.status === 'fulfilled') {
  const { kafkaBrokers = '', missing = kafka.reason?.message } = kafka.value ?? {}
  if (kafkaBrokers === '') leftOut.push(`Kafka tests, because ${missing}`)
  const withoutProxy = proxyMissing()
  if (withoutProxy !== undefined) leftOut.push(`the run of each service as its own process behind a proxy, because ${withoutProxy}`)
  const servers = {
    MUSTER_TEST_DATABASE_URL: postgres.value.databaseUrl,
    MUSTER_TEST_KAFKA_BROKERS: kafkaBrokers,
    ...(kafkaBrokers === '' && { MUSTER_TEST_KAFKA: 'none' }),
  }
  await test('int', servers)
  await test('e2e', servers)
}
await Promise.all([postgres.value?.stop(), kafka.value?.stop()])
clearRunFolder(folder)

console.log()
if (stopping.signal.aborted) leftOut.push('what had not run yet, because the run was stopped')
for (const what of leftOut) console.log(`Left out: ${what}`)
if (leftOut.length > 0 && process.env.CI === 'true') {
  console.log('In CI nothing may be left out: this counts as a failure.')
  total.failed += 1
}
if (total.passed + total.failed + total.skipped === 0 && !stopping.signal.aborted) {
  console.log('No test file matches: give a part of its path.')
  process.exitCode ||= 1
}
if (total.failed > 0) process.exitCode ||= 1
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exit()

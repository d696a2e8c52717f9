import { chmodSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle } from '../build/run.mjs'
import { kafkaMissing, startKafka } from '../kafka/kafka.mjs'

/*
 * The real servers that tests talk to: PostgreSQL, and Kafka where this machine can run it. What MUSTER_TEST_DATABASE_URL and
 * MUSTER_TEST_KAFKA_BROKERS name is used and left alone; what is started here lives in a temporary folder and ends with us, also when
 * the process exits without `stop`.
 */

export async function startPostgres(log, signal) {
  const given = process.env.MUSTER_TEST_DATABASE_URL
  if (given) return { databaseUrl: given, stop: async () => {} }

  const file = await bundle('libs/embedded-postgres/src/index.ts')
  const { startEmbeddedPostgres } = await import(pathToFileURL(file).href)
  await rm(file)
  const dataDir = mkdtempSync(join(tmpdir(), 'muster-test-postgres-'))
  chmodSync(dataDir, 0o755)
  const server = await startEmbeddedPostgres({ dataDir, log, settings: { max_connections: '200' }, signal })
  const kill = () => endIfAlive(server.pid())
  process.once('exit', kill)
  return {
    databaseUrl: server.url,
    async stop() {
      process.off('exit', kill)
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function endIfAlive(pid) {
  try {
    process.kill(pid, 'SIGQUIT')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

/** Resolves to why Kafka is left out, when it is, in `missing`. */
export async function startKafkaIfPossible(log) {
  const given = process.env.MUSTER_TEST_KAFKA_BROKERS
  if (given) return { kafkaBrokers: given, stop: async () => {} }
  const missing = process.env.MUSTER_TEST_KAFKA === 'none' ? 'npm test has said why' : kafkaMissing()
  if (missing !== undefined) return { kafkaBrokers: '', missing, stop: async () => {} }
  try {
    const { brokers, stop } = await startKafka({ log })
    return { kafkaBrokers: brokers.join(','), stop }
  } catch (error) {
    return { kafkaBrokers: '', missing: error.message, stop: async () => {} }
  }
}

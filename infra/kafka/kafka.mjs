import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { DEFAULT_VERSION } from './jars.mjs'
import { kafkaMissing, startKafka } from './server.mjs'

/* `npm run kafka`: a real Kafka for development, without Docker. Its data stays between runs. Tests import `startKafka`. */

export { kafkaMissing, startKafka }

const HELP = `npm run kafka -- [options]

Runs a real single-node Apache Kafka on loopback until Ctrl-C. Java 17 and, the first time, Maven are needed.

  --port PORT        where it listens           (default 9092; 0 takes a free one)
  --data FOLDER      where its data stays       (default .muster/kafka/<version>/data)
  --version VERSION  which Apache Kafka         (default ${DEFAULT_VERSION})
  --help             this text`

async function main() {
  const { port, data, version, help } = readArguments()
  if (help) return console.log(HELP)
  const missing = kafkaMissing(version)
  if (missing !== undefined) throw new Error(missing)

  // Heard from the first moment on: a stop that comes during the start is obeyed once the broker can stop in order.
  const asked = new Promise(resolve => ['SIGTERM', 'SIGINT'].forEach(signal => process.once(signal, resolve)))
  const kafka = await startKafka({ port, dataDir: data, version, longLived: true, log: console.log })
  console.log(`Kafka ${version} is ready on ${kafka.brokers[0]}`)

  const ended = await Promise.race([asked.then(() => 'asked'), kafka.exited.then(() => 'crashed')])
  if (ended === 'crashed') throw new Error(`Kafka ended by itself; its last words are in ${join(data, 'kafka.log')}`)
  await kafka.stop()
}

function readArguments() {
  const options = {
    port: { type: 'string', default: '9092' },
    data: { type: 'string' },
    version: { type: 'string', default: DEFAULT_VERSION },
    help: { type: 'boolean', default: false },
  }
  const { values } = parseArgs({ options })
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port ${values.port} is not a port: give a number from 0 to 65535.`)
  if (!/^\d+\.\d+\.\d+$/.test(values.version)) throw new Error(`--version ${values.version} is not a release such as ${DEFAULT_VERSION}.`)
  const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
  return { ...values, port, data: values.data ?? join(root, '.muster', 'kafka', values.version, 'data') }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch(error => {
    console.error(error.message)
    process.exitCode = 1
  })
}

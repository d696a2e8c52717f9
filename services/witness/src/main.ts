import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { treeHasher, writeKey } from '@muster/ledger'
import { sha256, verifyEd25519 } from '@muster/ledger-crypto'
import { pino } from 'pino'
import { cosignedIn } from './cosigned.ts'
import { makeKeyFile, readLogs, readSigner } from './keys.ts'
import { witnessServer } from './witness.ts'

const help = `muster-witness --key FILE --log KEY [options]
muster-witness --make-key NAME --key FILE

Cosigns the checkpoints of logs as long as each continues the one before (c2sp.org/tlog-witness): POST /add-checkpoint. Run it where those who run
the log have no access. Each option can be given in the environment instead: MUSTER_WITNESS_KEY, MUSTER_WITNESS_LOGS (with commas between) …

  --key FILE       its secret key
  --log KEY        public key of a log that it watches; may be given again, also for the next key of the same log
  --state DIR      what it cosigned last                          (default .muster-witness)
  --host HOST      the address to listen on                       (default 127.0.0.1)
  --port PORT      0 takes a free one                             (default 7080)
  --make-key NAME  writes a new key to FILE, prints the public one and ends
  --help           this text`

const text = { type: 'string' } as const
const several = { type: 'string', multiple: true } as const

/** What is wrong with how it was started, in words. */
class UsageError extends Error {}

async function main(): Promise<void> {
  const { values } = usage(() =>
    parseArgs({
      options: {
        key: text,
        log: several,
        state: text,
        host: text,
        port: text,
        'make-key': text,
        help: { type: 'boolean', default: false },
      },
    }),
  )
  if (values.help) return void console.log(help)
  const { env } = process
  const keyFile = values.key ?? env['MUSTER_WITNESS_KEY']
  if (keyFile === undefined) throw new UsageError('--key is missing: the file of its secret key')
  const name = values['make-key']
  if (name !== undefined) return void console.log(usage(() => makeKeyFile(keyFile, name)))

  const logKeys = values.log ?? (env['MUSTER_WITNESS_LOGS'] ?? '').split(',').filter(key => key.trim() !== '')
  if (logKeys.length === 0) throw new UsageError('--log is missing: the public key of a log, as GET /v1/ledger/keys tells it')
  const port = Number(values.port ?? env['MUSTER_WITNESS_PORT'] ?? 7080)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError('--port is a number from 0 to 65535')
  const state = values.state ?? env['MUSTER_WITNESS_STATE'] ?? '.muster-witness'
  const signer = usage(() => readSigner(keyFile))
  const logs = usage(() => readLogs(logKeys.map(key => key.trim())))
  mkdirSync(state, { recursive: true })

  const logger = pino()
  const server = witnessServer({
    hasher: treeHasher(sha256),
    verify: verifyEd25519,
    signer,
    logs,
    cosigned: cosignedIn(state),
    now: Date.now,
    tell: (what, message) => logger.info(what, message),
  })
  server.listen(port, values.host ?? env['MUSTER_WITNESS_HOST'] ?? '127.0.0.1')
  await once(server, 'listening')
  const { address, port: taken } = server.address() as AddressInfo
  logger.info({ key: writeKey(signer.key), logs: [...logs.keys()] }, `the witness is ready on http://${address}:${taken}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      server.close()
      server.closeIdleConnections()
    })
}

function usage<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

try {
  await main()
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  console.error(`muster-witness: ${error.message}\n\n${help}`)
  process.exitCode = 2
}

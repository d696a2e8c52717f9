import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isNonEmpty, type NonEmpty, type Sha256 } from '@muster/kernel'
import { readSecretKey, seedLength, writeSecretKey, type LogKey, type Signer } from '@muster/ledger'
import { publicKeyOf, signerOf } from '@muster/ledger-crypto'
import { makeSecretFile, StartError, type Settings } from '@muster/nest-host'
import type { Logger } from 'pino'

/*
 * The keys that sign checkpoints, one a line: `PRIVATE+KEY+<name>+<id>+<base64 of 1 and the seed>`, as Go's note package writes them. The name is the
 * origin of the ledger, and that of all keys in the file. Two lines are a rotation: both sign.
 *
 * Without a setting a key is made beside the embedded data.
 */

export interface LedgerKeys {
  readonly origin: string
  readonly signers: NonEmpty<Signer>
  /** The same, to verify what they signed; for trees of any size, since who signed when is told by the log. */
  readonly logKeys: NonEmpty<LogKey>
  /** Where what was signed last is kept, apart from the database. */
  readonly checkpointFile: string
}

/** @throws StartError */
export function readLedgerKeys(sha256: Sha256, { ledger, data, database }: Settings, logger: Logger): LedgerKeys {
  const file = ledger.keyFile ?? join(data.dir, 'ledger.key')
  if (ledger.keyFile === undefined && makeKeyFile(sha256, file)) {
    logger.info(`made ${file}, the key that signs the ledger: back it up apart from the database; whoever has it can sign another history`)
    if (database.url !== undefined) logger.warn(`name ${file} in MUSTER_LEDGER_KEY_FILE wherever assurance runs on this database`)
  }
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new StartError(`the keys of the ledger in ${file} cannot be read: set MUSTER_LEDGER_KEY_FILE to them`, { cause })
  }
  const signers = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'))
    .map((line, place) => readSigner(sha256, line, `${file}, key ${place + 1}`))
  const [first] = signers
  if (first === undefined || !isNonEmpty(signers))
    throw new StartError(`${file} has no key: one line each, PRIVATE+KEY+<origin>+<id>+<seed>`)
  const origin = first.key.name
  const other = signers.find(({ key }) => key.name !== origin)
  if (other !== undefined)
    throw new StartError(
      `${file} has keys of two ledgers, ${origin} and ${other.key.name}: all keys of a ledger have its origin as their name`,
    )
  const logKeyOf = ({ key }: Signer): LogKey => ({ key, from: 0 })
  const logKeys: NonEmpty<LogKey> = [logKeyOf(first), ...signers.slice(1).map(logKeyOf)]
  return { origin, signers, logKeys, checkpointFile: `${file}.checkpoint` }
}

function readSigner(sha256: Sha256, line: string, where: string): Signer {
  const read = readSecretKey(sha256, publicKeyOf, 'log', line)
  if (!read.ok) throw new StartError(`${where}: ${read.message}`)
  return signerOf(read.value)
}

/** Whether there was none. */
function makeKeyFile(sha256: Sha256, file: string): boolean {
  const key = writeSecretKey(sha256, publicKeyOf, 'log', `muster.local/${randomBytes(8).toString('hex')}`, randomBytes(seedLength))
  try {
    return makeSecretFile(file, `${key}\n`)
  } catch (cause) {
    throw new StartError(`the key of the ledger cannot be made at ${file}: set MUSTER_LEDGER_KEY_FILE, or make the folder writable`, {
      cause,
    })
  }
}

import { isNonEmpty, type NonEmpty } from '@muster/kernel'
import type { Logger } from 'pino'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeSecretFile } from './secret-file.ts'
import type { Settings } from './settings.ts'
import { StartError } from './start-error.ts'

/*
 * The master key: what wraps the keys of people's texts, kept apart from the database that holds those. 32 bytes as 64 hex digits, a line of a
 * file. The first line is the one in use; those behind it are from before, or to come.
 *
 * Without a setting one is made beside the embedded data.
 */

export const personalKeyFile = (folder: string): string => join(folder, 'personal.key')

/** @throws StartError */
export function readPersonalKeys({ personal, data, database }: Settings, logger: Logger): NonEmpty<Uint8Array> {
  if (personal.keyFile !== undefined) return readKeys(personal.keyFile)
  const file = personalKeyFile(data.dir)
  if (makeKey(data.dir, file)) {
    logger.info(`made ${file}, the master key of personal text: back it up apart from the database, without it no such text can be read`)
    if (database.url !== undefined)
      logger.warn(`every Muster of this database needs the key in ${file}: keep it, and name it in MUSTER_PERSONAL_KEY_FILE`)
  }
  return readKeys(file)
}

function readKeys(file: string): NonEmpty<Uint8Array> {
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw new StartError(`the master key of personal text in ${file} cannot be read: set MUSTER_PERSONAL_KEY_FILE to it`, { cause })
  }
  const keys = text.split(/\s+/).map(line => {
    if (/^[0-9a-f]{64}$/i.test(line)) return Buffer.from(line, 'hex')
    throw new StartError(`${file} is no master key of personal text: it has 64 hex digits, as openssl rand -hex 32 makes them`)
  })
  if (!isNonEmpty(keys)) throw new StartError(`${file} is empty: it should have the master key of personal text`)
  return keys
}

/** Whether there was none. */
function makeKey(folder: string, file: string): boolean {
  try {
    return makeSecretFile(file, `${randomBytes(32).toString('hex')}\n`)
  } catch (cause) {
    throw new StartError(
      `the master key of personal text cannot be made in ${folder}: set MUSTER_PERSONAL_KEY_FILE, or make the folder writable`,
      { cause },
    )
  }
}

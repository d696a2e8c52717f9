import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import type { NonEmpty } from '@muster/kernel'
import { readKey, readSecretKey, seedLength, writeKey, writeSecretKey, type LogKey, type Signer } from '@muster/ledger'
import { publicKeyOf, sha256, signerOf } from '@muster/ledger-crypto'

/* The witness's own key from a file, and those of the logs that it watches. */

/** Writes a new key, which must not be there yet, and returns the public one. @throws what the file system throws */
export function makeKeyFile(file: string, name: string): string {
  const text = writeSecretKey(sha256, publicKeyOf, 'witness', name, randomBytes(seedLength))
  writeFileSync(file, `${text}\n`, { mode: 0o600, flag: 'wx', flush: true })
  return writeKey(readSigner(file).key)
}

/** @throws Error in words for whoever starts it */
export function readSigner(file: string): Signer {
  const read = readSecretKey(sha256, publicKeyOf, 'witness', readFileSync(file, 'utf8').trim())
  if (!read.ok) throw new Error(`${file}: ${read.message}`)
  return signerOf(read.value)
}

/** Public keys of logs, by origin; several of one origin are keys that follow each other. @throws Error in words for whoever starts it */
export function readLogs(keys: readonly string[]): ReadonlyMap<string, NonEmpty<LogKey>> {
  const logs = new Map<string, NonEmpty<LogKey>>()
  for (const text of keys) {
    const read = readKey(sha256, text)
    if (!read.ok) throw new Error(read.message)
    if (read.value.kind !== 'log') throw new Error(`${text} is the key of a witness`)
    const { name } = read.value
    const known = logs.get(name)
    const next = { key: read.value, from: 0 }
    logs.set(name, known === undefined ? [next] : [...known, next])
  }
  return logs
}

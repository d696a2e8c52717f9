import { createPrivateKey, createPublicKey, hash, randomBytes, sign, verify, type KeyObject } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import type { NonEmpty, Sha256 } from '@muster/kernel'
import { readKey, readSecretKey, seedLength, writeKey, writeSecretKey, type Ed25519Verify, type LogKey, type Signer } from '@muster/ledger'

/* Node's own Ed25519 and SHA-256, and keys from files and flags. */

export const sha256: Sha256 = bytes => hash('sha256', bytes, 'buffer')

/** PKCS #8 of an Ed25519 key (RFC 8410), up to the seed. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const secretKeyOf = (seed: Uint8Array): KeyObject => createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' })
const publicKeyOf = (seed: Uint8Array): Uint8Array =>
  Buffer.from(createPublicKey(secretKeyOf(seed)).export({ format: 'jwk' }).x ?? '', 'base64url')

export const verifyEd25519: Ed25519Verify = (publicKey, message, signature) =>
  verify(
    null,
    message,
    createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') }, format: 'jwk' }),
    signature,
  )

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
  const secret = secretKeyOf(read.value.seed)
  return { key: read.value.key, sign: message => sign(null, message, secret) }
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

import { generateKeyPairSync, sign } from 'node:crypto'
import { noteKey, writeKey, type Signer } from '@muster/ledger'
import { sha256 } from '../keys.ts'

/** A log with a new key. */
export function logSigner(origin: string): { readonly signer: Signer; readonly publicKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = noteKey(sha256, 'log', origin, Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'))
  return { signer: { key, sign: message => sign(null, message, privateKey) }, publicKey: writeKey(key) }
}

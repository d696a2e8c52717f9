import { createPrivateKey, createPublicKey, hash, sign, verify, type KeyObject } from 'node:crypto'
import type { Sha256 } from '@muster/kernel'
import type { Ed25519Verify, PublicKeyOf, SecretKey, Signer } from '@muster/ledger'

/* What the pure ledger is handed in on a server: Node's own hash and signatures. */

export const sha256: Sha256 = bytes => hash('sha256', bytes, 'buffer')

/** A bundle has a thousand signatures of one key, and making a key of bytes takes longer than to verify with it. */
const known = new Map<string, KeyObject>()

export const verifyEd25519: Ed25519Verify = (publicKey, message, signature) => {
  const x = Buffer.from(publicKey).toString('base64url')
  const key = known.get(x) ?? createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  known.set(x, key)
  return verify(null, message, key, signature)
}

/** PKCS #8 of an Ed25519 key (RFC 8410), up to the seed. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const secretKeyOf = (seed: Uint8Array): KeyObject => createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' })

export const publicKeyOf: PublicKeyOf = seed =>
  Buffer.from(createPublicKey(secretKeyOf(seed)).export({ format: 'jwk' }).x ?? '', 'base64url')

export function signerOf({ key, seed }: SecretKey): Signer {
  const secret = secretKeyOf(seed)
  return { key, sign: message => sign(null, message, secret) }
}

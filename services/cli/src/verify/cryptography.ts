import { createPublicKey, hash, verify, type KeyObject } from 'node:crypto'
import type { Sha256 } from '@muster/kernel'
import type { Ed25519Verify } from '@muster/ledger'

/* What the pure libraries are handed in: Node's own hash and signatures. */

export const sha256: Sha256 = bytes => hash('sha256', bytes, 'buffer')

/** A bundle has a thousand signatures of one key, and making a key of bytes takes longer than to verify with it. */
const known = new Map<string, KeyObject>()

export const verifyEd25519: Ed25519Verify = (publicKey, message, signature) => {
  const x = Buffer.from(publicKey).toString('base64url')
  const key = known.get(x) ?? createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  known.set(x, key)
  return verify(null, message, key, signature)
}

import { createPrivateKey, createPublicKey, hash, sign } from 'node:crypto'
import type { Sha256 } from '@muster/kernel'
import { noteKey, type Signer } from '@muster/ledger'

/* The log of the bench: its name, and the key that signs its checkpoints. The same on every machine. */

export const sha256: Sha256 = bytes => hash('sha256', bytes, 'buffer')
export const origin = 'bench.example/log'
const privateKey = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 1)]),
  format: 'der',
  type: 'pkcs8',
})
const publicKey = Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x as string, 'base64url')
export const signer: Signer = { key: noteKey(sha256, 'log', origin, publicKey), sign: message => sign(null, message, privateKey) }

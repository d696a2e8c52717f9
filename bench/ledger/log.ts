import { noteKey, type Signer } from '@muster/ledger'
import { publicKeyOf, sha256, signerOf } from '@muster/ledger-crypto'

/* The log of the bench: its name, and the key that signs its checkpoints. The same on every machine. */

export const origin = 'bench.example/log'
const seed = new Uint8Array(32).fill(1)
export const signer: Signer = signerOf({ key: noteKey(sha256, 'log', origin, publicKeyOf(seed)), seed })

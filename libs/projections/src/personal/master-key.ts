import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/*
 * Wraps the keys of people with one that is not in the database, so that a dump of the database alone opens nothing: AES-256-GCM under a
 * random nonce, bound to the key's id.
 */

export interface MasterKey {
  /** Tells master keys apart and nothing else. */
  readonly fingerprint: string
  wrap(id: string, key: Uint8Array): Buffer
  /** @throws when it was wrapped by another master key or for another id. */
  unwrap(id: string, wrapped: Uint8Array): Buffer
}

const nonceLength = 12
const tagLength = 16

/** Of 32 bytes. */
export function masterKey(bytes: Uint8Array): MasterKey {
  if (bytes.length !== 32) throw new RangeError(`a master key has 32 bytes, not ${bytes.length}`)
  return {
    fingerprint: createHash('sha256').update('muster master key').update(bytes).digest('hex').slice(0, 16),

    wrap(id, key) {
      const nonce = randomBytes(nonceLength)
      const cipher = createCipheriv('aes-256-gcm', bytes, nonce).setAAD(Buffer.from(id))
      return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()])
    },

    unwrap(id, wrapped) {
      const decipher = createDecipheriv('aes-256-gcm', bytes, wrapped.subarray(0, nonceLength)).setAAD(Buffer.from(id))
      decipher.setAuthTag(wrapped.subarray(-tagLength))
      return Buffer.concat([decipher.update(wrapped.subarray(nonceLength, -tagLength)), decipher.final()])
    },
  }
}

import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'

/*
 * One personal text, encrypted: `enc.v1.<key id>.<nonce, ciphertext and tag in base64url>`, a string in the place of a string.
 *
 * AES-256-GCM under a key of the person. The place (event, field, person) is authenticated, so that no ciphertext can be moved to another
 * place. The nonce is the HMAC of place and text under a second key that the person's key gives: so the same text at the same place is the
 * same ciphertext, which is how the store knows a repeat, and two texts share a nonce no more often than 96 random bits would (two of them
 * among 2^32 texts of one person with a chance below 2^-32). Equal texts at two places look unlike each other: what is told by the
 * ciphertext is the length, and after the key is destroyed nothing but that can be guessed, or checked, from it.
 */

export interface PersonKey {
  readonly id: string
  /** 32 bytes. */
  readonly bytes: Uint8Array
}

export interface PersonalPlace {
  /** Id of the event. */
  readonly event: string
  /** JSON Pointer of the field. */
  readonly at: string
  readonly of: string
}

/** It was changed, or belongs to another place, person or key. */
export class PersonalTextDamaged extends Error {
  constructor({ event, at }: PersonalPlace, options?: ErrorOptions) {
    super(
      `the personal text ${at} of event ${event} is not what was encrypted there: it was changed, moved, or its key is another one`,
      options,
    )
    this.name = 'PersonalTextDamaged'
  }
}

const form = /^enc\.v1\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{38,})$/
const nonceLength = 12
const tagLength = 16

/** Id of the key of an encrypted text; undefined for clear text. */
export const keyIdOf = (text: string): string | undefined => (text.startsWith('enc.v1.') ? form.exec(text)?.[1] : undefined)

export function encryptText(key: PersonKey, place: PersonalPlace, text: string): string {
  const { cipherKey, nonceKey } = keysOf(key)
  const plain = Buffer.from(text)
  const context = contextOf(place)
  const nonce = createHmac('sha256', nonceKey).update(context).update(plain).digest().subarray(0, nonceLength)
  const cipher = createCipheriv('aes-256-gcm', cipherKey, nonce).setAAD(context)
  const sealed = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  return `enc.v1.${key.id}.${sealed.toString('base64url')}`
}

/** @throws PersonalTextDamaged */
export function decryptText(key: PersonKey, place: PersonalPlace, text: string): string {
  const [, id, body] = form.exec(text) ?? []
  if (id !== key.id || body === undefined) throw new PersonalTextDamaged(place)
  const sealed = Buffer.from(body, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', keysOf(key).cipherKey, sealed.subarray(0, nonceLength)).setAAD(contextOf(place))
  decipher.setAuthTag(sealed.subarray(-tagLength))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceLength, -tagLength)), decipher.final()]).toString()
  } catch (cause) {
    throw new PersonalTextDamaged(place, { cause })
  }
}

/** Each for one use. They go when the key object goes. */
const derived = new WeakMap<PersonKey, { readonly cipherKey: Buffer; readonly nonceKey: Buffer }>()
function keysOf(key: PersonKey): { readonly cipherKey: Buffer; readonly nonceKey: Buffer } {
  let keys = derived.get(key)
  if (keys === undefined) {
    const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', key.bytes, '', `muster personal text v1: ${use}`, 32))
    keys = { cipherKey: derive('cipher'), nonceKey: derive('nonce') }
    derived.set(key, keys)
  }
  return keys
}

/** JSON, so that no two places read alike; the zero byte ends it. */
const contextOf = ({ event, at, of }: PersonalPlace): Buffer => Buffer.from(`${JSON.stringify([event, at, of])}\0`)

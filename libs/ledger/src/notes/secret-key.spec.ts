import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readSecretKey, writeSecretKey } from './secret-key.ts'

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
/** What is tested does not depend on what a public key is. */
const publicKeyOf = (seed: Uint8Array): Uint8Array => sha256(seed)
const seed = new Uint8Array(32).fill(7)
const text = writeSecretKey(sha256, publicKeyOf, 'log', 'example.org/log', seed)
const read = (some: string, kind: 'log' | 'witness' = 'log') => readSecretKey(sha256, publicKeyOf, kind, some)

describe('A secret key', () => {
  it('comes back from its text, with the public key of its name', () => {
    expect(read(text)).toMatchObject({
      ok: true,
      value: { seed, key: { kind: 'log', name: 'example.org/log', publicKey: publicKeyOf(seed) } },
    })
  })

  it('of a log signs nothing as a witness', () => {
    expect(read(text, 'witness')).toEqual({ ok: false, message: 'it is no Ed25519 key of a witness' })
  })

  it.each([
    ['another name', text.replace('example.org', 'example.com')],
    [
      'another seed',
      writeSecretKey(sha256, publicKeyOf, 'log', 'example.org/log', new Uint8Array(32)).replace(/\+[0-9a-f]{8}\+/, text.slice(27, 37)),
    ],
    ['a letter too many', `${text}A`],
    ['a space', ` ${text}`],
    ['nothing', ''],
  ])('with %s is refused, and its text is not told', (_, some) => {
    const found = read(some)
    expect(found.ok).toBe(false)
    if (!found.ok) expect(found.message).not.toContain(text.slice(-20))
  })
})

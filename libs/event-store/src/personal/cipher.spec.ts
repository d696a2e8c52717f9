import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decryptText, encryptText, keyIdOf, PersonalTextDamaged, type PersonalPlace, type PersonKey } from './cipher.ts'

const keys = fc.record({ id: fc.uuid(), bytes: fc.uint8Array({ minLength: 32, maxLength: 32 }) })
const places = fc.record({ event: fc.uuid(), at: fc.constantFrom('/reason', '/text', '/notes/0'), of: fc.constantFrom('ana', 'ben') })
// What JSON can hold: no lone surrogates.
const texts = fc.string({ unit: 'grapheme', maxLength: 300 })
const holds = (property: (key: PersonKey, place: PersonalPlace, text: string) => void) =>
  fc.assert(fc.property(keys, places, texts, property))

const key: PersonKey = { id: '0b1c3f6e-2a4d-4c8e-9f10-6b7a8c9d0e1f', bytes: new Uint8Array(32).fill(7) }
const place: PersonalPlace = { event: '11111111-1111-4111-8111-111111111111', at: '/reason', of: 'ana' }

describe('A personal text', () => {
  it('comes back as it was', () =>
    holds((some, there, text) => {
      expect(decryptText(some, there, encryptText(some, there, text))).toBe(text)
    }))

  it('names its key, and is what JSON writes as it is', () =>
    holds((some, there, text) => {
      const encrypted = encryptText(some, there, text)
      expect(keyIdOf(encrypted)).toBe(some.id)
      expect(JSON.stringify(encrypted)).toBe(`"${encrypted}"`)
    }))

  it('is the same ciphertext at the same place, and another one anywhere else', () =>
    holds((some, there, text) => {
      expect(encryptText(some, there, text)).toBe(encryptText(some, there, text))
      const elsewhere = { ...there, event: '22222222-2222-4222-8222-222222222222' }
      expect(encryptText(some, elsewhere, text).slice(-20)).not.toBe(encryptText(some, there, text).slice(-20))
    }))

  it('that was changed by one bit is refused by name', () =>
    fc.assert(
      fc.property(keys, texts, fc.nat(), (some, text, at) => {
        const encrypted = encryptText(some, place, text)
        const [head, body] = [encrypted.slice(0, 44), encrypted.slice(44)]
        const bytes = Buffer.from(body, 'base64url')
        const bit = at % (bytes.length * 8)
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(() => decryptText(some, place, head + bytes.toString('base64url'))).toThrow(PersonalTextDamaged)
      }),
    ))

  it('that was moved to another event, field or person is refused', () => {
    const encrypted = encryptText(key, place, 'The evidence was read.')
    for (const other of [{ event: '22222222-2222-4222-8222-222222222222' }, { at: '/text' }, { of: 'ben' }])
      expect(() => decryptText(key, { ...place, ...other }, encrypted)).toThrow(PersonalTextDamaged)
  })

  it('is not opened by the key of another person, whatever that calls itself', () =>
    holds((some, there, text) => {
      const encrypted = encryptText(some, there, text)
      const other = { id: some.id, bytes: Uint8Array.from(some.bytes, byte => byte ^ 1) }
      expect(() => decryptText(other, there, encrypted)).toThrow(PersonalTextDamaged)
      expect(() => decryptText({ ...some, id: key.id }, there, encrypted)).toThrow(PersonalTextDamaged)
    }))

  it('that people type to look like a ciphertext is text', () => {
    const typed = encryptText(key, place, 'something')
    expect(decryptText(key, place, encryptText(key, place, typed))).toBe(typed)
    for (const clear of ['enc.v1.', 'enc.v1.me', `enc.v1.${key.id}.short`, `enc.v2.${key.id}.${'A'.repeat(40)}`])
      expect(keyIdOf(clear)).toBeUndefined()
  })
})

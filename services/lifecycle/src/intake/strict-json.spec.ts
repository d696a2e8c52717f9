import { canonicalJson } from '@muster/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Refusal } from './refusal.ts'
import { parseStrict } from './strict-json.ts'

const limits = { depth: 32, bytes: 256 * 1024 }
const parse = (text: string) => parseStrict(Buffer.from(text), limits)
const refused = (text: string | Uint8Array): Refusal | undefined => {
  const result = parseStrict(typeof text === 'string' ? Buffer.from(text) : text, limits)
  return result.ok ? undefined : result.refusal
}

/** Texts of JSON in which nothing is hidden: as `JSON.stringify` writes them, with white space here and there. */
const clean = fc
  .jsonValue({ maxDepth: 8, stringUnit: 'grapheme' })
  .map(value => JSON.stringify(value, undefined, 1))
  .filter(text => !/"__proto__"|\\u0000|e\+|(?<![.\d])\d{16}/.test(text))

describe('Strict JSON', () => {
  it('reads what hides nothing as JSON.parse does', () =>
    fc.assert(fc.property(clean, text => void expect(parse(text)).toEqual({ ok: true, value: JSON.parse(text) }))))

  it('never reads what JSON.parse does not', () =>
    fc.assert(
      fc.property(clean, fc.nat(), fc.constantFrom('"', '{', '}', '[', ',', ':', '\\', '0', 'e', '\u{1F}'), (text, at, added) => {
        const place = at % (text.length + 1)
        const broken = text.slice(0, place) + added + text.slice(place)
        let isJson = true
        try {
          JSON.parse(broken)
        } catch {
          isJson = false
        }
        if (!isJson) expect(refused(broken)).toMatchObject({ code: 'not-json' })
      }),
    ))

  it('gives two texts one canonical text only if they mean the same', () =>
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.bigInt({ min: 0n, max: 40n }), (number, off) => {
        const [one, other] = [parse(String(number)), parse(String(number + off))]
        if (one.ok && other.ok && off !== 0n) expect(canonicalJson(one.value)).not.toBe(canonicalJson(other.value))
      }),
    ))

  it('takes numbers that print as the same number again, however they are written', () => {
    for (const text of [
      '0',
      '-0',
      '1.0',
      '1e2',
      '0.1',
      '0.10',
      '1E-7',
      '5e-324',
      '9007199254740991',
      '-9007199254740991',
      '0.8333333333333334',
    ])
      expect(parse(text)).toEqual({ ok: true, value: Number(text) })
  })

  it('refuses numbers that would be rounded, at their place', () => {
    for (const text of ['9007199254740993', '9007199254740992', '1e400', '0.10000000000000000001', '0.12345678901234567890', '1e-400'])
      expect(refused(`{"a":[true,{"b/c":${text}}]}`), text).toMatchObject({ code: 'invalid', path: '/a/1/b~1c' })
  })

  it('refuses a key that stands twice, however it is written', () => {
    expect(refused('{"a":{"b":1,"c":2,"b":1}}')).toMatchObject({ code: 'invalid', path: '/a/b' })
    expect(refused(String.raw`{"a":1,"\u0061":1}`)).toMatchObject({ code: 'invalid', path: '/a' })
    expect(refused('[{"a":1},{"a":1},{"b":{"a":1},"a":[{"a":1}]}]')).toBeUndefined()
  })

  it('is not misled by what only looks like structure', () =>
    expect(parse(String.raw`{"a":"{\"a\":1,\\","b":["}]",":"]}`)).toEqual({ ok: true, value: { a: '{"a":1,\\', b: ['}]', ':'] } }))

  it('refuses half a surrogate pair, U+0000 and __proto__, in keys as in values', () => {
    expect(refused(String.raw`{"a":"\ud800"}`)).toMatchObject({ code: 'invalid', path: '/a' })
    expect(refused(String.raw`{"\udc00x":1}`)).toMatchObject({ code: 'invalid' })
    expect(refused(String.raw`["\u0000"]`)).toMatchObject({ code: 'invalid', path: '/0' })
    expect(refused('{"a":{"__proto__":{}}}')).toMatchObject({ code: 'invalid', path: '/a/__proto__' })
    expect(refused(String.raw`{"a":"\ud83d\ude00"}`)).toBeUndefined()
  })

  it('refuses what is nested deeper than 32, however deep', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
    expect(refused(nested(32))).toBeUndefined()
    expect(refused(nested(33))).toMatchObject({ code: 'invalid', path: '/0'.repeat(32) })
    expect(refused(nested(100_000))).toMatchObject({ code: 'invalid' })
    expect(refused('{"a":'.repeat(33) + '1' + '}'.repeat(33))).toMatchObject({ code: 'invalid' })
  })

  it('refuses what is not UTF-8, has a byte order mark, or is more than 256 KiB', () => {
    expect(refused(Uint8Array.of(0x22, 0xff, 0x22))).toMatchObject({ code: 'not-json', message: 'the bytes are not UTF-8' })
    expect(refused('\u{FEFF}{}')).toMatchObject({ code: 'not-json' })
    expect(refused(JSON.stringify('x'.repeat(256 * 1024 - 2)))).toBeUndefined()
    expect(refused(JSON.stringify('x'.repeat(256 * 1024 - 1)))).toMatchObject({ code: 'too-large' })
  })

  it('tells of what it refuses in text that can be kept', () => {
    const { message } = refused(`{"${'\\ud83d\\ude00'.repeat(2000)}":1,"a":1,"a":2}`) ?? { message: '' }
    expect(message).toBe('the key "a" stands here twice')
    const long = refused(`{"${'😀'.repeat(2000)}":1,"${'😀'.repeat(2000)}":2}`)
    expect(long?.message.length).toBeLessThanOrEqual(1000)
    expect(long?.message).not.toMatch(/\p{Surrogate}/u)
  })
})

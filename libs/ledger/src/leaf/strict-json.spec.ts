import { canonicalJson } from '@muster/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCanonical } from './strict-json.ts'

/**
 * V8 of Node 24.21 reads a name that is a quotation mark as one that is a backslash, where it has just seen the latter behind the same names.
 * A parser that errs is no oracle; what is specified here parses nothing.
 */
JSON.parse(String.raw`{"a":0,"\\":0}`)
const parserErrs = !Object.hasOwn(JSON.parse(String.raw`{"a":0,"\"":0}`) as object, '"')

/** What is meant, the slow way: parse, look, write again. */
function isStrict(text: string): boolean {
  const isFine = (value: unknown, depth: number): boolean => {
    if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER
    if (typeof value !== 'object' || value === null) return true
    return depth < 32 && Object.entries(value).every(([name, field]) => name !== '__proto__' && isFine(field, depth + 1))
  }
  try {
    const value: unknown = JSON.parse(text)
    return isFine(value, 0) && canonicalJson(value) === text
  } catch {
    return false
  }
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    '',
    '"',
    '\\',
    '/',
    '\u0000',
    '\b\t\n\f\r',
    '\u001f\u007f',
    '\u2028',
    '😀',
    '\ud800',
    '\udc00x',
    '10',
    '9',
    '__proto__',
    'toJSON',
  ),
)
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom(0, 1e21, 1e-7, 5e-324, 2 ** 53 - 1, 2 ** 53, -(2 ** 53) + 1),
)
const json = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    text,
    number,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(text, tie('value')), { maxLength: 4 }).map(fields => Object.fromEntries(fields)),
  ),
})).value

describe('Strict JSON', () => {
  it.skipIf(parserErrs)('is what, parsed and written again, is the same text', () => {
    let passed = 0
    fc.assert(
      fc.property(json, fc.boolean(), (value, sorted) => {
        const written = JSON.stringify(value)
        const texts = [written, ...(sorted && !/\\ud[89a-f]/.test(written) ? [canonicalJson(value)] : [])]
        for (const one of texts) {
          expect(checkCanonical(one).ok, one).toBe(isStrict(one))
          if (isStrict(one)) passed += 1
        }
      }),
      { numRuns: 2_000 },
    )
    expect(passed).toBeGreaterThan(500)
  })

  it.skipIf(parserErrs)('stays so with any character of it changed, put in or taken out', () => {
    const piece = fc.constantFrom(
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      ' ',
      '0',
      '1',
      '-',
      '.',
      'e',
      '+',
      'u',
      'a',
      't',
      '\n',
      '\ud800',
      '{}',
    )
    fc.assert(
      fc.property(json, fc.nat(), fc.nat(2), piece, (value, at, taken, put) => {
        const written = JSON.stringify(value)
        const place = at % (written.length + 1)
        const changed = written.slice(0, place) + put + written.slice(place + taken)
        expect(checkCanonical(changed).ok, changed).toBe(isStrict(changed))
      }),
      { numRuns: 4_000 },
    )
  })

  it.each([
    ['{"a":1,"a":2}', '/a: the key stands here twice'],
    ['{"b":1,"a":1}', '/a: the keys are not in order'],
    ['{"a":[1, 2]}', '/a/1: a value should stand at character 8'],
    ['{"a":[0,{"b/c":1.0}]}', '/a/1/b~1c: the number is not written'],
    ['[9007199254740993]', '/0: the number is too large'],
    ['[9007199254740992]', '/0: the number is too large'],
    ['[1e400]', '/0: the number is too large'],
    ['[0.1000000000000000055]', '/0: the number is not written'],
    ['[-0]', '/0: the number is not written'],
    ['{"a":"\\ud800"}', '/a: an escape is not the one'],
    ['{"a":"\ud800"}', '/a: half of a surrogate pair'],
    ['{"a":"\\/"}', '/a: an escape is not the one'],
    ['{"a":"\\u0009"}', '/a: an escape is not the one'],
    ['{"a":{"__proto__":1}}', '/a: the key __proto__'],
    ['{"a":{"\\u005f_proto__":1}}', '/a: an escape is not the one'],
    [`${'['.repeat(33)}${']'.repeat(33)}`, 'nested deeper than 32'],
    [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'nested deeper than 32'],
    [`"${'x'.repeat(256 * 1024)}"`, 'more than 262144 bytes'],
    [`"${'é'.repeat(128 * 1024)}"`, 'more than 262144 bytes'],
    ['{"a":1', "a comma or the object's end"],
    ['{}{}', 'something follows'],
    ['\ufeff{}', 'a value should stand'],
    ['', 'cut off'],
  ])('is refused with the place and the reason (%#)', (wrong, why) => {
    const checked = checkCanonical(wrong)
    expect(checked.ok ? '' : checked.message).toContain(why)
  })

  it('may be as deep as 32', () => expect(checkCanonical(`${'['.repeat(32)}${']'.repeat(32)}`).ok).toBe(true))
})

import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical.ts'

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('"', '\\', '\u0000\u001f\u007f', '\u2028', '€', '😀', '10', '9'),
)
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom(0, -0, 1e21, 1e-7, 5e-324, 2 ** 53),
)
const json = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(null, true, false),
    text,
    number,
    fc.array(tie('value'), { maxLength: 6 }),
    fc.dictionary(text, fc.option(tie('value'), { nil: undefined }), { maxKeys: 8 }),
  ),
})).value

describe('Canonical JSON', () => {
  it('is, to the byte, what the reference implementation writes', () => {
    fc.assert(
      fc.property(json, value => {
        expect(canonicalJson(value)).toBe(canonicalize(value))
      }),
      { numRuns: 2_000 },
    )
  })

  it('says the same value, whichever order its names came in', () => {
    expect(canonicalJson({ b: 1, a: { 10: 'ten', 9: 'nine' } })).toBe('{"a":{"10":"ten","9":"nine"},"b":1}')
  })

  it('leaves out what is undefined, and writes null for it in a list', () => {
    expect(canonicalJson({ a: undefined, b: [undefined, 1] })).toBe('{"b":[null,1]}')
  })

  it.each([undefined, NaN, Infinity, () => 1, Symbol('x'), 10n, '\ud800', { '\udc00': 1 }, { a: () => 1 }])(
    'refuses what is not JSON: %o',
    value => {
      expect(() => canonicalJson(value)).toThrow(TypeError)
    },
  )

  it('refuses a cycle', () => {
    const cycle: Record<string, unknown> = {}
    cycle['self'] = cycle
    expect(() => canonicalJson(cycle)).toThrow(RangeError)
  })
})

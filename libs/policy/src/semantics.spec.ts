import type { Facts } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { testSchema } from './testing/expressions.ts'
import { compileExpression } from './compile.ts'
import { evaluateExpression, type Evaluation } from './evaluate.ts'

function evaluate(source: string, facts: Facts = {}): Evaluation {
  const compiled = compileExpression(source, testSchema)
  if (!compiled.ok) throw new Error(`${source}: ${compiled.diagnostics.map(({ message }) => message).join('; ')}`)
  return evaluateExpression(compiled.expression, facts)
}
const valueOf = (source: string, facts?: Facts) => evaluate(source, facts).value

// One way to write each outcome: `flag` is required and missing, a division by zero is an error.
const written = { T: 'true', F: 'false', U: 'flag', E: '(1 / 0 == 1)' } as const
const outcome = { T: true, F: false, U: 'unknown', E: 'error' } as const
type Letter = keyof typeof written

describe('The connectives', () => {
  const order = ['T', 'F', 'U', 'E'] as const
  const and = { T: 'TFUE', F: 'FFFF', U: 'UFUE', E: 'EFEE' }
  const or = { T: 'TTTT', F: 'TFUE', U: 'TUUE', E: 'TEEE' }
  const pairs = order.flatMap(left =>
    order.map((right, index) => [left, right, and[left][index], or[left][index]] as [Letter, Letter, Letter, Letter]),
  )

  it.each(pairs)('%s and %s: && is %s, || is %s', (left, right, conjunction, disjunction) => {
    expect(valueOf(`${written[left]} && ${written[right]}`)).toBe(outcome[conjunction])
    expect(valueOf(`${written[left]} || ${written[right]}`)).toBe(outcome[disjunction])
  })

  it('negate what is certain only', () => {
    expect(order.map(letter => valueOf(`!${written[letter]}`))).toEqual([false, true, 'unknown', 'error'])
  })

  it.each([
    ['T', 'T', 'F', 'T'],
    ['F', 'T', 'F', 'F'],
    ['U', 'T', 'T', 'T'],
    ['U', 'F', 'F', 'F'],
    ['U', 'T', 'F', 'U'],
    ['U', 'U', 'U', 'U'],
    ['U', 'T', 'E', 'U'],
    ['E', 'T', 'T', 'E'],
    ['T', 'U', 'T', 'U'],
    ['F', 'E', 'T', 'T'],
  ] as [Letter, Letter, Letter, Letter][])('%s ? %s : %s is %s', (condition, then, otherwise, expected) => {
    expect(valueOf(`${written[condition]} ? ${written[then]} : ${written[otherwise]}`)).toBe(outcome[expected])
  })

  it('choose what both branches agree on, among other values too', () => {
    expect(valueOf('(flag ? 1 : 1) == 1')).toBe(true)
    expect(valueOf('(flag ? 1 : 2) == 1')).toBe('unknown')
    expect(valueOf('(flag ? now : now) == now', { now: '2026-01-01T00:00:00Z' })).toBe(true)
  })
})

describe('The quantifiers', () => {
  /** Rows whose `good` is true, false, missing, or no bool. */
  const rows = (letters: string): Facts => {
    const good = { T: { good: true }, F: { good: false }, U: {}, E: { good: 'yes' } } as const
    return { rows: [...letters].map(letter => good[letter as Letter]) }
  }

  it.each([
    ['', 'T', 'F', 'F'],
    ['T', 'T', 'T', 'T'],
    ['F', 'F', 'F', 'F'],
    ['TT', 'T', 'T', 'F'],
    ['TF', 'F', 'T', 'T'],
    ['U', 'U', 'U', 'U'],
    ['TU', 'U', 'T', 'U'],
    ['UF', 'F', 'U', 'U'],
    ['E', 'E', 'E', 'E'],
    ['UE', 'E', 'E', 'E'],
    ['UEF', 'F', 'E', 'E'],
    ['UET', 'E', 'T', 'E'],
    ['TUTE', 'E', 'T', 'F'],
  ] as [string, Letter, Letter, Letter][])('over "%s": all is %s, exists %s, exists_one %s', (letters, all, exists, one) => {
    expect(valueOf('rows.all(r, r.good)', rows(letters))).toBe(outcome[all])
    expect(valueOf('rows.exists(r, r.good)', rows(letters))).toBe(outcome[exists])
    expect(valueOf('rows.exists_one(r, r.good)', rows(letters))).toBe(outcome[one])
  })

  it('are unknown over a list that is missing', () => {
    expect(evaluate('rows.all(r, r.good)')).toMatchObject({ value: 'unknown', missing: ['rows'] })
  })

  it('name every element whose fact is missing', () => {
    expect(evaluate('rows.all(r, r.good)', rows('TUU')).missing).toEqual(['rows[1].good', 'rows[2].good'])
  })

  it('name the witness, and only it', () => {
    expect(
      evaluate('rows.all(r, r.size > 0 && r.good)', { rows: [{ size: 1, good: true }, { size: 0, good: true }, { size: -1 }] }).because,
    ).toEqual([{ text: 'rows[1].size > 0', values: { 'rows[1].size': 0 }, result: false }])
  })

  it('show what was read when no element decided alone', () => {
    expect(evaluate('rows.exists(r, r.size > 5)', { rows: [{ size: 1 }, { size: 2 }] }).because).toEqual([
      { text: 'rows.exists(r, r.size > 5)', values: { 'size(rows)': 2, 'rows[0].size': 1, 'rows[1].size': 2 }, result: false },
    ])
  })

  it('name elements by where they stand, however they were chosen', () => {
    const facts = { rows: [{ size: 1, good: true }, { size: 2 }] }
    for (const list of ['[rows[1], rows[0]]', 'rows.filter(r, r.size > 1)', 'rows.map(r, r)', '[true ? rows[1] : rows[0]]']) {
      expect(evaluate(`${list}.all(x, x.good)`, facts).missing, list).toEqual(['rows[1].good'])
    }
  })

  it('nest, and name elements of both lists', () => {
    const { because } = evaluate('rows.all(r, tags.exists(t, t == r.label))', { rows: [{ label: 'a' }, { label: 'c' }], tags: ['a', 'b'] })
    expect(because).toEqual([
      {
        text: 'tags.exists(t, t == rows[1].label)',
        values: { 'size(tags)': 2, 'tags[0]': 'a', 'tags[1]': 'b', 'rows[1].label': 'c' },
        result: false,
      },
    ])
  })
})

describe('A fact that is not there', () => {
  it('is unknown where it is required, with the path of what is missing first', () => {
    expect(evaluate('count > 1')).toMatchObject({ value: 'unknown', missing: ['count'] })
    expect(evaluate('inner.deep.size > 1')).toMatchObject({ value: 'unknown', missing: ['inner'] })
    expect(evaluate('inner.deep.size > 1', { inner: { deep: {} } })).toMatchObject({ value: 'unknown', missing: ['inner.deep.size'] })
  })

  it('is absent where it is optional: has() is false, reading it is unknown', () => {
    expect(valueOf('has(maybe)')).toBe(false)
    expect(valueOf('has(inner.deep)', { inner: {} })).toBe(false)
    expect(valueOf('has(inner.deep.size)', { inner: {} })).toBe(false)
    expect(evaluate('maybe')).toMatchObject({ value: 'unknown', missing: ['maybe'] })
    expect(valueOf('!has(inner.deep) || inner.deep.size > 0', { inner: {} })).toBe(true)
  })

  it('makes has() unknown where it is required', () => {
    expect(evaluate('has(flag)')).toMatchObject({ value: 'unknown', missing: ['flag'] })
    expect(evaluate('has(inner.deep)')).toMatchObject({ value: 'unknown', missing: ['inner'] })
    expect(evaluate('has(inner.deep.size)', { inner: { deep: {} } })).toMatchObject({ value: 'unknown', missing: ['inner.deep.size'] })
  })

  it('is never found in the prototype of an object', () => {
    const facts = JSON.parse('{"__proto__": {"flag": true}}') as Facts
    expect(valueOf('flag', facts)).toBe('unknown')
    expect(valueOf('flag', Object.create({ flag: true }) as Facts)).toBe('unknown')
  })
})

describe('A fact that is not what its schema says', () => {
  it.each([
    ['flag', { flag: 'yes' }, 'flag is "yes", not a bool'],
    ['count > 0', { count: 1.5 }, 'count is 1.5, not an int'],
    ['score > 0', { score: '0.9' }, 'score is "0.9", not a double'],
    ["tier == 'low'", { tier: 'extreme' }, 'tier is "extreme", not one of low, middle, high'],
    ['at > at', { at: 'yesterday' }, 'at is "yesterday", not a timestamp of RFC 3339'],
    ['size(tags) > 0', { tags: 'a' }, 'tags is "a", not a list'],
    ['size(tags) > 0', { tags: ['a', 'b', 'c', 'd', 'e'] }, 'tags has 5 elements; its cap is 4'],
    ['inner.good', { inner: [] }, 'inner is a list, not a record'],
    ['tags[3] == name', { tags: ['a'], name: '' }, 'tags has no element 3: it has 1'],
    ['1 / count > 0', { count: 0 }, 'division by zero'],
    ["name.matches('a')", { name: 'a'.repeat(9_000) }, 'name is too long to match'],
    ['size(name + name) > 0', { name: 'a'.repeat(40_000) }, 'the text that was put together is too long'],
    ['score / 0.0 > 1.0', { score: 1 }, 'the number is not finite (a division by zero?)'],
    ['count * 9007199254740991 > 0', { count: 3 }, 'the integer is beyond 9007199254740991'],
  ])('is an error: %s', (source, facts, error) => {
    expect(evaluate(source, facts as Facts)).toMatchObject({ value: 'error', errors: [error], missing: [] })
  })
})

describe('Texts and numbers', () => {
  it.each([
    "'a' < 'b' && 'a' < 'aa' && !('b' < 'aa') && '\\uffff' < '😀'",
    "'Straße'.upperAscii() == 'STRAßE' && 'ÄA'.lowerAscii() == 'Äa' && ' a '.trim() == 'a'",
    "'fraud-v7'.startsWith('fraud') && 'fraud-v7'.endsWith('7') && 'fraud-v7'.contains('-')",
    "'sha256:ab'.matches('^sha256:[0-9a-f]+$') && !'x'.matches('^(a+)+$')",
    '1 < 1.5 && 2 == 2.0 && score >= 0 && 0.1 + 0.2 != 0.3',
    'size(rows.filter(r, r.good).map(r, r.size)) == 1 && rows.map(r, r.size)[0] == 3 && rows.filter(r, r.good)[0].size == 3',
  ])('mean what they seem to: %s', source => {
    expect(
      valueOf(source, {
        score: 0,
        rows: [
          { good: true, size: 3 },
          { good: false, size: 4 },
        ],
      }),
    ).toBe(true)
  })
})

describe('A pattern', () => {
  it('matches in linear time, however it is written', () => {
    const name = 'ab'.repeat(4_000)
    for (const pattern of ['^(a|b|ab)*c', '(a|b)*a(a|b){90}c', '((((a*)*)*)*)*c', '(.*)(.*)(.*)(.*)c$']) {
      expect(valueOf(`name.matches('${pattern}')`, { name }), pattern).toBe(false)
    }
  }, 3_000)
})

describe('An explanation', () => {
  const facts: Facts = { now: '2026-01-01T00:00:00Z', at: '2025-01-01T00:00:00Z', score: 0.5, count: 3, tags: ['a'] }

  it('gives all parts when all were needed, and those that did not decide none', () => {
    expect(evaluate('score < 1 && count > 1', facts).because.map(({ text }) => text)).toEqual(['score < 1', 'count > 1'])
    expect(evaluate('score < 1 && count > 5 && maybe', facts).because.map(({ text }) => text)).toEqual(['count > 5'])
    expect(evaluate('score > 1 || flag', facts).because).toEqual([{ text: 'flag', values: {}, result: 'unknown' }])
  })

  it('stands on one line and shows times, lengths and elements', () => {
    expect(evaluate("now - at\n  > duration('90d')", facts).because).toEqual([
      { text: "now - at > duration('90d')", values: { at: '2025-01-01T00:00:00Z', now: '2026-01-01T00:00:00Z' }, result: true },
    ])
    expect(evaluate("size(tags) == 1 && tags[0] == 'a'", facts).because).toEqual([
      { text: 'size(tags) == 1', values: { 'size(tags)': 1 }, result: true },
      { text: "tags[0] == 'a'", values: { 'tags[0]': 'a' }, result: true },
    ])
  })

  it('is bounded', () => {
    const long = { ...facts, name: 'x'.repeat(5_000) }
    expect(JSON.stringify(evaluate("name == 'a'", long).because).length).toBeLessThan(500)
    expect(evaluate(Array.from({ length: 100 }, () => 'count > 1').join(' && '), facts).because).toHaveLength(20)
  })
})

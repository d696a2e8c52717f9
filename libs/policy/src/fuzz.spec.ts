import { factsSchema } from '@muster/contracts'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { compileExpression } from './compile.ts'
import type { Diagnostic } from './diagnostic.ts'
import { limits } from './limits.ts'
import { parsePolicyText } from './policy-text.ts'
import { expressions, testSchema } from './testing/expressions.ts'
import { policyText } from './testing/policy-texts.ts'

/*
 * Whatever the text: there is an answer, it is good or says what is wrong, and all that it says is wrong stands in the text. A slip somewhere
 * hides no slip elsewhere.
 */

const tally = { expressions: 0, files: 0 }
afterAll(() => console.log(`${tally.expressions} expressions and ${tally.files} files were read, however they were made`))

function expectInside(text: string, diagnostics: readonly Diagnostic[]): void {
  const lines = text.split('\n')
  expect(diagnostics.length).toBeLessThanOrEqual(50)
  let before = [1, 1]
  for (const { line, column, length = 0, message } of diagnostics) {
    const width = lines[line - 1]?.length ?? -1
    expect(column, `${message} at ${line}:${column}`).toBeGreaterThanOrEqual(1)
    expect(column, `${message} at ${line}:${column}`).toBeLessThanOrEqual(width + 1)
    expect(length).toBeLessThanOrEqual(text.length)
    expect(line * 1e9 + column).toBeGreaterThanOrEqual((before[0] ?? 0) * 1e9 + (before[1] ?? 0))
    before = [line, column]
  }
}

function expectAnswer(source: string): void {
  tally.expressions += 1
  const result = compileExpression(source, testSchema)
  const told = result.ok ? result.warnings : result.diagnostics
  expect(told.some(({ severity }) => severity === 'error')).toBe(!result.ok)
  expectInside(source, told)
}

function expectFileAnswer(text: string): void {
  tally.files += 1
  const result = parsePolicyText(text, 'p.yaml', factsSchema)
  const told = result.ok ? result.documents.flatMap(({ warnings }) => warnings) : result.diagnostics
  expect(told.some(({ severity }) => severity === 'error')).toBe(!result.ok)
  if (!result.ok) expectInside(text, told)
}

/** A text with pieces of it taken away, doubled, moved, or others put in. */
const mutated = (texts: fc.Arbitrary<string>, pieces: fc.Arbitrary<string>): fc.Arbitrary<string> => {
  const change = fc.tuple(fc.constantFrom('cut', 'double', 'put', 'replace'), fc.nat(), fc.nat({ max: 12 }), pieces)
  return fc.tuple(texts, fc.array(change, { minLength: 1, maxLength: 6 })).map(([text, changes]) =>
    changes.reduce((sum, [how, where, length, piece]) => {
      const at = where % (sum.length + 1)
      const [before, taken, after] = [sum.slice(0, at), sum.slice(at, at + length), sum.slice(at + length)]
      if (how === 'cut') return before + after
      if (how === 'double') return before + taken + taken + after
      return how === 'put' ? before + piece + taken + after : before + piece + after
    }, text),
  )
}

const words = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '!',
  '-',
  '+',
  '%',
  '&&',
  '||',
  '&',
  '?',
  ':',
  ',',
  '.',
  '==',
  '=',
  '<=',
  '<>',
  "'",
  '"',
  '“',
  '`',
  '\\',
  '//',
  '$',
  '\n',
  '\t',
  '\0',
  '😀',
  '\uD800',
  ' in ',
  ' not ',
  ' and ',
  ' true ',
  ' null ',
  '1',
  '1e',
  '0x1',
  '9'.repeat(30),
  'r',
  'b',
  'has(',
  'flag',
  'rows',
  'tags',
  'inner.deep',
  'rows.all(r, ',
  'rows.map(',
  'size(',
  '.matches(',
  "timestamp('",
  'now',
  'constructor',
  '__proto__',
  'toString',
  'now()',
  'flga',
  'inner.dep',
]
const bytes = fc.uint8Array({ maxLength: 400 })
const runs = { numRuns: 400 }

describe('An expression', () => {
  it.each<[string, fc.Arbitrary<string>]>([
    ['of any characters', fc.string({ unit: 'binary', maxLength: 300 })],
    ['of any bytes', bytes.map(each => Buffer.from(each).toString('latin1'))],
    ['of bytes that are no UTF-8', bytes.map(each => Buffer.from(each).toString('utf8'))],
    ['of words in any order', fc.array(fc.constantFrom(...words), { maxLength: 120 }).map(parts => parts.join(''))],
    ['of words with spaces', fc.array(fc.constantFrom(...words), { maxLength: 120 }).map(parts => parts.join(' '))],
    ['of good expressions that were spoilt', mutated(expressions(), fc.constantFrom(...words))],
    [
      'of one word, often',
      fc
        .tuple(fc.constantFrom(...words), fc.constantFrom(...words), fc.nat({ max: 4_500 }))
        .map(([one, other, times]) => one.repeat(times).slice(0, 4_200) + other),
    ],
    [
      'of two words in turn',
      fc
        .tuple(fc.constantFrom(...words), fc.constantFrom(...words), fc.nat({ max: 600 }))
        .map(([one, other, times]) => (one + other).repeat(times)),
    ],
  ])('%s is good or has its errors told, within itself', (_, texts) => {
    fc.assert(fc.property(texts, expectAnswer), runs)
  })

  it.each<[string, string]>([
    ['a very long name', 'x'.repeat(limits.expression)],
    ['a very long field', `inner.${'y'.repeat(limits.expression - 6)}`],
    ['a very long number', '7'.repeat(limits.expression)],
    ['a very long exponent', `1e${'9'.repeat(3_000)} > 0.0`],
    ['a huge list', `1 in [${'1, '.repeat(1_200)}1]`],
    ['a very deep list', '['.repeat(limits.expression)],
    ['a very long function', `${'f'.repeat(3_000)}(flag)`],
    ['a huge text', `name == '${'z'.repeat(1_000_000)}'`],
  ])('%s is answered', (_, source) => expectAnswer(source))
})

describe('A file of policies', () => {
  const yaml = [
    '\n',
    '  ',
    '- ',
    ': ',
    '? ',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '|',
    '>-',
    '&a ',
    '*a',
    '!!str ',
    '!x ',
    '---\n',
    '...\n',
    '#',
    '%YAML 1.1\n',
    '\t',
    '\r\n',
    '\0',
    '\uFEFF',
    '<<: ',
    'kind: Policy\n',
    'rules:\n',
    'assert: ',
    'null',
    '~',
    '0x1',
    '__proto__: ',
    ...words.slice(0, 30),
  ]
  const good = fc
    .tuple(fc.constantFrom('fairness', 'p'), expressions())
    .map(([id]) => policyText(id, { assert: "'evaluation.auc >= 0.65 && model.riskTier != ''prohibited'''" }))

  it.each<[string, fc.Arbitrary<string>]>([
    ['of any characters', fc.string({ unit: 'binary', maxLength: 300 })],
    ['of any bytes', bytes.map(each => Buffer.from(each).toString('latin1'))],
    ['of pieces of YAML', fc.array(fc.constantFrom(...yaml), { maxLength: 120 }).map(parts => parts.join(''))],
    ['of good policies that were spoilt', mutated(good, fc.constantFrom(...yaml))],
    ['of several of which one was spoilt', fc.tuple(good, mutated(good, fc.constantFrom(...yaml))).map(both => both.join('---\n'))],
    ['of one piece, often', fc.tuple(fc.constantFrom(...yaml), fc.nat({ max: 3_000 })).map(([piece, times]) => piece.repeat(times))],
  ])('%s is good or has its errors told, within itself', (_, texts) => {
    fc.assert(fc.property(texts, expectFileAnswer), { numRuns: 250 })
  })

  const slips: readonly (readonly [assert: string, message: string, suggestion?: string])[] = [
    ['evaluation.acu > 0.5', 'unknown fact "evaluation.acu"', 'evaluation.auc'],
    ['modell.registeredAt < now', 'unknown fact "modell"', 'model'],
    ["model.riskTier == 'hihg'", '"hihg" is none of minimal, limited, high, prohibited', "'high'"],
    ['evaluation.auc = 0.5', '"=" is no operator', '=='],
    ['(evaluation.auc > 0.5', '"(" is never closed by ")"'],
    ['evaluation.auc > > 0.5', 'expected a value, found ">"'],
    ['evaluation.auc > 0.5 model.owner', 'expected an operator or the end, found "model"'],
    ['datasets.exits(d, d.registered)', 'unknown function "exits"', 'exists'],
    ["model.owner == 'ana", 'the string does not end', "'ana'"],
    ["evaluation.auc > 'x'", 'cannot compare a double with a string'],
    ['now() < evaluation.at', 'there is no now(): the instant of the decision is the fact now'],
  ]
  it('has every slip told, of however many rules, each in its line and with what was probably meant', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...slips], { minLength: 2 }), fc.nat(), (chosen, where) => {
        const goodRule = `  - id: good\n    assert: evaluation.auc > 0.5\n    message: M.\n`
        const bad = chosen.map(([assert], index) => `  - id: r${index}\n    assert: >-\n      ${assert}\n    message: M.\n`)
        bad.splice(where % (bad.length + 1), 0, goodRule)
        const text = policyText('p').replace(/ {2}- id: holds[^]*(?=onUnknown)/, bad.join(''))
        const result = parsePolicyText(text, 'p.yaml', factsSchema)
        const lines = text.split('\n')
        const told = result.ok ? [] : result.diagnostics
        for (const [assert, message, suggestion] of chosen) {
          const line = lines.indexOf(`      ${assert}`) + 1
          expect(told.filter(one => one.line === line).map(one => [one.message, one.suggestion])).toContainEqual([message, suggestion])
        }
      }),
      { numRuns: 60 },
    )
  })
})

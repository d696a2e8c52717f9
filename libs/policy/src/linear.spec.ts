import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { countSteps } from './testing/steps.ts'

/*
 * Nothing that somebody writes keeps this library busy for longer than the text is long. Steps are counted, of this library and of what it reads
 * YAML and matches patterns with: twice the text may take twice the steps and no more, however it is made.
 */

const steps = countSteps()
const { factsSchema } = await import('@muster/contracts')
const { compileExpression } = await import('./compile.ts')
const { evaluateExpression } = await import('./evaluate.ts')
const { limits } = await import('./limits.ts')
const { parsePolicyText } = await import('./policy-text.ts')
const { byEngine } = await import('./testing/by-engine.ts')
const { policyText } = await import('./testing/policy-texts.ts')
const { RE2JS } = await import('re2js')
const { patternSize } = await import('./pattern-size.ts')
afterAll(() => steps.stop())

const counted = ['/libs/policy/src/', '/node_modules/yaml/', '/node_modules/re2js/']
const fill = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length)

/** For each size, after a first run, in which what is made once is made. */
function perCharacter(sizes: readonly number[], make: (size: number) => string, work: (text: string) => unknown): readonly number[] {
  work(make(sizes[0] ?? 0))
  return sizes.map(size => {
    const text = make(size)
    return steps.of(() => work(text), counted) / text.length
  })
}

/**
 * Steps for each character do not grow with their number. Below a few a character they are those of what is done once a text, and what V8
 * forgets or inlines meanwhile shows in the count; work that grows faster than the text is beyond them long before the longest one.
 */
const negligible = 5

function expectLinear(each: readonly number[], most: number): void {
  const [first = 0, ...rest] = each
  expect(first).toBeLessThan(most)
  for (const one of rest) expect(one, each.join(', ')).toBeLessThan(Math.max(first, negligible) * 1.3)
}

describe('The steps for an expression', () => {
  it.each<[string, (size: number) => string]>([
    ['parentheses within each other', size => `${'('.repeat(size / 2)}true${')'.repeat(size / 2)}`],
    ['a chain of choices', size => `${fill('true ? true : ', size)}true`],
    ['a chain of fields', size => `a${fill('.b', size)}`],
    ['one long string', size => `'${'x'.repeat(size)}' == ''`],
    ['one long name', size => fill('evaluation_', size)],
    ['one long number', size => fill('17', size)],
    ['names that are nearly facts', size => `${fill('evaluatoin_balancedAccurac && ', size)}true`],
    ['guards of one another', size => `${fill('has(model) && ', size)}true`],
    ['guards within each other', size => fill('(has(evaluation) || !', size)],
    ['errors only', size => fill('$', size)],
    ['quotes that do not close', size => fill("'a ", size)],
    ['quotes that do not close, line by line', size => fill("'a\n", size)],
    ['typographic quotes', size => fill('“', size)],
    ['escapes that are none', size => `'${fill(String.raw`\q`, size)}`],
    ['brackets that do not match', size => fill('[)', size)],
    ['maps', size => fill('{a', size)],
    ['commas', size => fill('a,', size)],
    ['a long list', size => `size([${fill('1,', size)}1]) > 0`],
    ['operators', size => fill('!-', size)],
  ])('grow no faster than %s', (_, make) => {
    expectLinear(
      perCharacter([800, 1_600, 3_200], make, text => compileExpression(text, factsSchema)),
      200,
    )
  })

  it('are none beyond its bound', () => {
    for (const piece of ['(', 'a\n', "'a ", 'evaluatoin && '])
      expect(steps.of(() => compileExpression(fill(piece, 4_000_000), factsSchema), counted)).toBeLessThan(100)
  })
})

describe('The steps for a file', () => {
  it.each<[string, (size: number) => string]>([
    ['many documents', size => fill('---\na: b\n', size)],
    ['many policies', size => Array.from({ length: Math.ceil(size / 400) }, (_, index) => policyText(`p${index}`)).join('---\n')],
    ['many keys', size => Array.from({ length: size / 8 }, (_, key) => `k${key}: 1\n`).join('')],
    ['one key many times', size => fill('a: b\n', size)],
    ['a long list', size => `[${fill('a,', size)}]`],
    ['nested lists', size => fill('[', size)],
    ['nested entries', size => fill('- ', size)],
    ['anchors', size => fill('- &a a\n', size)],
    [
      'aliases of aliases',
      size => `a: &a [x]\n${Array.from({ length: size / 20 }, (_, step) => `b${step}: &b${step} [*a, *a]\n`).join('')}`,
    ],
    ['errors', size => fill('a: [}\n', size)],
    ['a long block', size => `a: |\n${fill(' x\n', size)}`],
    ['a quote that does not close', size => `a: "${fill('x\n', size)}`],
    ['a long expression', size => policyText('p', { assert: fill('true && ', size) })],
  ])('grow no faster than %s', (_, make) => {
    expectLinear(
      perCharacter([4_000, 8_000, 16_000], make, text => parsePolicyText(text, 'p.yaml', factsSchema)),
      200,
    )
  })

  it('are none beyond its bound: 10 MB are refused before they are read', () => {
    const text = 'a: b\n'.repeat(2_000_000)
    expect(steps.of(() => parsePolicyText(text, 'p.yaml', factsSchema), counted)).toBeLessThan(100)
    const result = parsePolicyText(text, 'p.yaml', factsSchema)
    expect(result.ok ? [] : result.diagnostics).toEqual([
      { severity: 'error', message: `the file has more than ${limits.file} characters`, file: 'p.yaml', line: 1, column: 1 },
    ])
  })
})

describe('A regular expression', () => {
  const pathological = [
    '(a+)+$',
    '(a|aa)+$',
    '(.*)*x',
    '(x+x+)+y',
    '^(?:a?){40}a{40}$',
    '([a-zA-Z]+)*[0-9]',
    '((((a*)*)*)*)*b',
    '(a{0,9}){0,9}c',
  ]

  it.each(pathological)('takes as many steps as the text has characters: %s', pattern => {
    const compiled = RE2JS.compile(pattern)
    expectLinear(
      perCharacter(
        [1_000, 2_000, 4_000, 8_000],
        size => `${fill('a', size)}!`,
        text => compiled.test(text),
      ),
      20 * compiled.programSize(),
    )
  })

  it.each(pathological)('never goes to the regular expressions of JavaScript: %s', pattern => {
    const compiled = compileExpression(`model.owner.matches('${pattern}')`, factsSchema)
    if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join('; '))
    const facts = { model: { owner: `${'a'.repeat(8_000)}!` } }
    const used = vi.spyOn(RegExp.prototype, 'exec')
    const asked = vi.spyOn(RegExp.prototype, 'test')
    try {
      expect(byEngine(compiled.expression, facts)).toBe(evaluateExpression(compiled.expression, facts).value)
      expect([...used.mock.contexts, ...asked.mock.contexts].map(native => (native as RegExp).source)).not.toContain(pattern)
    } finally {
      used.mockRestore()
      asked.mockRestore()
    }
  })

  it('is known by its text to compile to no more than so much', () => {
    for (const pattern of [
      ...pathological,
      '^sha256:[0-9a-f]{64}$',
      '(a{10}){40}',
      '(?:ab{3,5}|c){20}',
      '(?:(?:a{0,9}){0,9}){0,9}',
      '[]a]{9}',
      '(a|b)*?c{2,}',
    ])
      expect(patternSize(pattern), pattern).toBeGreaterThanOrEqual(RE2JS.compile(pattern).programSize() - 1)
  })

  it('is refused before it is compiled where it would take long', () => {
    for (const pattern of [
      '(?:abcdefghij){900}',
      '.{999}.{999}',
      '(((a{30}){30}){30})',
      String.raw`\\pL`.repeat(40),
      String.raw`(?i)[\\pL\\pN]`,
    ]) {
      const source = `model.owner.matches('${pattern}')`
      expect(compileExpression(source, factsSchema).ok).toBe(false)
      expect(steps.of(() => compileExpression(source, factsSchema), ['/node_modules/re2js/'])).toBe(0)
    }
  })
})

describe('The bounds', () => {
  it('stand in the guide', async () => {
    const guide = fileURLToPath(new URL('../../../docs/guides/policy-language.md', import.meta.url))
    const rows = [
      ['characters of a file', limits.file],
      ['tokens of its YAML', limits.yamlTokens],
      ['levels of its YAML', limits.yamlDepth],
      ['characters of an expression', limits.expression],
      ['characters of all expressions of a document', limits.documentText],
      ['parts of an expression', limits.nodes],
      ['levels of an expression', limits.depth],
      ['macros within each other', limits.macros],
      ['steps of an expression at worst, by the caps of its lists', limits.cost],
      ['steps of all expressions of a document at worst', limits.documentCost],
      ['characters of a regular expression', limits.pattern],
      ['instructions that it compiles to', limits.program],
      ['characters of a text that is matched', limits.matched],
      ['characters of a text that is put together', limits.text],
    ] as const
    const table = ['| at most | |', '|--:|---|', ...rows.map(([what, most]) => `| ${most.toLocaleString('en')} | ${what} |`)]
    const page = readFileSync(guide, 'utf8').replace(
      /(<!-- bounds: [^\n]*-->\n)[^]*?(<!-- \/bounds -->)/,
      (_, begin: string, end: string) => [begin, '\n', ...table.map(row => `${row}\n`), '\n', end].join(''),
    )
    await expect(page).toMatchFileSnapshot(guide)
  })
})

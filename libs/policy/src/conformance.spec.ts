import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { compileExpression } from './compile.ts'
import { evaluateExpression } from './evaluate.ts'
import { byEngine } from './testing/by-engine.ts'
import { conformanceCases, type ConformanceCase } from './testing/conformance.ts'
import { excluded, type Exclusion } from './testing/conformance-excluded.ts'
import { testSchema } from './testing/expressions.ts'

/*
 * The conformance tests of the CEL specification. Each is run, or left out for exactly one reason. What is left out is refused when a rule
 * is written, or asks for what the test itself brings along, so nothing means something else unseen.
 */

const cases = conformanceCases()

const ran = cases.flatMap(({ path, asked }) => {
  const compiled = asked && compileExpression(asked.source, testSchema)
  if (asked === undefined || compiled?.ok !== true) return []
  const { expression } = compiled
  return [{ path, ...asked, found: evaluateExpression(expression, {}).value, engine: byEngine(expression, {}) }]
})
const isRun = new Set(ran.map(({ path }) => path))
const leftOut = cases.filter(({ path }) => !isRun.has(path))
const differing = ran.filter(({ found, expected }) => found !== expected)

/** Where the profile means otherwise, on purpose, and why. */
const deliberate: readonly { readonly path: RegExp; readonly because: string }[] = [
  { path: /_double_nan$/, because: 'a double that is not finite is an error: it must not decide anything' },
  { path: /\/exists_one\/list_no_shortcircuit$/, because: 'two true elements decide exists_one as one false decides all' },
  { path: /^timestamps\/(timestamp|duration)_range\//, because: 'times are of any size, so that no sum with the clock can fail' },
]

/** One for each line of an exclusion. */
const linesOf = ({ whole = [], cases: named = {} }: Exclusion): readonly RegExp[] => [
  ...whole.map(path => new RegExp(`^${path}/`)),
  ...Object.entries(named).flatMap(([section, names]) =>
    names.split(' ').map(name => new RegExp(`^${section}/${name.replaceAll('*', '.*')}$`)),
  ),
]
const reasons = excluded.map(exclusion => ({ because: exclusion.because, lines: linesOf(exclusion) }))
const reasonsOf = ({ path }: Pick<ConformanceCase, 'path'>): readonly string[] =>
  reasons.filter(({ lines }) => lines.some(line => line.test(path))).map(({ because }) => because)

const tally = {
  cases: cases.length,
  run: ran.length,
  met: ran.length - differing.length,
  otherwise: deliberate.map(({ path, because }) => ({ because, cases: differing.filter(test => path.test(test.path)).length })),
  leftOut: reasons.map(({ because, lines }) => ({
    because,
    cases: leftOut.filter(({ path }) => lines.some(line => line.test(path))).length,
  })),
}

describe('The conformance tests of CEL', () => {
  it('are met wherever the profile goes, but for what it means otherwise on purpose', () => {
    const wrong = differing.filter(test => !deliberate.some(({ path }) => path.test(test.path)))
    expect(wrong.map(({ path, source, expected }) => `${path}: ${source} should be ${expected}`)).toEqual([])
  })

  it('are met by the engine as they are by the simple evaluator', () => {
    expect(ran.filter(({ found, engine }) => found !== engine).map(({ path }) => path)).toEqual([])
  })

  it.each(deliberate)('differ where $because', ({ path }) => expect(differing.some(test => path.test(test.path))).toBe(true))

  it('are each run, or left out for one reason', () => {
    expect(leftOut.filter(test => reasonsOf(test).length !== 1).map(test => [test.path, test.source, ...reasonsOf(test)])).toEqual([])
    expect(ran.filter(test => reasonsOf(test).length > 0).map(({ path }) => path)).toEqual([])
  })

  it('are left out by no line that leaves out nothing', () => {
    const idle = reasons.flatMap(({ lines }) => lines.filter(line => !leftOut.some(({ path }) => line.test(path))))
    expect(idle.map(String)).toEqual([])
  })

  it('are counted in the guide', async () => {
    const guide = fileURLToPath(new URL('../../../docs/guides/policy-language.md', import.meta.url))
    const rows = [
      '| cases | |',
      '|--:|---|',
      `| **${tally.cases}** | in the specification |`,
      `| **${tally.run}** | run: the profile has what they ask |`,
      `| **${tally.met}** | met |`,
      ...tally.otherwise.map(({ because, cases: count }) => `| ${count} | run, and meant otherwise on purpose: ${because} |`),
      ...tally.leftOut.map(({ because, cases: count }) => `| ${count} | left out: ${because} |`),
    ]
    console.log(`${tally.cases} conformance cases: ${tally.run} run, ${tally.met} met, ${tally.cases - tally.run} left out`)
    const page = readFileSync(guide, 'utf8').replace(
      /(<!-- conformance: [^\n]*-->\n)[^]*?(<!-- \/conformance -->)/,
      (_, begin: string, end: string) => [begin, '\n', ...rows.map(row => `${row}\n`), '\n', end].join(''),
    )
    await expect(page).toMatchFileSnapshot(guide)
  })
})

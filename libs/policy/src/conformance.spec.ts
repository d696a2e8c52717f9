import { tests } from '@bufbuild/cel-spec/testdata/conformance.js'
import { describe, expect, it } from 'vitest'
import { compileExpression } from './compile.ts'
import { evaluateExpression } from './evaluate.ts'
import { testSchema } from './testing/expressions.ts'

/*
 * The conformance tests of the CEL specification, as far as the profile goes: those that bind no variables and compile here.
 * What the profile refuses is refused when a rule is written, so it cannot mean something else.
 */

interface Suite {
  readonly name: string
  readonly suites?: readonly Suite[]
  readonly tests?: readonly { readonly original: object }[]
}
interface Original {
  readonly name: string
  readonly expr: string
  readonly value?: {
    readonly boolValue?: boolean
    readonly int64Value?: string
    readonly doubleValue?: number | string
    readonly stringValue?: string
  }
  readonly evalError?: unknown
  readonly bindings?: unknown
  readonly container?: string
}

const all = (suite: Suite, path = ''): readonly (Original & { readonly path: string })[] => [
  ...(suite.tests ?? []).map(({ original }) => ({ ...(original as Original), path: `${path}/${(original as Original).name}` })),
  ...(suite.suites ?? []).flatMap(inner => all(inner, `${path}/${inner.name}`)),
]

/** As a condition that must be true, or in error. */
function condition({ expr, value, evalError }: Original): { readonly source: string; readonly expected: boolean | 'error' } | undefined {
  if (evalError !== undefined) return { source: `(${expr}) == (${expr})`, expected: 'error' }
  if (value?.boolValue !== undefined) return { source: expr, expected: value.boolValue }
  if (value?.int64Value !== undefined) return { source: `(${expr}) == ${value.int64Value}`, expected: true }
  if (typeof value?.doubleValue === 'number') return { source: `(${expr}) == double(${value.doubleValue})`, expected: true }
  if (value?.stringValue !== undefined) return { source: `(${expr}) == ${JSON.stringify(value.stringValue)}`, expected: true }
  return undefined
}

const taken = all(tests).flatMap(test => {
  if (test.bindings !== undefined || test.container !== undefined) return []
  const asked = condition(test)
  if (asked === undefined) return []
  const compiled = compileExpression(asked.source, testSchema)
  return compiled.ok ? [{ path: test.path, ...asked, expression: compiled.expression }] : []
})

/** Where the profile means otherwise, on purpose, and why. */
const deliberate: readonly { readonly path: RegExp; readonly because: string }[] = [
  { path: /_double_nan$/, because: 'a double that is not finite is an error: it must not decide anything' },
  { path: /\/exists_one\/list_no_shortcircuit$/, because: 'two true elements decide exists_one as one false decides all' },
  { path: /\/timestamps\/(timestamp|duration)_range\//, because: 'times are of any size, so that no sum with the clock can fail' },
]

describe('The conformance tests of CEL', () => {
  const differing = taken.filter(({ expression, expected }) => evaluateExpression(expression, {}).value !== expected)

  it('are met wherever the profile goes, but for what it means otherwise on purpose', () => {
    const wrong = differing.filter(test => !deliberate.some(({ path }) => path.test(test.path)))
    expect(wrong.map(({ path, source, expected }) => `${path}: ${source} should be ${expected}`)).toEqual([])
  })

  it.each(deliberate)('differ where $because', ({ path }) => expect(differing.some(test => path.test(test.path))).toBe(true))

  it('are not few', () => expect(taken.length).toBeGreaterThan(350))
})

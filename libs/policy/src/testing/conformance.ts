import { tests } from '@bufbuild/cel-spec/testdata/conformance.js'

/* The conformance tests of the CEL specification, each as a condition that must come out true, false or in error; some cannot be said as one. */

export interface ConformanceCase {
  /** `comparisons/eq_literal/eq_int`: file, section, name. */
  readonly path: string
  readonly source: string
  /** Nothing where what the case expects cannot be written in the profile. */
  readonly asked?: { readonly source: string; readonly expected: boolean | 'error' }
}

interface Suite {
  readonly name: string
  readonly suites?: readonly Suite[]
  readonly tests?: readonly { readonly original: object }[]
}
interface CelValue {
  readonly boolValue?: boolean
  readonly int64Value?: string
  readonly doubleValue?: number | string
  readonly stringValue?: string
  readonly listValue?: { readonly values?: readonly CelValue[] }
}
interface Original {
  readonly name: string
  readonly expr: string
  readonly value?: CelValue
  readonly evalError?: unknown
  readonly bindings?: unknown
  readonly container?: string
}

export const conformanceCases = (): readonly ConformanceCase[] => casesIn(tests, '')

const casesIn = (suite: Suite, path: string): readonly ConformanceCase[] => [
  ...(suite.tests ?? []).map(({ original }) => caseOf(original as Original, path)),
  ...(suite.suites ?? []).flatMap(inner => casesIn(inner, path === '' ? inner.name : `${path}/${inner.name}`)),
]

function caseOf(original: Original, path: string): ConformanceCase {
  const { name, expr: source, bindings, container } = original
  const asked = bindings === undefined && container === undefined ? conditionOf(original) : undefined
  return { path: `${path}/${name}`, source, ...(asked !== undefined && { asked }) }
}

function conditionOf({ expr, value, evalError }: Original): ConformanceCase['asked'] {
  if (evalError !== undefined) return { source: `(${expr}) == (${expr})`, expected: 'error' }
  if (value?.boolValue !== undefined) return { source: expr, expected: value.boolValue }
  const literal = value && literalOf(value)
  return literal === undefined ? undefined : { source: `(${expr}) == ${literal}`, expected: true }
}

function literalOf({ boolValue, int64Value, doubleValue, stringValue, listValue }: CelValue): string | undefined {
  if (boolValue !== undefined) return String(boolValue)
  if (int64Value !== undefined) return int64Value
  if (typeof doubleValue === 'number') return `double(${doubleValue})`
  if (stringValue !== undefined) return JSON.stringify(stringValue)
  if (listValue === undefined) return undefined
  const elements = (listValue.values ?? []).map(literalOf)
  return elements.includes(undefined) ? undefined : `[${elements.join(', ')}]`
}

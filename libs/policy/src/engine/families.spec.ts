import type { Facts, FactsSchema, FactValue } from '@muster/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileExpression } from '../compile.ts'
import { evaluateExpression } from '../evaluate.ts'
import { disturbed, factsWith, requiredPaths, testSchema, without } from '../testing/expressions.ts'
import { policyOf } from '../testing/policies.ts'
import { traceOf } from '../testing/trace.ts'
import { compilePolicySet, decide, outcomes } from './policy-set.ts'

/* Many rules that differ in a constant only, which the engine decides together: each comes out, and is recorded, as if it were alone. */

const operators = ['==', '!=', '<', '<=', '>', '>=']
const numbers = [-3, -1, 0, 0.25, 0.65, 1, 2, 2.5, 3, 7, 9]
const texts = ['', 'a', 'b', 'ab', 'high', 'low', 'x']
const each = <T>(values: readonly T[], text: (value: T) => string): readonly string[] => values.map(text)
const over = (names: readonly string[], constants: readonly (number | string)[], by: readonly string[], around: (text: string) => string) =>
  names.flatMap(name => by.flatMap(operator => each(constants, constant => around(`${name} ${operator} ${literal(constant)}`))))
const literal = (constant: number | string): string => (typeof constant === 'string' ? `'${constant}'` : String(constant))
const whole = numbers.filter(Number.isInteger)
const instants = [
  '2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00.000001Z',
  '2026-01-01T00:00:01Z',
  '2026-01-02T00:00:00Z',
  '2025-01-01T00:00:00Z',
]

const sources = [
  ...over(['count', 'size(rows)'], whole, operators, text => text),
  ...over(['score'], numbers, operators, text => text),
  ...over(['name'], texts, ['==', '!='], text => text),
  ...over(['inner.deep.size'], whole, operators, text => `has(inner.deep) && ${text}`),
  ...['rows.all(r, BODY)', 'rows.exists(r, BODY)', 'rows.exists(r, r.good && BODY)', 'rows.all(r, has(r.label) || flag || BODY)'].flatMap(
    around => [
      ...over(['r.size'], whole, operators, text => around.replace('BODY', text)),
      ...over(['r.label'], texts, ['==', '!='], text => around.replace('BODY', text)),
    ],
  ),
  ...operators.flatMap(operator => each(instants, instant => `at ${operator} timestamp('${instant}')`)),
  ...operators.flatMap(operator => each(['1us', '1s', '-1h', '24h', '0s'], span => `now - at ${operator} duration('${span}')`)),
]
/** With longer lists than can be judged side by side. */
const { rows } = testSchema.fields
if (rows?.type.kind !== 'list') throw new Error('there are no rows')
const schema: FactsSchema = { ...testSchema, fields: { ...testSchema.fields, rows: { ...rows, type: { ...rows.type, max: 40 } } } }

const compile = (source: string) => {
  const result = compileExpression(source, schema)
  if (!result.ok) throw new Error(`${source}: ${result.diagnostics.map(({ message }) => message).join('; ')}`)
  return result.expression
}
const compiled = sources.map(compile)

const someFacts = factsWith('some-optional').chain(facts =>
  fc.oneof(
    { weight: 3, arbitrary: fc.subarray([...requiredPaths(facts)], { maxLength: 4 }).map(missing => without(facts, missing)) },
    { weight: 1, arbitrary: disturbed(facts) },
    { weight: 1, arbitrary: fc.constantFrom(8, 10, 11).map(times => ({ ...facts, rows: repeated(facts['rows'] as FactValue[], times) })) },
  ),
)
const repeated = (elements: readonly FactValue[], times: number): readonly FactValue[] =>
  Array.from({ length: times }, () => elements).flat()

describe('Rules that differ in a constant only', () => {
  it('are decided, and recorded, each as by the simple evaluator', () => {
    const set = compilePolicySet([policyOf(compile('true'), compiled)], [])
    const { engine } = set
    if (engine === undefined) throw new Error('a constant does not fit')
    fc.assert(
      fc.property(someFacts, (facts: Facts) => {
        decide(engine, facts)
        compiled.forEach((expression, rule) => {
          const { value } = evaluateExpression(expression, facts)
          expect(outcomes[engine.outcomes[rule] ?? 0], expression.source).toBe(value === true ? 'pass' : value === false ? 'fail' : value)
        })
        expect(compiled.flatMap(expression => traceOf(expression, facts, engine).wrong)).toEqual([])
      }),
      { numRuns: 60 },
    )
  }, 60_000)
})

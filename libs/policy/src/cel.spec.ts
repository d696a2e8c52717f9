import { celEnv, isCelError, parse, plan, run, type CelInput } from '@bufbuild/cel'
import type { Facts, FactType, FactValue } from '@muster/contracts'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { expressions, factsWith, testSchema } from './testing/expressions.ts'
import { compileExpression } from './compile.ts'
import { evaluateExpression } from './evaluate.ts'
import { byEngine } from './testing/by-engine.ts'
import { parseDuration } from './time.ts'

/* Where all facts are there and the profile means what CEL means, another implementation of CEL must agree. */

function toCel(value: FactValue, type: FactType): CelInput {
  switch (type.kind) {
    case 'int':
      return BigInt(value as number)
    case 'timestamp':
      return run(`timestamp('${value as string}')`) as CelInput
    case 'duration':
      return run(`duration('${Number(parseDuration(value as string) ?? 0n) / 1e6}s')`) as CelInput
    case 'list':
      return (value as readonly FactValue[]).map(element => toCel(element, type.of))
    case 'record': {
      const fields = Object.entries(value as Facts).map(([name, field]): [string, CelInput] => [
        name,
        toCel(field, type.fields[name]?.type ?? { kind: 'string' }),
      ])
      return new Map(fields)
    }
    case 'string':
    case 'bool':
    case 'double':
    case 'enum':
      return value
  }
}

const env = celEnv()
function celOutcome(source: string, facts: Facts): boolean | 'error' {
  const bindings = Object.fromEntries(Object.entries(testSchema.fields).map(([name, { type }]) => [name, toCel(facts[name] ?? '', type)]))
  const result = plan(env, parse(source))(bindings)
  return isCelError(result) || typeof result !== 'boolean' ? 'error' : result
}

const ours = (source: string, facts: Facts): unknown => {
  const compiled = compileExpression(source, testSchema)
  if (!compiled.ok) throw new Error(`${source}: ${compiled.diagnostics.map(({ message }) => message).join('; ')}`)
  const { value } = evaluateExpression(compiled.expression, facts)
  expect(byEngine(compiled.expression, facts), source).toBe(value)
  return value
}

const tally = { compared: 0, differences: 0 }

function expectSame(source: string, facts: Facts): void {
  const [mine, theirs] = [ours(source, facts), celOutcome(source, facts)]
  tally.compared += 1
  if (mine !== theirs) tally.differences += 1
  expect(mine, source).toBe(theirs)
}

describe('An expression over facts that are all there', () => {
  afterAll(() => console.log(`${tally.compared} outcomes compared with @bufbuild/cel: ${tally.differences} differences`))

  it('means what CEL says that it means', () => {
    fc.assert(
      fc.property(expressions({ plainCel: true }), factsWith('all'), (source, facts) => expectSame(source, facts)),
      { numRuns: 200 },
    )
  }, 60_000)

  it.each([
    'count + 1 * 2 == count + 2',
    '-count + 1 < 2 - count',
    '!flag || flag && maybe',
    'flag ? maybe : maybe ? flag : !flag',
    '7 / 2 == 3 && -7 / 2 == -3 && -7 % 3 == -1',
    "'a' + 'b' == 'ab' && size('héllo😀') == 6",
    "'\\u00e9\\n\\t\\'' == \"\\u00e9\\n\\t'\"",
    "r'\\d' == '\\\\d'",
    "'2026-01'.matches('[0-9]{4}-[0-9]{2}') && !'x'.matches('^y')",
    '1 == 1.0 && 2 > 1.5 && 1.5 < 2',
    "[1, 2] == [1, 2] && 2 in [1, 2] && ['a'] != ['b']",
    'rows.map(r, r.size * 2).all(n, n % 2 == 0)',
    'rows.exists_one(r, r.size > 2)',
    "timestamp('2026-01-01T01:00:00+01:00') == timestamp('2026-01-01T00:00:00Z')",
    "duration('1h30m') == duration('90m') && duration('1.5h') == duration('5400s')",
    'int(2.9) == 2 && int(-2.9) == -2 && double(3) == 3.0',
    "string(12) == '12' && string(true) == 'true'",
    'size(tags) >= 0 && tags.size() >= 0',
    "'a' < 'b' && 'a' < 'aa'",
  ])('means what CEL says: %s', source => {
    for (const facts of fc.sample(factsWith('all'), { numRuns: 20, seed: 7 })) expectSame(source, facts)
  })
})

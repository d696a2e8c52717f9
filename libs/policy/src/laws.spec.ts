import type { Facts } from '@muster/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expressions, factsWith, requiredPaths, testSchema, without } from './testing/expressions.ts'
import { compileExpression, type CompiledExpression } from './compile.ts'
import { evaluateExpression } from './evaluate.ts'
import { snapshotOf } from './reads.ts'
import { formatTimestamp, parseTimestamp } from './time.ts'

const compiled = (source: string): CompiledExpression => {
  const result = compileExpression(source, testSchema)
  if (!result.ok) throw new Error(`${source}: ${result.diagnostics.map(({ message }) => message).join('; ')}`)
  return result.expression
}
const runs = { numRuns: 200 }
const micros = (instant: unknown): bigint => parseTimestamp(String(instant)) ?? 0n
const at = (facts: Facts, instant: bigint): Facts => ({ ...facts, now: formatTimestamp(instant) })

const factsAndMissing = factsWith('some-optional').chain(facts => {
  const paths = requiredPaths(facts)
  const some = fc.subarray([...paths], { maxLength: 6 })
  return fc.tuple(fc.constant(facts), some, some)
})

describe('Every well-typed expression', () => {
  it('compiles, and never throws whatever is missing', () => {
    fc.assert(
      fc.property(expressions(), factsAndMissing, (source, [facts, missing]) => {
        evaluateExpression(compiled(source), without(facts, missing))
      }),
      runs,
    )
  })

  it('is never unknown when all facts are there', () => {
    fc.assert(
      fc.property(expressions(), factsWith('all'), (source, facts) => {
        expect(evaluateExpression(compiled(source), facts).value).not.toBe('unknown')
      }),
      runs,
    )
  })

  it('keeps being true, or false, when facts arrive', () => {
    fc.assert(
      fc.property(expressions(), factsAndMissing, (source, [facts, some, others]) => {
        const expression = compiled(source)
        const few = evaluateExpression(expression, without(facts, [...some, ...others])).value
        if (typeof few === 'boolean') expect(evaluateExpression(expression, without(facts, some)).value).toBe(few)
      }),
      { numRuns: 400 },
    )
  })

  it('is unknown only with a path that is missing indeed', () => {
    fc.assert(
      fc.property(expressions(), factsAndMissing, (source, [facts, missing]) => {
        const { value, missing: named, errors } = evaluateExpression(compiled(source), without(facts, missing))
        expect(named.length > 0).toBe(value === 'unknown')
        expect(errors.length > 0).toBe(value === 'error')
      }),
      runs,
    )
  })

  it('comes out the same on the snapshot of what it reads', () => {
    fc.assert(
      fc.property(expressions(), factsAndMissing, (source, [facts, missing]) => {
        const expression = compiled(source)
        const present = without(facts, missing)
        expect(evaluateExpression(expression, snapshotOf(expression.reads, present))).toEqual(evaluateExpression(expression, present))
      }),
      runs,
    )
  })

  it('stays as it is until the instant at which it says that the clock may change it', () => {
    const clocked = expressions().filter(source => source.includes('now'))
    fc.assert(
      fc.property(clocked, factsAndMissing, fc.bigInt(1n, 400_000_000_000n), (source, [facts, missing], ahead) => {
        const expression = compiled(source)
        const present = { ...without(facts, missing), now: facts['now'] ?? '' }
        const { value, flipsAt, missing: named } = evaluateExpression(expression, present)
        const now = micros(present.now)
        const last = flipsAt === undefined ? now + ahead : micros(flipsAt) - 1n
        const between = now + ahead < last ? now + ahead : last
        for (const instant of [between, last]) {
          const later = evaluateExpression(expression, at(present, instant))
          expect([later.value, later.missing]).toEqual([value, named])
        }
      }),
      { numRuns: 400 },
    )
  })
})

describe('A comparison with the clock', () => {
  const sides = ['now', 'now + span', 'at', 'at + span', "now - duration('1s')", '(flag ? now : at)'] as const
  const comparisons = fc.tuple(fc.constantFrom(...sides), fc.constantFrom('<', '<=', '>', '>=', '==', '!='), fc.constantFrom(...sides))
  const gaps = fc.tuple(
    fc.constantFrom('now - at', 'span', 'at - now', '(now - at) + (now - at)', '(now - at) + (now - at) + (now - at)'),
    fc.constantFrom('<', '<=', '>', '>=', '==', '!='),
    fc.constantFrom("duration('1s')", 'at - now', "duration('7us')", "duration('-7us')"),
  )

  it('comes out otherwise at exactly the instant that it names, and never if it names none', () => {
    fc.assert(
      fc.property(fc.oneof(comparisons, gaps), factsWith('all'), ([left, operator, right], facts) => {
        const expression = compiled(`${left} ${operator} ${right}`)
        const { value, flipsAt } = evaluateExpression(expression, facts)
        if (flipsAt === undefined) {
          for (const ahead of [1n, 1_000_000n, 10n ** 13n])
            expect(evaluateExpression(expression, at(facts, micros(facts['now']) + ahead)).value).toBe(value)
          return
        }
        expect(micros(flipsAt)).toBeGreaterThan(micros(facts['now']))
        expect(evaluateExpression(expression, at(facts, micros(flipsAt) - 1n)).value).toBe(value)
        expect(evaluateExpression(expression, at(facts, micros(flipsAt))).value).toBe(!value)
      }),
      runs,
    )
  })
})

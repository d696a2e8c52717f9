import type { Facts } from '@muster/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileExpression } from '../compile.ts'
import type { CompiledPolicy } from '../document.ts'
import { evaluatePolicy } from '../policy.ts'
import { disturbed, expressions, factsWith, requiredPaths, testSchema, without } from '../testing/expressions.ts'
import { policyOf } from '../testing/policies.ts'
import { traceOf } from '../testing/trace.ts'
import { compilePolicySet, decide, evaluatePolicySet, outcomes, resultsOf } from './policy-set.ts'

/*
 * The engine against the simple evaluator, over generated rules and facts: what it decides, what it says, and everything that it recorded.
 * MUSTER_ORACLE_VALUES is how many recorded values are recomputed; the tally of the long form is in the notes.
 */

const wanted = Number(process.env['MUSTER_ORACLE_VALUES'] ?? 40_000)

const compiled = (source: string) => {
  const result = compileExpression(source, testSchema)
  if (!result.ok) throw new Error(`${source}: ${result.diagnostics.map(({ message }) => message).join('; ')}`)
  return result.expression
}

const policy = (appliesTo: string, asserts: readonly string[], id: number): CompiledPolicy =>
  policyOf(compiled(appliesTo), asserts.map(compiled), id)

const policies = fc
  .array(fc.tuple(fc.oneof(fc.constant('true'), expressions()), fc.array(expressions(), { minLength: 1, maxLength: 4 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map(all => all.map(([appliesTo, asserts], id) => policy(appliesTo, asserts, id)))

/** Facts with some missing, and sometimes one that is not what the schema says. */
const someFacts = factsWith('some-optional').chain(facts =>
  fc.oneof(
    { weight: 4, arbitrary: fc.subarray([...requiredPaths(facts)], { maxLength: 6 }).map(missing => without(facts, missing)) },
    { weight: 1, arbitrary: disturbed(facts) },
  ),
)

describe('The engine', () => {
  it('records of every part what the simple evaluator says of it, and decides alike', () => {
    let values = 0
    const wrong: string[] = []
    const tally = { sets: 0, decisions: 0, outcomes: new Map<string, number>() }
    for (let seed = 1; values < wanted; seed++) {
      for (const generated of fc.sample(policies, { numRuns: 20, seed })) {
        const set = compilePolicySet(generated, [])
        const { engine } = set
        if (engine === undefined) throw new Error('a generated constant is beyond the registers')
        tally.sets += 1
        for (const facts of fc.sample(someFacts, { numRuns: 5, seed: seed * 1_000 + tally.sets })) {
          // A duration beyond the registers is left to the simple evaluator, as the next test sees.
          if (evaluatePolicySet(set, facts).record === undefined) continue
          decide(engine, facts)
          tally.decisions += 1
          for (const outcome of engine.outcomes) {
            const name = outcomes[outcome] ?? 'does not apply'
            tally.outcomes.set(name, (tally.outcomes.get(name) ?? 0) + 1)
          }
          for (const { appliesTo, rules } of generated)
            for (const expression of [appliesTo, ...rules.map(({ assert }) => assert)]) {
              const trace = traceOf(expression, facts, engine)
              values += trace.values
              wrong.push(...trace.wrong)
            }
        }
      }
      if (wrong.length > 0) break
    }
    const counted = [...tally.outcomes].map(([name, count]) => `${count} ${name}`).join(', ')
    console.info(
      `trace oracle: ${values} recorded values, ${wrong.length} wrong; ${tally.sets} sets, ${tally.decisions} decisions, rules: ${counted}`,
    )
    expect(wrong).toEqual([])
  }, 3_600_000)

  it('gives the results of the simple evaluator, word for word', () => {
    fc.assert(
      fc.property(policies, someFacts, (generated, facts: Facts) => {
        const results = resultsOf(evaluatePolicySet(compilePolicySet(generated, []), facts))
        expect(results).toEqual(generated.map(each => evaluatePolicy(each, facts)))
      }),
      { numRuns: Math.max(300, Math.min(20_000, wanted / 100)) },
    )
  }, 3_600_000)

  it('has one record of a part that is the same for every element, however often the rule is there', () => {
    const twice = [policy('rows.exists(r1, flag || rows.all(r2, r2.good))', ['true', 'count > 3'], 0)]
    const [facts] = fc.sample(factsWith('all'), { numRuns: 1, seed: 3 })
    const good = { ...facts, flag: false, rows: [{ size: 0, good: true, seen: '2026-01-01T00:00:00Z' }] }
    expect(resultsOf(evaluatePolicySet(compilePolicySet(twice, []), good))).toEqual(twice.map(each => evaluatePolicy(each, good)))
  })

  it('leaves what it decided as it was, whatever it decides next', () => {
    const set = compilePolicySet([policy('true', ['rows.exists(r, r.size > 3)', 'count > 3'], 0)], [])
    const [one, other] = fc.sample(factsWith('all'), { numRuns: 2, seed: 3 })
    if (one === undefined || other === undefined) throw new Error('no facts')
    const first = evaluatePolicySet(set, one)
    const before = JSON.stringify(resultsOf(first))
    evaluatePolicySet(set, other)
    expect(JSON.stringify(resultsOf(first))).toBe(before)
  })

  it('refuses to put words to a record on facts that it was not made on', () => {
    const set = compilePolicySet([policy('true', ['count > 3'], 0)], [])
    const [facts] = fc.sample(factsWith('all'), { numRuns: 1, seed: 3 })
    const evaluated = evaluatePolicySet(set, { ...facts, count: 9 })
    const [other] = resultsOf({ ...evaluated, facts: { ...facts, count: 0 } }).flatMap(({ rules }) => rules)
    expect(() => other?.because).toThrow('the record says')
  })
})

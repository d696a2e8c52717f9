import { createHash } from 'node:crypto'
import { factsSchema } from '@muster/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileExpression } from '../compile.ts'
import { snapshotOf } from '../reads.ts'
import { expressions, factsWith, testSchema } from '../testing/expressions.ts'
import { policyOf } from '../testing/policies.ts'
import { evaluatedFrom, recordOf } from './decision-record.ts'
import { compilePolicySet, evaluatePolicySet, resultsOf } from './policy-set.ts'

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const factsDigest = `sha256:${'f'.repeat(64)}`

const compiled = (source: string) => {
  const result = compileExpression(source, testSchema)
  if (!result.ok) throw new Error(`${source} does not compile`)
  return result.expression
}
const sets = fc
  .array(fc.tuple(fc.oneof(fc.constant('true'), expressions()), fc.array(expressions(), { minLength: 1, maxLength: 4 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map(all =>
    compilePolicySet(
      all.map(([appliesTo, asserts], id) => policyOf(compiled(appliesTo), asserts.map(compiled), id)),
      [],
    ),
  )
const worded = (evaluated: Parameters<typeof resultsOf>[0]) =>
  resultsOf(evaluated).map(({ rules, applies }) => ({ applies, rules: rules.map(rule => ({ ...rule, because: rule.because })) }))

describe('The record of a decision', () => {
  it('gives the words of the decision, from the policies and the snapshot of the facts', () => {
    fc.assert(
      fc.property(sets, factsWith('some-optional'), (set, facts) => {
        const evaluated = evaluatePolicySet(set, facts)
        const patterns = [
          ...new Set(
            set.policies.flatMap(({ appliesTo, rules }) => [appliesTo, ...rules.map(rule => rule.assert)]).flatMap(({ reads }) => reads),
          ),
        ].toSorted()
        const snapshot = snapshotOf(patterns, facts)
        const record = recordOf(evaluated, factsDigest, sha256)
        expect(worded(evaluatedFrom(record, set, snapshot, sha256))).toEqual(worded(evaluated))
      }),
      { numRuns: 300 },
    )
  }, 30_000)

  it('is the same to the byte whenever the same is decided, and no longer than it must be', () => {
    fc.assert(
      fc.property(sets, factsWith('some-optional'), factsWith('some-optional'), (set, facts, others) => {
        const first = recordOf(evaluatePolicySet(set, facts), factsDigest, sha256)
        evaluatePolicySet(set, others)
        expect(recordOf(evaluatePolicySet(set, facts), factsDigest, sha256)).toEqual(first)
        expect(first.bits.length).toBeLessThanOrEqual(set.engine?.machine.record.length ?? 100)
      }),
      { numRuns: 100 },
    )
  }, 30_000)

  it('of other policies, of another engine, cut off or longer is refused', () => {
    const set = compilePolicySet([policyOf(compiled('true'), [compiled('true')], 1)], [])
    const other = compilePolicySet([policyOf(compiled('true'), [compiled('true')], 2)], [])
    const record = recordOf(evaluatePolicySet(set, {}), factsDigest, sha256)
    const read =
      (change: Partial<typeof record>, of = set) =>
      () =>
        evaluatedFrom({ ...record, ...change }, of, {}, sha256)
    expect(read({})).not.toThrow()
    expect(read({}, other)).toThrow('another policySet')
    expect(read({ engine: record.engine + 1 })).toThrow('another engine')
    expect(read({ factsSchema: factsSchema.version + 1 })).toThrow('another factsSchema')
    expect(read({ bits: Uint8Array.from([...record.bits, 0, 0]) })).toThrow('longer')
    expect(read({ bits: new Uint8Array() })).toThrow('cut off')
  })
})

import { factsSchema, type Facts } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { compileExpression } from './compile.ts'
import { readsOf, snapshotOf } from './reads.ts'

const facts: Facts = {
  now: '2026-01-01T00:00:00Z',
  model: { name: 'credit', owner: 'ana' },
  datasets: [
    { name: 'a', personalData: true, dpia: { uri: 'https://example.org', approvedAt: '2025-01-01T00:00:00Z' }, categories: ['personal'] },
    { name: 'b', personalData: false },
  ],
}

describe('What a rule reads', () => {
  it('is every path that it mentions, in lists of every element, each a value, absent or unknown', () => {
    expect(
      readsOf(
        ['model.owner', 'model.riskTier', 'evaluation.threshold', 'datasets', 'datasets[].personalData', 'datasets[].dpia.uri', 'now'],
        facts,
        factsSchema,
      ),
    ).toEqual([
      { path: 'datasets', value: [{}, {}] },
      { path: 'datasets[0].dpia.uri', value: 'https://example.org' },
      { path: 'datasets[0].personalData', value: true },
      { path: 'datasets[1].dpia.uri', missing: 'absent' },
      { path: 'datasets[1].personalData', value: false },
      { path: 'evaluation.threshold', missing: 'unknown' },
      { path: 'model.owner', value: 'ana' },
      { path: 'model.riskTier', missing: 'unknown' },
    ])
  })

  it('is the pattern itself below a list that is not there', () => {
    expect(readsOf(['datasets', 'datasets[].personalData'], {}, factsSchema)).toEqual([
      { path: 'datasets', missing: 'unknown' },
      { path: 'datasets[].personalData', missing: 'unknown' },
    ])
  })

  it('does not depend on what an evaluation came to', () => {
    const compiled = compileExpression("model.owner == 'nobody' && datasets.exists(d, d.personalData)", factsSchema)
    expect(compiled.ok && readsOf(compiled.expression.reads, facts, factsSchema).map(({ path }) => path)).toEqual([
      'datasets',
      'datasets[0].personalData',
      'datasets[1].personalData',
      'model.owner',
    ])
  })
})

describe('A snapshot', () => {
  it('holds what is mentioned and nothing else', () => {
    expect(snapshotOf(['model.owner', 'model.riskTier', 'datasets', 'datasets[].dpia', 'datasets[].categories', 'now'], facts)).toEqual({
      now: '2026-01-01T00:00:00Z',
      model: { owner: 'ana' },
      datasets: [{ dpia: {}, categories: ['personal'] }, {}],
    })
  })
})

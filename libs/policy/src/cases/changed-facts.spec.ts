import { describe, expect, it } from 'vitest'
import { factsOf } from './changed-facts.ts'

const base = { model: { owner: 'person:ben', riskTier: 'high' }, datasets: [{ name: 'a', license: 'MIT' }, { name: 'b' }] }

describe('The facts of a case', () => {
  it.each([
    ['a value takes the place of what is there', { model: { owner: 'person:eva' } }, { model: { owner: 'person:eva', riskTier: 'high' } }],
    ['a path is as good as maps in maps', { 'model.owner': 'person:eva' }, { model: { owner: 'person:eva', riskTier: 'high' } }],
    ['null takes a fact away, and leaves those beside it', { 'model.owner': null }, { model: { riskTier: 'high' } }],
    ['null within a map takes a fact away too', { model: { owner: null } }, { model: { riskTier: 'high' } }],
    ['null for a record takes all of it', { model: null }, {}],
    ['an element of a list is changed alone', { 'datasets[0].license': null }, { datasets: [{ name: 'a' }, { name: 'b' }] }],
    ['an element is merged into', { 'datasets[1]': { license: 'MIT' } }, { datasets: [base.datasets[0], { name: 'b', license: 'MIT' }] }],
    ['an element is taken away', { 'datasets[0]': null }, { datasets: [{ name: 'b' }] }],
    ['a list takes the place of a list', { datasets: [{ name: 'c', license: null }] }, { datasets: [{ name: 'c' }] }],
    ['an element behind the last is added', { 'datasets[2].name': 'c' }, { datasets: [...base.datasets, { name: 'c' }] }],
    ['what was not there begins', { 'endpoint.owner': 'person:eva' }, { endpoint: { owner: 'person:eva' } }],
  ])('%s', (_, change, expected) =>
    expect(factsOf([base, change])).toEqual({
      ...('model' in change && change.model === null ? { datasets: base.datasets } : base),
      ...expected,
    }),
  )

  it('leave the base as it is, for the next case', () => {
    const before = structuredClone(base)
    factsOf([base, { 'model.owner': null, 'datasets[0].name': 'z' }])
    expect(base).toEqual(before)
  })
})

it('Many facts are put together in one pass, whatever their keys are called', () => {
  const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`labels.k${index}`, index]))
  const begun = performance.now()
  expect(Object.keys(factsOf([many]).labels ?? {})).toHaveLength(20_000)
  expect(performance.now() - begun).toBeLessThan(2_000)
  factsOf([{ '__proto__.polluted': true, 'constructor.prototype.polluted': true }])
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
})

import { factsSchema, type Facts } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { compileExpression } from './compile.ts'
import { evaluateExpression } from './evaluate.ts'

const evaluate = (source: string, facts: Facts) => {
  const compiled = compileExpression(source, factsSchema)
  if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join('; '))
  return evaluateExpression(compiled.expression, facts)
}

describe('An evaluation', () => {
  it('says which part decided, and by which value', () => {
    expect(
      evaluate('evaluation.balancedAccuracy >= 0.65 && evaluation.auc > 0', { evaluation: { balancedAccuracy: 0.618, auc: 0.75 } }),
    ).toEqual({
      value: false,
      missing: [],
      errors: [],
      because: [{ text: 'evaluation.balancedAccuracy >= 0.65', values: { 'evaluation.balancedAccuracy': 0.618 }, result: false }],
    })
  })

  it('names the element that decided a quantifier', () => {
    const facts = {
      datasets: [
        { license: 'CC0', personalData: false },
        { license: '', personalData: true },
      ],
    }
    expect(evaluate("datasets.all(d, d.license != '')", facts).because).toEqual([
      { text: "datasets[1].license != ''", values: { 'datasets[1].license': '' }, result: false },
    ])
  })

  it('names the path that is missing', () => {
    const facts = { datasets: [{ personalData: false }, { personalData: true, dpia: {} }] }
    expect(evaluate('datasets.all(d, !d.personalData || has(d.dpia.uri))', facts)).toMatchObject({
      value: 'unknown',
      missing: ['datasets[1].dpia.uri'],
    })
  })

  it('says when the clock will change it', () => {
    const facts = { now: '2026-03-01T00:00:00Z', evaluation: { at: '2026-01-01T00:00:00Z' } }
    expect(evaluate("now - evaluation.at <= duration('P90D')", facts)).toMatchObject({
      value: true,
      flipsAt: '2026-04-01T00:00:00.000001Z',
    })
    expect(evaluate("now < evaluation.at + duration('90d')", facts)).toMatchObject({ value: true, flipsAt: '2026-04-01T00:00:00Z' })
    expect(evaluate("now == evaluation.at + duration('90d')", facts)).toMatchObject({ value: false, flipsAt: '2026-04-01T00:00:00Z' })
    expect(evaluate('now > evaluation.at', facts)).not.toHaveProperty('flipsAt')
  })
})

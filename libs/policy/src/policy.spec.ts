import { factsSchema, type ApprovalRule, type Facts, type Policy } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { compileDocument } from './document.ts'
import { explain } from './explanation.ts'
import { evaluateApprovalRule, evaluatePolicy } from './policy.ts'

const document: Policy = {
  apiVersion: 'muster.dev/v1',
  kind: 'Policy',
  id: 'separation',
  title: 'It separates',
  owner: 'group:model-risk',
  severity: 'high',
  at: ['intent'],
  appliesTo: "model.riskTier == 'high'",
  rules: [
    { id: 'auc', assert: 'evaluation.auc >= 0.7', message: 'The AUC is below 0.7' },
    { id: 'age', assert: "now - evaluation.at <= duration('P90D')", message: 'The evaluation is too old.' },
  ],
  onUnknown: 'block',
}
const approvalRule: ApprovalRule = {
  apiVersion: 'muster.dev/v1',
  kind: 'ApprovalRule',
  id: 'weak',
  title: 'Weak ones need a person',
  owner: 'group:model-risk',
  appliesTo: "intent.environment == 'production'",
  when: 'evaluation.auc < 0.8',
  needs: [{ role: 'model-risk', count: 1 }],
}
const published = { version: 3, digest: 'sha256:1' }

const evaluate = (facts: Facts) => {
  const result = compileDocument(document, factsSchema, published)
  if (!result.ok) throw new Error('does not compile')
  return evaluatePolicy(result.compiled, facts)
}
const ask = (facts: Facts) => {
  const result = compileDocument(approvalRule, factsSchema, published)
  if (!result.ok) throw new Error('does not compile')
  return evaluateApprovalRule(result.compiled, facts)
}

const evaluation = { auc: 0.75, at: '2026-01-01T00:00:00Z' }
const facts: Facts = { now: '2026-02-01T00:00:00Z', model: { riskTier: 'high' }, intent: { environment: 'production' }, evaluation }

describe('A policy', () => {
  it('gives an outcome per rule, with who said so and when it may change', () => {
    const result = evaluate(facts)
    expect(result).toMatchObject({ applies: true, flipsAt: '2026-04-01T00:00:00.000001Z' })
    expect(result.rules[0]).toEqual({
      policy: 'separation',
      version: 3,
      digest: 'sha256:1',
      mode: 'enforce',
      severity: 'high',
      onUnknown: 'block',
      rule: 'auc',
      outcome: 'pass',
      message: 'The AUC is below 0.7',
      missing: [],
      errors: [],
      because: [{ text: 'evaluation.auc >= 0.7', values: { 'evaluation.auc': 0.75 }, result: true }],
      reads: ['evaluation.auc', 'model.riskTier'],
    })
  })

  it('says nothing where it does not apply', () => {
    expect(evaluate({ ...facts, model: { riskTier: 'minimal' } })).toEqual({ applies: false, rules: [] })
  })

  it('applies when nobody knows whether it does, and its rules are unknown', () => {
    const result = evaluate({ ...facts, model: {} })
    expect(result.applies).toBe('unknown')
    expect(result.rules.map(({ outcome, missing }) => [outcome, missing])).toEqual([
      ['unknown', ['model.riskTier']],
      ['unknown', ['model.riskTier']],
    ])
  })

  it('applies when that cannot be evaluated, and its rules are in error', () => {
    const result = evaluate({ ...facts, model: { riskTier: 'extreme' } })
    expect([result.applies, ...result.rules.map(({ outcome }) => outcome)]).toEqual(['error', 'error', 'error'])
  })

  it('is explained to people', () => {
    const weak = evaluate({ ...facts, evaluation: { ...evaluation, auc: 0.61 } }).rules[0]
    expect(weak && explain(weak)).toBe(
      'separation/auc fails: The AUC is below 0.7. evaluation.auc >= 0.7 is false (evaluation.auc = 0.61).',
    )
    const passed = evaluate(facts).rules[0]
    expect(passed && explain(passed)).toBe('separation/auc passes: evaluation.auc >= 0.7 is true (evaluation.auc = 0.75).')
    const unknown = evaluate({ ...facts, model: {} }).rules[0]
    expect(unknown && explain(unknown)).toBe('separation/auc is unknown: model.riskTier is missing.')
    const broken = evaluate({ ...facts, evaluation: { ...evaluation, auc: 'high' } }).rules[0]
    expect(broken && explain(broken)).toBe('separation/auc cannot be evaluated: evaluation.auc is "high", not a double.')
  })

  it('that does not compile says which expression, where and why', () => {
    const rules = [{ id: 'auc', assert: 'evaluation.acu >= 0.7', message: 'No.' }]
    expect(compileDocument({ ...document, rules, appliesTo: 'true and true' }, factsSchema)).toEqual({
      ok: false,
      diagnostics: [
        { path: '/appliesTo', severity: 'error', line: 1, column: 6, length: 3, message: '"and" is no operator', suggestion: '&&' },
        {
          path: '/rules/0/assert',
          severity: 'error',
          line: 1,
          column: 1,
          length: 14,
          message: 'unknown fact "evaluation.acu"',
          suggestion: 'evaluation.auc',
        },
      ],
    })
  })

  it('that costs too much does not compile', () => {
    const dear = { ...approvalRule, when: 'has(checks) && checks.all(c, datasets.all(d, d.name != c.policy))' }
    expect(compileDocument(dear, factsSchema)).toMatchObject({ ok: false, diagnostics: [{ path: '/when' }] })
  })
})

describe('An approval rule', () => {
  it('asks when its condition holds', () => {
    expect(ask(facts)).toMatchObject({ rule: 'weak', version: 3, applies: true, when: true, needed: true, missing: [] })
    expect(ask({ ...facts, evaluation: { ...evaluation, auc: 0.9 } })).toMatchObject({ applies: true, when: false, needed: false })
  })

  it('asks unless it certainly need not', () => {
    expect(ask({ ...facts, evaluation: {} })).toMatchObject({ when: 'unknown', needed: true, missing: ['evaluation.auc'] })
    expect(ask({ ...facts, evaluation: { auc: 'high' } })).toMatchObject({ when: 'error', needed: true })
    expect(ask({ evaluation })).toMatchObject({ applies: 'unknown', when: 'unknown', needed: true, missing: ['intent'] })
    expect(ask({ intent: { environment: 'staging' } })).toMatchObject({ applies: false, when: false, needed: false })
  })
})

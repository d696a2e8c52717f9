import { readdirSync, readFileSync } from 'node:fs'
import { factsSchema, type Facts } from '@muster/contracts'
import {
  compileDocument,
  evaluateApprovalRule,
  evaluatePolicy,
  formatDiagnostic,
  parsePolicyText,
  type CompiledApprovalRule,
  type CompiledPolicy,
  type ParsedDocument,
  type RuleResult,
} from '@muster/policy'
import { describe, expect, it } from 'vitest'

const folder = new URL('./starter/', import.meta.url)
const files = readdirSync(folder).filter(name => name.endsWith('.yaml') && !name.endsWith('.cases.yaml'))

function parsed(name: string): readonly ParsedDocument[] {
  const result = parsePolicyText(readFileSync(new URL(name, folder), 'utf8'), name, factsSchema)
  if (!result.ok) throw new Error(result.diagnostics.map(formatDiagnostic).join('\n'))
  return result.documents
}

const documents = files.flatMap(parsed)
const policies: CompiledPolicy[] = []
const approvalRules: CompiledApprovalRule[] = []
for (const { document } of documents) {
  const result = compileDocument(document, factsSchema, { version: 1, digest: 'sha256:0' })
  if (!result.ok) throw new Error(result.diagnostics.map(({ path, message }) => `${document.id}${path} ${message}`).join('\n'))
  if (result.compiled.kind === 'Policy') policies.push(result.compiled)
  else approvalRules.push(result.compiled)
}

const dataset = {
  name: 'german-credit',
  digest: `sha256:${'d'.repeat(64)}`,
  registered: true,
  origin: 'Hofmann 1994, doi:10.24432/C5NC77',
  license: 'DbCL-1.0',
  categories: ['personal', 'financial'],
  personalData: true,
  lawfulBasis: 'contract',
  dpia: { uri: 'https://example.org/dpia', approvedAt: '2026-09-01T00:00:00Z' },
}
const document = (kind: string) => ({
  kind,
  uri: `https://example.org/${kind}`,
  digest: `sha256:${'e'.repeat(64)}`,
  at: '2026-11-01T00:00:00Z',
})

const credit = (version: string, balancedAccuracy: number, disparateImpact: number): Facts => ({
  now: '2026-11-25T12:00:00Z',
  point: 'intent',
  intent: { id: 'i1', environment: 'production', endpoint: 'credit', requestedBy: 'person:ana', declaredAt: '2026-11-25T12:00:00Z' },
  model: {
    name: 'credit',
    registeredAt: '2026-10-01T00:00:00Z',
    type: 'classification',
    intendedUse: 'Credit decisions',
    owner: 'person:ben',
    riskTier: 'high',
  },
  version: {
    name: version,
    registeredAt: '2026-11-01T00:00:00Z',
    artifactDigest: `sha256:${'a'.repeat(64)}`,
    trainedBy: ['person:tom'],
    documents: ['model-card', 'test-report', 'risk-assessment'].map(document),
  },
  datasets: [
    { ...dataset, role: 'training' },
    { ...dataset, role: 'holdout' },
  ],
  evaluation: {
    at: '2026-11-02T00:00:00Z',
    dataset: 'german-credit',
    balancedAccuracy,
    fairness: { disparateImpact, equalOpportunityDifference: 0, groups: [] },
  },
})

function decide(facts: Facts): { readonly decision: string; readonly because: readonly string[] } {
  const results = policies.flatMap(policy => evaluatePolicy(policy, facts).rules)
  const blocks = ({ outcome, onUnknown }: RuleResult): boolean =>
    outcome === 'fail' || outcome === 'error' || (outcome === 'unknown' && onUnknown === 'block')
  const blocking = results.filter(blocks).map(({ policy, rule }) => `${policy}/${rule}`)
  if (results.length === 0) return { decision: 'blocked', because: ['no-policy-applies'] }
  if (blocking.length > 0) return { decision: 'blocked', because: blocking }
  const checks = results.map(({ policy, rule, outcome, severity }) => ({ policy, rule, outcome, severity }))
  const asking = approvalRules.map(rule => evaluateApprovalRule(rule, { ...facts, checks })).filter(({ needed }) => needed)
  return { decision: asking.length > 0 ? 'approval-required' : 'cleared', because: asking.map(({ rule }) => rule) }
}

const without = (facts: Facts, ...path: readonly string[]): Facts => {
  const copy = structuredClone(facts) as Record<string, unknown>
  const last = path.at(-1) ?? ''
  const owner = path.slice(0, -1).reduce<Record<string, unknown>>((inner, step) => inner[step] as Record<string, unknown>, copy)
  Reflect.deleteProperty(owner, last)
  return copy as Facts
}

describe('The starter policies', () => {
  it.each(files)('in %s compile without a warning', name => {
    expect(parsed(name).flatMap(({ warnings }) => warnings.map(formatDiagnostic))).toEqual([])
  })

  it('block the first credit model for its disparate impact', () => {
    expect(decide(credit('v1', 0.706, 0.506))).toEqual({ decision: 'blocked', because: ['fairness-disparate-impact/ratio'] })
  })

  it('ask a person about the second, which separates weakly', () => {
    expect(decide(credit('v2', 0.618, 0.893))).toEqual({ decision: 'approval-required', because: ['weak-separation'] })
  })

  it('clear the third', () => {
    expect(decide(credit('v3', 0.659, 0.858))).toEqual({ decision: 'cleared', because: [] })
  })

  it('never skip a policy because the risk tier is missing', () => {
    expect(decide(without(credit('v3', 0.659, 0.858), 'model', 'riskTier')).because).toContain('fairness-disparate-impact/ratio')
  })

  it('let a person decide where the licence of training data is missing', () => {
    expect(decide(without(credit('v3', 0.659, 0.858), 'datasets', '0', 'license'))).toEqual({
      decision: 'approval-required',
      because: ['unknown-evidence'],
    })
  })

  it('clear any registered version outside of production', () => {
    const facts = {
      intent: { environment: 'staging' },
      version: { registeredAt: '2026-11-01T00:00:00Z', artifactDigest: `sha256:${'a'.repeat(64)}` },
    }
    expect(decide(facts).decision).toBe('cleared')
    expect(decide({ intent: { environment: 'staging' } })).toMatchObject({ decision: 'blocked' })
  })

  it('say at which instant the evaluation will be too old', () => {
    const freshness = policies.find(policy => policy.document.id === 'evidence-freshness')
    expect(freshness && evaluatePolicy(freshness, credit('v3', 0.659, 0.858)).flipsAt).toBe('2027-01-31T00:00:00.000001Z')
  })
})

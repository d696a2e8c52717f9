import { createHash } from 'node:crypto'
import { passedRule, type Check, type DeploymentChecked, type RuleCheck } from '@muster/contracts'

/* Deployments as they are recorded, for those who read them: credit 3 in production. */

export const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`

export const target = { model: 'credit', version: '3', environment: 'production', endpoint: 'credit', artifact: digestOf('artifact') }

export const ruleCheck = (rest: Partial<RuleCheck> = {}): RuleCheck => ({
  policy: 'accuracy',
  version: 1,
  digest: digestOf('accuracy'),
  mode: 'enforce',
  rule: 'holds',
  severity: 'high',
  onUnknown: 'block',
  outcome: 'pass',
  message: 'It does not separate well enough.',
  missing: [],
  errors: [],
  because: [],
  ...rest,
})

export const recordedRule = (rule: RuleCheck): Check['rules'][number] =>
  rule.outcome === 'pass' ? passedRule(rule) : { ...rule, outcome: rule.outcome }

export const checked = (rule: RuleCheck, rest: Partial<Check> = {}): DeploymentChecked => ({
  type: 'deployment.checked',
  target,
  asOf: { position: 1, event: '00000000-0000-4000-8000-000000000001' },
  at: '2026-11-25T12:00:00.000Z',
  point: 'intent',
  engine: { policy: 1, facts: 1, fold: 1 },
  policies: [{ policy: rule.policy, version: rule.version, digest: rule.digest, mode: rule.mode, applies: true }],
  rules: [recordedRule(rule)],
  approvalRules: [],
  people: [],
  snapshot: {},
  snapshotDigest: digestOf('snapshot'),
  materialDigest: digestOf('material'),
  verdict: 'cleared',
  nextCheckAt: '2026-11-26T12:00:00.000Z',
  newlyAsked: [],
  ...rest,
})

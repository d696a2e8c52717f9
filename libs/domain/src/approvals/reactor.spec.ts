import type { ApprovalRequired, DeploymentEvent, PolicyEvent, Target } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { policy } from '../testing/policies.ts'
import { digest } from '../testing/recorded.ts'
import { react } from './reactor.ts'

const target: Target = { model: 'credit', version: '3', environment: 'production', endpoint: 'credit' }
const materialDigest = digest('content')
const question = {
  about: { kind: 'deployment' as const, id: 'd1' },
  digest: materialDigest,
  changed: ['evaluation.auc'],
  approvalRules: [{ id: 'high-risk', version: 1, digest: digest('high-risk') }],
  needs: [{ role: 'model-risk', count: 1 }],
  excluded: [{ person: 'tom', because: 'trained the version' }],
  unmapped: [],
}
const required: ApprovalRequired = { type: 'deployment.approval-required', approvalId: 'd1.2', target, ...question }
const reasons = [{ code: 'rule-failed' as const, message: 'No.' }]

describe('When a deployment needs people', () => {
  it('they are asked exactly its question', () =>
    expect(react(required)).toEqual([{ approval: 'd1.2', command: { type: 'request-approval', ...question } }]))

  it('the question that it supersedes is withdrawn first, and says by which content it is replaced', () =>
    expect(react({ ...required, supersedes: 'd1.1' })).toEqual([
      { approval: 'd1.1', command: { type: 'withdraw-approval', replacedBy: materialDigest } },
      { approval: 'd1.2', command: { type: 'request-approval', ...question, supersedes: 'd1.1' } },
    ]))
})

describe('An open question is withdrawn when the deployment', () => {
  it.each<[string, DeploymentEvent, string | undefined]>([
    ['is cleared without it', { type: 'deployment.cleared', target, materialDigest, supersedes: 'd1.1' }, materialDigest],
    ['is blocked without it', { type: 'deployment.blocked', target, materialDigest, reasons, supersedes: 'd1.1' }, materialDigest],
    ['lapses', { type: 'deployment.lapsed', target, reasons, supersedes: 'd1.1' }, undefined],
  ])('%s', (_, event, replacedBy) =>
    expect(react(event)).toEqual([
      { approval: 'd1.1', command: { type: 'withdraw-approval', ...(replacedBy !== undefined && { replacedBy }) } },
    ]),
  )
})

describe('Nothing is asked of approvals when a deployment', () => {
  it.each<DeploymentEvent>([
    { type: 'deployment.cleared', target, materialDigest, approvalId: 'd1.1' },
    { type: 'deployment.blocked', target, materialDigest, reasons },
    { type: 'deployment.lapsed', target, reasons },
    { type: 'deployment.refused', target, materialDigest, approvalId: 'd1.1', reasons },
    { type: 'deployment.revoked', target, materialDigest, reasons, remediation: { steps: [], by: '2026-11-25T12:00:00.000Z' } },
    { type: 'deployment.opened', id: 'd1', target, requestedBy: 'rita', missing: [], lapsesAt: '2026-11-25T12:00:00.000Z' },
  ])('tells $type and had no question open', event => expect(react(event)).toEqual([]))
})

describe('When a policy needs reviewers', () => {
  const { approvalRules: _, ...asked } = { ...question, about: { kind: 'policy' as const, id: 'accuracy' }, changed: [] }
  const backtest = {
    id: 'b1',
    position: 1,
    decisions: 0,
    newlyBlocked: 0,
    newlyAllowed: 0,
    newlyNeedApproval: 0,
    unchanged: 0,
    undecidable: 0,
    runningViolations: 0,
  }

  it('they are asked exactly its question', () =>
    expect(react({ type: 'policy.submitted', approvalId: 'policy:accuracy~1', ...asked, approvalRules: [], cases: 2, backtest })).toEqual([
      { approval: 'policy:accuracy~1', command: { type: 'request-approval', ...asked, approvalRules: [] } },
    ]))

  const supersedes = 'policy:accuracy~1'
  const reason = { personal: 'Not needed.', of: 'tom' }
  it.each<[string, PolicyEvent, string | undefined]>([
    [
      'it says something else',
      { type: 'policy.revised', digest: materialDigest, document: policy(), authors: [{ name: 'tom' }], supersedes },
      materialDigest,
    ],
    ['it is given up', { type: 'policy.discarded', digest: materialDigest, reason, supersedes }, undefined],
  ])('the question is withdrawn when %s', (_when, event, replacedBy) =>
    expect(react(event)).toEqual([
      { approval: supersedes, command: { type: 'withdraw-approval', ...(replacedBy !== undefined && { replacedBy }) } },
    ]),
  )
})

import { streamName, type AnyEvent } from '@muster/contracts'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { checked, digestOf, recordedRule, ruleCheck, target } from '../../../infra/test/deployments.ts'
import { expectSameRowsHoweverCut, inFreshDatabase, modelsOf, type Step } from '../../../infra/test/read-models.ts'
import { policy, published } from '../../../libs/domain/src/testing/policies.ts'
import { ComplianceApprovals } from './approvals/projection.ts'
import { ComplianceCheckResults } from './check-results/projection.ts'
import { ComplianceDeployments } from './deployments/projection.ts'
import { CompliancePolicyChanges } from './policy-changes/projection.ts'
import { PolicyPerformanceModel } from './policy-performance/projection.ts'

const about = { kind: 'deployment', id: 'd1' } as const
const digest = digestOf('content')
const reasons = [{ code: 'intent-withdrawn', message: 'It was withdrawn.' }] as const
const answered = { about, digest }
const reason = { personal: 'Read.', of: 'ana' }

const ids = fc.constantFrom('1', '2', '3')
const check = fc
  .record({
    outcome: fc.constantFrom('pass', 'fail', 'unknown'),
    mode: fc.constantFrom('enforce', 'warn'),
    hour: fc.integer({ min: 0, max: 40 }),
  })
  .map(({ outcome, mode, hour }) => checkOf(outcome, mode, hour))
const checkOf = (outcome: 'pass' | 'fail' | 'unknown', mode: 'enforce' | 'warn', hour: number): AnyEvent => {
  const rule = ruleCheck({ outcome, mode })
  return { ...checked(rule, { at: new Date(Date.UTC(2026, 6, 1, hour)).toISOString() }), rules: [recordedRule(rule)] }
}
const lapsed: AnyEvent = { type: 'deployment.lapsed', target, reasons: [...reasons] }
const ofDeployment = fc.oneof(
  { weight: 4, arbitrary: check },
  fc.constantFrom<AnyEvent>(
    { type: 'deployment.cleared', target, materialDigest: digest },
    { type: 'deployment.cleared', target, materialDigest: digest, approvalId: 'a1' },
    lapsed,
  ),
)
const ofApproval = fc.constantFrom<AnyEvent>(
  { type: 'approval.signed', by: 'ana', role: 'risk', verdict: 'approve', reason },
  { type: 'approval.signed', by: 'ben', role: 'risk', verdict: 'reject', reason },
  { type: 'approval.signature-refused', by: 'tom', role: 'risk', because: 'trained it' },
  { type: 'approval.granted', ...answered },
  { type: 'approval.withdrawn', ...answered },
)
/** By the category that a model is made of. */
const steps: Readonly<Record<string, fc.Arbitrary<Step>>> = {
  deployment: fc.tuple(ids, ofDeployment).map(([id, event]): Step => [streamName('deployment', id), event]),
  approval: fc.tuple(ids, ofApproval).map(([id, event]): Step => [streamName('approval', id), event]),
  policy: fc.constant<Step>([streamName('policy', 'accuracy'), { type: 'policy.retired', version: 1, reason }]),
}
const opened = (id: string): Step => [
  streamName('deployment', id),
  { type: 'deployment.opened', id, target, requestedBy: 'rita', missing: [], lapsesAt: '2026-12-01T00:00:00.000Z' },
]
const requested = (id: string): Step => [
  streamName('approval', id),
  {
    type: 'approval.requested',
    ...answered,
    changed: [],
    approvalRules: [],
    needs: [{ role: 'risk', count: 2 }],
    excluded: [],
    unmapped: [],
  },
]
const beginning: readonly Step[] = [
  [streamName('policy', 'accuracy'), published(policy())],
  ...['1', '2', '3'].flatMap(id => [opened(id), requested(id)]),
]

/** A warning that stands open, and is ended in the same batch by the deployment's end before its rule passes. */
const endedBefore: [Step[], number[]] = [
  [checkOf('fail', 'warn', 1), lapsed, checkOf('pass', 'warn', 3)].map((event): Step => [streamName('deployment', '1'), event]),
  [5, 12],
]

const models = modelsOf(ComplianceApprovals, ComplianceCheckResults, ComplianceDeployments, CompliancePolicyChanges, PolicyPerformanceModel)

describe('Each read model of compliance', () => {
  const fresh = inFreshDatabase()

  it.each(models)('has the same rows however the log is cut into batches: $name', async model => {
    const [category = 'policy'] = model.filter.categories ?? []
    // How long a rule takes is measured, and another build measures anew.
    const except = ['nanoseconds']
    await expectSameRowsHoweverCut(fresh.database, model, {
      beginning,
      steps: steps[category] ?? fc.constant(opened('1')),
      runs: 15,
      examples: category === 'deployment' ? [endedBefore] : [],
      except,
    })
  })
})

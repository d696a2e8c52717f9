import { streamName, type AnyEvent, type StreamName } from '@muster/contracts'
import { memoryEventStore } from '@muster/event-store'
import type { ReadModels } from '@muster/nest-host'
import { openSql, type ReadModel } from '@muster/projections'
import { rowsAfter } from '@muster/projections/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { freshDatabase } from '../../../infra/test/database.ts'
import { checked, digestOf, recordedRule, ruleCheck, target } from '../../../infra/test/deployments.ts'
import { record } from '../../../infra/test/log.ts'
import { policy, published } from '../../../libs/domain/src/testing/policies.ts'
import { ComplianceApprovals } from './approvals/projection.ts'
import { ComplianceCheckResults } from './check-results/projection.ts'
import { ComplianceDeployments } from './deployments/projection.ts'
import { CompliancePolicyChanges } from './policy-changes/projection.ts'
import { PolicyPerformanceModel } from './policy-performance/projection.ts'

/* What every read model keeps, for histories and cuts made at random, on a real PostgreSQL. */

function modelOf(Model: new (readModels: ReadModels) => object): ReadModel {
  const added: ReadModel[] = []
  const readModels: ReadModels = { add: model => void added.push(model) }
  const made = new Model(readModels)
  const [model] = added
  if (model === undefined) throw new Error(`${made.constructor.name} adds no read model`)
  return model
}

type Step = readonly [StreamName, AnyEvent]
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
  .map(({ outcome, mode, hour }): AnyEvent => {
    const rule = ruleCheck({ outcome, mode })
    return { ...checked(rule, { at: new Date(Date.UTC(2026, 6, 1, hour)).toISOString() }), rules: [recordedRule(rule)] }
  })
const ofDeployment = fc.oneof(
  { weight: 4, arbitrary: check },
  fc.constantFrom<AnyEvent>(
    { type: 'deployment.cleared', target, materialDigest: digest },
    { type: 'deployment.cleared', target, materialDigest: digest, approvalId: 'a1' },
    { type: 'deployment.lapsed', target, reasons: [...reasons] },
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

describe('Each read model of compliance', () => {
  let fresh: Awaited<ReturnType<typeof freshDatabase>>
  let database: Awaited<ReturnType<typeof openSql>>
  beforeAll(async () => {
    fresh = await freshDatabase(inject('databaseUrl'))
    database = await openSql(fresh.url, { logger: { debug() {}, info() {}, warn() {}, error() {} } })
  })
  afterAll(async () => {
    await database.close()
    await fresh.drop()
  })

  const models = [ComplianceApprovals, ComplianceCheckResults, ComplianceDeployments, CompliancePolicyChanges, PolicyPerformanceModel]
  it.each(models.map(Model => modelOf(Model)))('has the same rows however the log is cut into batches: $name', async model => {
    const [category = 'policy'] = model.filter.categories ?? []
    const histories = fc.array(steps[category] ?? fc.constant(opened('1')), { minLength: 5, maxLength: 30 })
    const cuts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(histories, cuts, async (history, sizes) => {
        const store = memoryEventStore({ now: () => new Date().toISOString() })
        for (const [stream, event] of [...beginning, ...history]) await record(store, stream, 'credit', event)
        // How long a rule takes is measured, and another build measures anew.
        const one = await rowsAfter({ store, database }, model, [1], ['nanoseconds'])
        expect(await rowsAfter({ store, database }, model, sizes, ['nanoseconds'])).toEqual(one)
      }),
      { numRuns: 15 },
    )
  })
})

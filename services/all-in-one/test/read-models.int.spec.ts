import type { StreamName } from '@muster/contracts'
import { memoryEventStore } from '@muster/event-store'
import { rowsAfter } from '@muster/projections/testing'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { inFreshDatabase, modelsOf } from '../../../infra/test/read-models.ts'
import { tour } from '../../../libs/audit/src/testing/tour.ts'
import { AlertList } from '../../alerts/src/alert-list/projection.ts'
import { ApprovalList } from '../../approvals/src/approval-list/projection.ts'
import { ComplianceApprovals } from '../../compliance/src/approvals/projection.ts'
import { ComplianceCheckResults } from '../../compliance/src/check-results/projection.ts'
import { ComplianceDeployments } from '../../compliance/src/deployments/projection.ts'
import { CompliancePolicyChanges } from '../../compliance/src/policy-changes/projection.ts'
import { PolicyPerformanceModel } from '../../compliance/src/policy-performance/projection.ts'
import { DeploymentList } from '../../deployments/src/deployment-list/projection.ts'
import { ViolationList } from '../../deployments/src/violation-list/projection.ts'
import { PolicyList } from '../../policies/src/policy-list/projection.ts'

/* Every read model of every service over a log that was recorded once: the rows are those of one event at a time, wherever it is cut. */

const models = modelsOf(
  AlertList,
  ApprovalList,
  DeploymentList,
  ViolationList,
  PolicyList,
  ComplianceApprovals,
  ComplianceCheckResults,
  ComplianceDeployments,
  CompliancePolicyChanges,
  PolicyPerformanceModel,
)

describe('Of the tour', () => {
  const store = memoryEventStore({ now: () => '2026-11-25T12:00:00.000Z' })
  const fresh = inFreshDatabase()
  beforeAll(async () => {
    for (const { stream, revision, ...event } of tour)
      await store.append([{ stream: stream as StreamName, expected: revision === 0 ? 'no-stream' : revision - 1, events: [event] }])
  })

  it.each(models.map(model => [model.name, model] as const))(
    '%s has the same rows, however the log is cut into batches',
    async (_, model) => {
      const { database } = fresh
      const alone = await rowsAfter({ store, database }, model, [1], ['nanoseconds'])
      expect(Object.values(alone as Record<string, readonly string[]>).flat().length).toBeGreaterThan(0)
      await fc.assert(
        fc.asyncProperty(fc.array(fc.integer({ min: 1, max: tour.length }), { minLength: 1, maxLength: 6 }), async sizes => {
          expect(await rowsAfter({ store, database }, model, sizes, ['nanoseconds'])).toEqual(alone)
        }),
        { numRuns: 5 },
      )
    },
  )
})

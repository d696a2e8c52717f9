import { streamName, type AnyEvent } from '@muster/contracts'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { digestOf, target } from '../../../infra/test/deployments.ts'
import { expectSameRowsHoweverCut, inFreshDatabase, modelsOf, type Step } from '../../../infra/test/read-models.ts'
import { DeploymentList } from './deployment-list/projection.ts'
import { ViolationList } from './violation-list/projection.ts'

const running = (version: string) => ({ model: 'credit', version, artifact: digestOf('artifact') })
const violations = fc
  .record({ id: fc.constantFrom('credit', 'fraud'), version: fc.constantFrom('1', '2'), isFound: fc.boolean() })
  .map(({ id, version, isFound }): Step => [
    streamName('violation', 'production', id),
    isFound
      ? ({
          type: 'violation.found',
          kind: 'no-clearance',
          running: running(version),
          observed: '00000000-0000-4000-8000-000000000001',
          message: 'It has no clearance.',
        } satisfies AnyEvent)
      : ({ type: 'violation.ended', kind: 'no-clearance', running: running(version), because: 'rollout-ended' } satisfies AnyEvent),
  ])
const deployments = fc
  .record({
    id: fc.constantFrom('1', '2', '3'),
    event: fc.constantFrom<AnyEvent>(
      { type: 'deployment.cleared', target, materialDigest: digestOf('material') },
      { type: 'deployment.cleared', target, materialDigest: digestOf('material'), approvalId: 'a1' },
      { type: 'deployment.lapsed', target, reasons: [{ code: 'intent-withdrawn', message: 'It was withdrawn.' }] },
    ),
  })
  .map(({ id, event }): Step => [streamName('deployment', id), event])
const beginning = ['1', '2', '3'].map((id): Step => [
  streamName('deployment', id),
  { type: 'deployment.opened', id, target, requestedBy: 'rita', missing: [], lapsesAt: '2026-12-01T00:00:00.000Z' },
])

describe('Each read model of deployments', () => {
  const fresh = inFreshDatabase()

  it.each(modelsOf(DeploymentList, ViolationList))('has the same rows however the log is cut into batches: $name', model =>
    expectSameRowsHoweverCut(fresh.database, model, { beginning, steps: fc.oneof(violations, deployments), runs: 10 }),
  )
})

import { streamName, type AnyEvent } from '@muster/contracts'
import { memoryEventStore } from '@muster/event-store'
import type { ReadModels } from '@muster/nest-host'
import { openSql, type ReadModel } from '@muster/projections'
import { rowsAfter } from '@muster/projections/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { freshDatabase } from '../../../infra/test/database.ts'
import { digestOf, target } from '../../../infra/test/deployments.ts'
import { record } from '../../../infra/test/log.ts'
import { DeploymentList } from './deployment-list/projection.ts'
import { ViolationList } from './violation-list/projection.ts'

/* What every read model keeps, for histories and cuts made at random, on a real PostgreSQL. */

function modelOf(Model: new (readModels: ReadModels) => object): ReadModel {
  const added: ReadModel[] = []
  const readModels: ReadModels = { add: model => void added.push(model) }
  const made = new Model(readModels)
  const [model] = added
  if (model === undefined) throw new Error(`${made.constructor.name} adds no read model`)
  return model
}
const models = [DeploymentList, ViolationList].map(Model => modelOf(Model))

const running = (version: string) => ({ model: 'credit', version, artifact: digestOf('artifact') })
const violations = fc
  .record({ id: fc.constantFrom('credit', 'fraud'), version: fc.constantFrom('1', '2'), isFound: fc.boolean() })
  .map(({ id, version, isFound }) => ({
    stream: streamName('violation', 'production', id),
    event: isFound
      ? ({
          type: 'violation.found',
          kind: 'no-clearance',
          running: running(version),
          observed: '00000000-0000-4000-8000-000000000001',
          message: 'It has no clearance.',
        } satisfies AnyEvent)
      : ({ type: 'violation.ended', kind: 'no-clearance', running: running(version), because: 'rollout-ended' } satisfies AnyEvent),
  }))
const deployments = fc
  .record({
    id: fc.constantFrom('1', '2', '3'),
    event: fc.constantFrom<AnyEvent>(
      { type: 'deployment.cleared', target, materialDigest: digestOf('material') },
      { type: 'deployment.cleared', target, materialDigest: digestOf('material'), approvalId: 'a1' },
      { type: 'deployment.lapsed', target, reasons: [{ code: 'intent-withdrawn', message: 'It was withdrawn.' }] },
    ),
  })
  .map(({ id, event }) => ({ stream: streamName('deployment', id), event }))
const beginning = ['1', '2', '3'].map(id => ({
  stream: streamName('deployment', id),
  event: {
    type: 'deployment.opened',
    id,
    target,
    requestedBy: 'rita',
    missing: [],
    lapsesAt: '2026-12-01T00:00:00.000Z',
  } satisfies AnyEvent,
}))

describe('Each read model of deployments', () => {
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

  it.each(models)('has the same rows however the log is cut into batches: $name', async model => {
    const histories = fc.array(fc.oneof(violations, deployments), { minLength: 5, maxLength: 30 })
    const cuts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(histories, cuts, async (history, sizes) => {
        const store = memoryEventStore({ now: () => new Date().toISOString() })
        for (const { stream, event } of [...beginning, ...history]) await record(store, stream, 'credit', event)
        expect(await rowsAfter({ store, database }, model, sizes)).toEqual(await rowsAfter({ store, database }, model, [1]))
      }),
      { numRuns: 10 },
    )
  })
})

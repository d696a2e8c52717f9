import { streamName, type AnyEvent } from '@muster/contracts'
import { memoryEventStore } from '@muster/event-store'
import { openSql } from '@muster/projections'
import { rowsAfter } from '@muster/projections/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { freshDatabase } from '../../../../infra/test/database.ts'
import { digestOf } from '../../../../infra/test/deployments.ts'
import { record } from '../../../../infra/test/log.ts'
import { approvalList } from './projection.ts'

/* Histories and cuts made at random, on a real PostgreSQL. */

const ids = ['1', '2', '3'] as const
const answered = { about: { kind: 'deployment', id: 'd1' }, digest: digestOf('content') } as const
const reason = { personal: 'Read.', of: 'ana' }
const question = { changed: [], approvalRules: [], excluded: [], unmapped: [] }
const beginning = ids.map(id => ({
  id,
  event: { type: 'approval.requested', ...answered, ...question, needs: [{ role: 'risk', count: 2 }] } satisfies AnyEvent,
}))
const events = fc.constantFrom<AnyEvent>(
  { type: 'approval.signed', by: 'ana', role: 'risk', verdict: 'approve', reason },
  { type: 'approval.signed', by: 'ben', role: 'risk', verdict: 'reject', reason },
  { type: 'approval.signature-refused', by: 'tom', role: 'risk', because: 'trained it' },
  { type: 'approval.granted', ...answered },
  { type: 'approval.withdrawn', ...answered },
)

describe('The list of approvals', () => {
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

  it('has the same rows however the log is cut into batches', async () => {
    const histories = fc.array(fc.record({ id: fc.constantFrom(...ids), event: events }), { minLength: 5, maxLength: 30 })
    const cuts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(histories, cuts, async (history, sizes) => {
        const store = memoryEventStore({ now: () => new Date().toISOString() })
        for (const { id, event } of [...beginning, ...history]) await record(store, streamName('approval', id), 'credit', event)
        expect(await rowsAfter({ store, database }, approvalList, sizes)).toEqual(await rowsAfter({ store, database }, approvalList, [1]))
      }),
      { numRuns: 10 },
    )
  })
})

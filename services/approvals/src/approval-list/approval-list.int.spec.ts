import { streamName, type AnyEvent } from '@muster/contracts'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { digestOf } from '../../../../infra/test/deployments.ts'
import { expectSameRowsHoweverCut, inFreshDatabase, type Step } from '../../../../infra/test/read-models.ts'
import { approvalList } from './projection.ts'

const ids = ['1', '2', '3'] as const
const answered = { about: { kind: 'deployment', id: 'd1' }, digest: digestOf('content') } as const
const reason = { personal: 'Read.', of: 'ana' }
const question = { changed: [], approvalRules: [], excluded: [], unmapped: [] }
const beginning = ids.map((id): Step => [
  streamName('approval', id),
  { type: 'approval.requested', ...answered, ...question, needs: [{ role: 'risk', count: 2 }] },
])
const events = fc.constantFrom<AnyEvent>(
  { type: 'approval.signed', by: 'ana', role: 'risk', verdict: 'approve', reason },
  { type: 'approval.signed', by: 'ben', role: 'risk', verdict: 'reject', reason },
  { type: 'approval.signature-refused', by: 'tom', role: 'risk', because: 'trained it' },
  { type: 'approval.granted', ...answered },
  { type: 'approval.withdrawn', ...answered },
)

const steps = fc.tuple(fc.constantFrom(...ids), events).map(([id, event]): Step => [streamName('approval', id), event])

describe('The list of approvals', () => {
  const fresh = inFreshDatabase()

  it('has the same rows however the log is cut into batches', () =>
    expectSameRowsHoweverCut(fresh.database, approvalList, { beginning, steps, runs: 10 }))
})

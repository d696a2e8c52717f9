import { streamName } from '@muster/contracts'
import { createHost, EVENT_STORE, SQL, type CreatedHost } from '@muster/nest-host'
import type { EventStore } from '@muster/event-store'
import type { Sql } from '@muster/projections'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { freshDatabase } from '../../../../infra/test/database.ts'
import { digestOf } from '../../../../infra/test/deployments.ts'
import { record } from '../../../../infra/test/log.ts'
import { policy, published } from '../../../../libs/domain/src/testing/policies.ts'
import { ComplianceModule } from '../compliance.module.ts'

describe('The changes of policies', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let host: CreatedHost

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    host = await createHost([ComplianceModule], { databaseUrl: database.url })
  })
  afterAll(async () => {
    await host.stop()
    await database.drop()
  })

  it('are a view for analysts: each event, with its version, mode and approval, and without what people wrote', async () => {
    const store = host.app.get<EventStore>(EVENT_STORE)
    const digest = digestOf('accuracy')
    const reason = { personal: 'It is not needed.', of: 'omar' }
    await record(
      store,
      streamName('policy', 'accuracy'),
      'accuracy',
      { type: 'policy.drafted', digest, document: policy(), authors: [{ name: 'omar@example.org', person: 'omar' }] },
      { type: 'policy.approved', approvalId: 'accuracy.1', digest },
      published(policy(), { mode: 'shadow', digest }),
      { type: 'policy.activated', version: 1, mode: 'enforce', effectiveFrom: '2026-12-01T00:00:00.000Z' },
      { type: 'policy.retired', version: 1, reason },
    )
    const told = () =>
      host.app
        .get<Sql>(SQL)
        .query(
          `select change, policy_version as version, mode, approval_id as approval from compliance.policy_changes order by position`,
          [],
        )
    await expect.poll(told, { timeout: 20_000 }).toEqual([
      { change: 'drafted', version: null, mode: 'enforce', approval: null },
      { change: 'approved', version: null, mode: null, approval: 'accuracy.1' },
      { change: 'published', version: 1, mode: 'shadow', approval: null },
      { change: 'activated', version: 1, mode: 'enforce', approval: null },
      { change: 'retired', version: 1, mode: null, approval: null },
    ])
  })
})

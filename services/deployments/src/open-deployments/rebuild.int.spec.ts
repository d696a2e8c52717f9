import { streamName, type AnyEvent } from '@muster/contracts'
import { memoryEventStore } from '@muster/event-store'
import { migrate, openSql, type Database } from '@muster/projections'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { freshDatabase } from '../../../../infra/test/database.ts'
import { checked, digestOf, ruleCheck, target } from '../../../../infra/test/deployments.ts'
import { record } from '../../../../infra/test/log.ts'
import { rebuild } from './rebuild.ts'
import { placesInViolation, progressOf, rowsDue, rowsReading } from './rows.ts'
import { migrations } from './tables.ts'

const quiet = { debug() {}, info() {}, warn() {}, error() {} }

describe('The table of open deployments', () => {
  const store = memoryEventStore({ now: () => new Date().toISOString() })
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let sql: Database

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    sql = await openSql(database.url, { logger: quiet })
    await migrate(sql, 'deployments', migrations)
  })
  afterAll(async () => {
    await sql.close()
    await database.drop()
  })

  it('is built again from the log: what is open, due at once, and where something runs', async () => {
    const at = new Date().toISOString()
    const lapsesAt = '2026-12-01T00:00:00.000Z'
    const opened = (id: string): AnyEvent => ({ type: 'deployment.opened', id, target, requestedBy: 'rita', missing: [], lapsesAt })
    const check = checked(ruleCheck())
    const materialDigest = digestOf('material')
    await record(store, streamName('deployment', 'waits'), 'credit', opened('waits'))
    await record(store, streamName('deployment', 'runs'), 'credit', opened('runs'), check, {
      type: 'deployment.cleared',
      target,
      materialDigest,
    })
    await record(store, streamName('deployment', 'over'), 'credit', opened('over'), check, {
      type: 'deployment.blocked',
      target,
      materialDigest,
      reasons: [{ code: 'no-policy-applies', message: 'None applies.' }],
    })
    const { model, version, artifact } = target
    const running: AnyEvent = { type: 'rollout.observed', model, version, artifact: { digest: artifact } }
    const position = await record(store, streamName('endpoint', 'production', 'credit'), 'credit', running)

    expect(await sql.transaction(tx => rebuild(store, tx, position, at))).toBe(2)
    expect((await rowsDue(sql, at, 10)).map(({ id, status }) => [id, status])).toEqual([
      ['runs', 'cleared'],
      ['waits', 'waiting'],
    ])
    expect((await rowsReading(sql, ['version-credit@3'], 10)).map(({ id }) => id).toSorted()).toEqual(['runs', 'waits'])
    expect(await placesInViolation(sql, ['credit'])).toEqual([{ environment: 'production', endpoint: 'credit' }])
    expect((await progressOf(sql))?.position).toBe(position)
  })
})

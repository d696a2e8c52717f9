import { streamName, type AlertRaised } from '@muster/contracts'
import { memoryEventStore } from '@muster/event-store'
import { migrate, openSql, type Database } from '@muster/projections'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { freshDatabase } from '../../../../infra/test/database.ts'
import { digestOf } from '../../../../infra/test/deployments.ts'
import { record } from '../../../../infra/test/log.ts'
import { rebuildIfLost } from './rebuild.ts'
import { openAlertsOf } from './rows.ts'
import { migrations } from './tables.ts'

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const raised = (kind: AlertRaised['kind'], subject: string, policy?: AlertRaised['policy']): AlertRaised => ({
  type: 'alert.raised',
  kind,
  subject,
  cause: '00000000-0000-4000-8000-000000000001',
  severity: 'high',
  title: subject,
  ...(policy !== undefined && { policy }),
  values: {},
  datasets: [],
  remediation: { steps: [] },
  links: [],
})
const resolved = { type: 'alert.resolved', because: 'It is over.', cause: '00000000-0000-4000-8000-000000000002' } as const

describe('The table of open alerts', () => {
  const store = memoryEventStore({ now: () => new Date().toISOString() })
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let sql: Database

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    sql = await openSql(database.url, { logger: quiet })
    await migrate(sql, 'alerts', migrations)
    const accuracy = { id: 'accuracy', version: 1, digest: digestOf('accuracy'), rule: 'holds' }
    await record(store, streamName('alert', 'over'), 'credit', raised('parked', 'a'), resolved)
    await record(store, streamName('alert', 'again'), 'credit', raised('parked', 'b'), resolved, raised('parked', 'b'))
    await record(store, streamName('alert', 'warned'), 'credit', raised('rule-warned', 'c', accuracy))
  })
  afterAll(async () => {
    await sql.close()
    await database.drop()
  })
  const stand = (position: number) =>
    sql.query(
      `INSERT INTO muster.cursors (name, cursor, position, updated_at) VALUES ('alerts', $1::text, $1::bigint, now())
       ON CONFLICT (name) DO UPDATE SET position = excluded.position`,
      [position],
    )

  it('is not built before its subscription has moved: that will fill it', async () => {
    expect(await rebuildIfLost(store, sql)).toBeUndefined()
    await stand(0)
    expect(await rebuildIfLost(store, sql)).toBeUndefined()
  })

  it('is built again from the log when it was lost: what stands open, by what ends it', async () => {
    await stand(7)
    expect(await rebuildIfLost(store, sql)).toBe(2)
    expect((await openAlertsOf(sql, ['a', 'b', 'c'])).toSorted((one, other) => (one.id < other.id ? -1 : 1))).toEqual([
      { id: 'again', kind: 'parked', subject: 'b' },
      { id: 'warned', kind: 'rule-warned', subject: 'c', rule: 'accuracy/holds' },
    ])
  })

  it('is left alone where it stands', async () => expect(await rebuildIfLost(store, sql)).toBeUndefined())
})

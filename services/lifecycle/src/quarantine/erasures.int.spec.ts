import { createHash } from 'node:crypto'
import { streamName } from '@muster/contracts'
import type { EventStore } from '@muster/event-store'
import { createHost, EVENT_STORE, SQL, type CreatedHost } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { freshDatabase } from '../../../../infra/test/database.ts'
import { eventually } from '../../../../infra/test/eventually.ts'
import { record } from '../../../../infra/test/log.ts'
import { LifecycleModule } from '../lifecycle.module.ts'
import { findKept, keep, type Quarantined } from './kept.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let host: CreatedHost

beforeAll(async () => {
  database = await freshDatabase(inject('databaseUrl'))
  host = await createHost([LifecycleModule], { databaseUrl: database.url })
})
afterAll(async () => {
  await host.stop()
  await database.drop()
})

function quarantined(data: object, offset: string): Quarantined {
  const value = Buffer.from(JSON.stringify(data))
  return {
    sha256: createHash('sha256').update(value).digest('hex'),
    message: {
      topic: 'muster.lifecycle',
      partition: 0,
      offset,
      key: 'credit',
      value,
      headers: {},
      rawHeaders: {},
      timestamp: '2026-03-01T12:00:00.000Z',
    },
    refusal: { code: 'unknown-type', message: 'nobody knows this type' },
    claimed: {},
  }
}

it('A message in quarantine loses its bytes when whoever wrote in it is erased, and no other message does', async () => {
  const sql = host.app.get<Sql>(SQL)
  const hers = quarantined({ reason: { personal: 'My sister was refused.', of: 'a.na' } }, '1')
  const his = quarantined({ reason: { personal: 'Read.', of: 'axna' } }, '2')
  const plain = quarantined({ trainedBy: ['a.na'] }, '3')
  await keep(sql, [hers, his, plain], '2026-03-01T12:00:00.000Z')
  await record(host.app.get<EventStore>(EVENT_STORE), streamName('person', 'a.na'), 'a.na', {
    type: 'person.erased',
    person: 'a.na',
    keys: [],
  })
  const bytesOf = async ({ sha256 }: Quarantined) => (await findKept(sql, sha256))?.value?.length
  await eventually(async () => ((await bytesOf(hers)) === 0 ? true : undefined), 'the erasure of a message in quarantine')
  expect((await findKept(sql, hers.sha256))?.entry).toMatchObject({ code: 'unknown-type', size: 0 })
  expect(await bytesOf(his)).toBe(his.message.value?.length)
  expect(await bytesOf(plain)).toBe(plain.message.value?.length)
})

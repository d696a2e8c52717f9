import { once } from 'node:events'
import { streamName } from '@muster/contracts'
import type { EventStore } from '@muster/event-store'
import { createHost, EVENT_STORE, SQL, type CreatedHost } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { WebSocket } from 'ws'
import { askerOf, identityOf } from '../../../infra/test/callers.ts'
import { freshDatabase } from '../../../infra/test/database.ts'
import { checked, ruleCheck } from '../../../infra/test/deployments.ts'
import { record } from '../../../infra/test/log.ts'
import { ComplianceModule } from './compliance.module.ts'

/* The record as others read it, on a real PostgreSQL: by HTTP, as a stream, and by SQL. */

describe('The record', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let host: CreatedHost
  let store: EventStore
  let door: ReturnType<typeof askerOf>

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    host = await createHost([ComplianceModule], { databaseUrl: database.url, identity: identityOf({ omar: ['operator'] }) })
    store = host.app.get<EventStore>(EVENT_STORE)
    door = askerOf(host.url)
  })
  afterAll(async () => {
    await host.stop()
    await database.drop()
  })

  it('tells what a rule says only where the rule does not pass', async () => {
    await record(store, streamName('deployment', 'passes'), 'credit', checked(ruleCheck()))
    await record(store, streamName('deployment', 'fails'), 'credit', checked(ruleCheck({ outcome: 'fail' })))
    const told = () =>
      host.app.get<Sql>(SQL).query('SELECT deployment_id, outcome, message FROM compliance.check_results ORDER BY position', [])
    await expect.poll(told, { timeout: 20_000 }).toEqual([
      { deployment_id: 'passes', outcome: 'pass', message: null },
      { deployment_id: 'fails', outcome: 'fail', message: 'It does not separate well enough.' },
    ])
  })

  it('refuses a cursor that is none, and takes the one that it gave', async () => {
    for (const cursor of ['x', '7', Buffer.from('7').toString('base64url')])
      expect(await door.get('omar', `/v1/parked?cursor=${cursor}`), cursor).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/cursor' }] },
      })
    await host.app.get<Sql>(SQL).query(
      `INSERT INTO muster.parked (subscription, key, position, stream, event_id, type, correlation, since)
         SELECT 'deployments', key, position, 'model-' || key, gen_random_uuid(), 'x', 'x', now() FROM (VALUES ('a', 1), ('b', 2)) AS it (key, position)`,
      [],
    )
    const first = (await door.get('omar', '/v1/parked?limit=1')).body
    const second = (await door.get('omar', `/v1/parked?limit=1&cursor=${first.next}`)).body
    expect([first, second].map(({ items }) => items[0].key)).toEqual(['b', 'a'])
    expect(second.next).toBeUndefined()
  })

  it('is read from a time on, up to another, by type and by who did it', async () => {
    const owner = (of: string) => ({ type: 'model.owner-assigned', owner: of }) as const
    const before = await record(store, streamName('model', 'timed'), 'timed', owner('group:a'))
    const [event] = (await door.get('omar', `/v1/log?from=${before - 1}&limit=1`)).body.items
    const after = await record(store, streamName('model', 'timed'), 'timed', owner('group:b'))
    const positions = async (query: string) =>
      (await door.get('omar', `/v1/log?model=timed&${query}`)).body.items.map(({ position }: { position: number }) => position)
    expect(await positions(`type=model.*&since=${event.recordedtime}`)).toEqual([before, after])
    expect(await positions(`until=${before}`)).toEqual([before])
    expect(await positions(`until=${event.recordedtime}`)).toEqual([])
    expect(await positions('actor=nobody')).toEqual([])
    expect((await door.get('omar', '/v1/log/position')).body).toEqual({ position: after })
    expect((await door.get('omar', `/v1/log/position?at=${event.recordedtime}`)).body).toEqual({ position: before - 1 })
    for (const wrong of ['type=deployment.cleard', 'category=people', 'stream=x', 'until=yesterday'])
      expect(await door.get('omar', `/v1/log?${wrong}`), wrong).toMatchObject({ status: 400, body: { errors: [{}] } })
  })

  describe('with long events in it', () => {
    const long = checked(ruleCheck({ outcome: 'fail', message: 'x'.repeat(200_000) }))
    const many = 60

    beforeAll(async () => {
      for (let at = 0; at < many; at += 1) await record(store, streamName('deployment', 'long'), 'long', long)
    })

    it('is answered in pieces of some 8 MiB, of which none is missing', async () => {
      const pieces: number[] = []
      for (let from = '0'; ;) {
        const { items, next } = (await door.get('omar', `/v1/log?model=long&limit=1000&from=${from}`)).body
        pieces.push(items.length)
        expect(JSON.stringify(items).length).toBeLessThan(9 * 1024 * 1024)
        if (next === undefined) break
        from = next
      }
      expect(pieces.length).toBe(2)
      expect(pieces.reduce((sum, length) => sum + length, 0)).toBe(many)
    })

    it('is streamed to the end', async () => {
      const socket = new WebSocket(`${host.url.replace('http', 'ws')}/v1/stream?after=0&model=long`, {
        headers: { authorization: 'Bearer token-of-omar' },
      })
      let seen = 0
      socket.on('message', () => void (seen += 1))
      await expect.poll(() => seen, { timeout: 20_000 }).toBe(many)
      socket.close()
      await once(socket, 'close')
    })
  })
})

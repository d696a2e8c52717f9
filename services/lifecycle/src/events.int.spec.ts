import { freshDatabase } from '../../../infra/test/database.ts'
import { createHost, type CreatedHost } from '@muster/nest-host'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { LifecycleModule } from './lifecycle.module.ts'

const type = 'dev.muster.model.registered.v1'
const event = (id: string, subject: string, more: object = {}) => ({
  specversion: '1.0',
  id,
  source: '/registry',
  type,
  subject,
  time: '2026-03-01T12:00:00Z',
  data: { modelType: 'classification' },
  ...more,
})

describe('Events by HTTP', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let host: CreatedHost

  beforeAll(async () => {
    database = await freshDatabase(inject('databaseUrl'))
    host = await createHost([LifecycleModule], { databaseUrl: database.url, settings: { MUSTER_LOG_LEVEL: 'error' } })
  })
  afterAll(async () => {
    await host?.stop()
    await database.drop()
  })

  const publish = async (body: unknown, contentType = 'application/json', as = 'ci', headers: Record<string, string> = {}) => {
    const response = await fetch(`${host.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${host.tokens[as]}`, 'content-type': contentType, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    // Whatever it is, it is shown when an expectation fails.
    const answer: any = await response.json()
    return { status: response.status, position: Number(response.headers.get('muster-position')), answer }
  }

  it('are recorded, and unchanged the second time', async () => {
    const first = await publish(event('a', 'fraud'))
    expect(first).toMatchObject({ status: 202, answer: { id: 'a', source: '/registry', outcome: 'recorded' } })
    expect(first.position).toBeGreaterThan(0)
    expect(await publish(event('a', 'fraud'))).toMatchObject({ status: 200, position: first.position, answer: { outcome: 'unchanged' } })
  })
})

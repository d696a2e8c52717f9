import type { Context } from '@muster/contracts'
import { describe, expect, it } from 'vitest'
import { toCloudEventMessage } from './cloudevent.ts'

const context: Context = {
  id: '8c9a0d5e-0000-4000-8000-000000000001',
  source: '/muster/deployments',
  type: 'dev.muster.deployment.cleared.v1',
  subject: 'd1',
  partitionkey: 'crédit',
  time: '2026-11-25T12:00:00.000Z',
  correlationid: 'c1',
  causationid: undefined,
}

describe('A CloudEvent on a topic', () => {
  it('has its attributes as headers, its data as the value and its model as the key', () =>
    expect(toCloudEventMessage(context, '{"a":"é"}')).toEqual({
      key: 'crédit',
      value: new TextEncoder().encode('{"a":"é"}'),
      headers: {
        'content-type': 'application/json',
        ce_specversion: '1.0',
        ce_id: context.id,
        ce_source: '/muster/deployments',
        ce_type: 'dev.muster.deployment.cleared.v1',
        ce_subject: 'd1',
        ce_partitionkey: 'crédit',
        ce_time: '2026-11-25T12:00:00.000Z',
        ce_correlationid: 'c1',
      },
    }))

  it('says where it stands in the log, and when it was recorded', () =>
    expect(toCloudEventMessage(context, '{}', { position: 17, recordedtime: '2026-11-25T12:00:01.000Z' }).headers).toMatchObject({
      ce_position: '17',
      ce_recordedtime: '2026-11-25T12:00:01.000Z',
    }))
})

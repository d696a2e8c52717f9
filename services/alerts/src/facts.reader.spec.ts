import { randomUUID } from 'node:crypto'
import { streamName, type AnyEvent, type StreamName } from '@muster/contracts'
import { decode, memoryEventStore } from '@muster/event-store'
import { reactForAlerts } from '@muster/domain'
import { beforeEach, describe, expect, it } from 'vitest'
import { checked, digestOf, ruleCheck, target } from '../../../infra/test/deployments.ts'
import { record } from '../../../infra/test/log.ts'
import { FactsReader, type Watched } from './facts.reader.ts'

const version = streamName('version', target.model, target.version)
const running = { model: target.model, version: target.version, artifact: digestOf('what runs') }
const found: AnyEvent = {
  type: 'violation.found',
  kind: 'no-clearance',
  running,
  observed: '00000000-0000-4000-8000-000000000002',
  message: 'It runs.',
}
const blocked: AnyEvent = {
  type: 'deployment.blocked',
  target,
  materialDigest: digestOf('material'),
  reasons: [{ code: 'rule-failed', message: 'It does not separate.', policy: 'accuracy', version: 1, rule: 'holds' }],
}

describe('What an alert tells beside its cause', () => {
  const warnings: string[] = []
  const logger = { debug() {}, info() {}, error() {}, warn: (_: object, message: string) => void warnings.push(message) }
  let store: ReturnType<typeof memoryEventStore>
  let reader: FactsReader

  beforeEach(async () => {
    warnings.length = 0
    store = memoryEventStore({ now: () => new Date().toISOString() })
    reader = new FactsReader(store, logger)
    await record(store, version, 'credit', {
      type: 'version.trained',
      trainedBy: ['tom'],
      endedAt: '2026-10-30T00:00:00.000Z',
      datasets: [{ name: 'applications', role: 'training' }],
    })
  })

  /** As a newer release would. */
  const recordUnknown = async (stream: StreamName, type: string) => {
    const last = (await store.read([stream])).at(-1)
    if (last === undefined) throw new Error(`${stream} is empty`)
    await store.append([{ stream, expected: last.revision, events: [{ id: randomUUID(), type, data: '{}', context: last.context }] }])
  }
  const alertsOf = async (stream: StreamName, ...events: readonly [AnyEvent, ...AnyEvent[]]) => {
    await record(store, stream, 'credit', ...events)
    const [last] = (await store.read([stream])).slice(-1).map(decode) as Watched[]
    if (last === undefined) throw new Error('nothing was recorded')
    const factsOf = await reader.of([last])
    return reactForAlerts(last, factsOf(last)).map(action => (action.kind === 'raise' ? action.alert : action))
  }

  it('is the data sets of the version', async () =>
    expect(await alertsOf(streamName('violation', 'production', 'credit'), found)).toMatchObject([{ datasets: ['applications'] }]))

  it('is left out where a newer release wrote what cannot be read, and the alert is raised all the same', async () => {
    await recordUnknown(version, 'version.renamed.v9')
    expect(await alertsOf(streamName('violation', 'production', 'credit'), found)).toMatchObject([
      { kind: 'violation-found', severity: 'critical', datasets: [] },
    ])
    expect(warnings).toEqual([expect.stringContaining('without its data sets')])
  })

  it('is the check that can be read, beside what cannot', async () => {
    const stream = streamName('deployment', 'd1')
    await record(store, stream, 'credit', checked(ruleCheck({ outcome: 'fail' }), { verdict: 'blocked' }))
    await recordUnknown(stream, 'deployment.pondered.v9')
    expect(await alertsOf(stream, blocked)).toMatchObject([{ kind: 'deployment-blocked', policy: { id: 'accuracy', rule: 'holds' } }])
  })
})

import { streamName, type AnyEvent } from '@muster/contracts'
import { decode, memoryEventStore, type EventStore } from '@muster/event-store'
import { beforeEach, describe, expect, it } from 'vitest'
import { record } from '../../../infra/test/log.ts'
import { EvidenceReader } from './evidence.reader.ts'

const digest = `sha256:${'a'.repeat(64)}`
const intent = streamName('intent', 'd1')
const version = streamName('version', 'credit', '3')
const declared: AnyEvent = {
  type: 'intent.declared',
  model: 'credit',
  version: '3',
  environment: 'production',
  endpoint: 'desk',
  requestedBy: 'rita',
}
const documented = (kind: 'model-card' | 'test-report'): AnyEvent => ({ type: 'version.documented', kind, uri: kind, digest })

describe('The reader of evidence', () => {
  let store: EventStore
  let reads = 0
  const counting = (): EventStore => ({
    ...store,
    read: (...args) => {
      reads += 1
      return store.read(...args)
    },
  })
  const happen = (stream: typeof intent, ...events: [AnyEvent, ...AnyEvent[]]) => record(store, stream, 'credit', ...events)
  const newest = async (stream: typeof intent) => (await store.read([stream])).slice(-1).map(decode)

  beforeEach(() => {
    store = memoryEventStore({ now: () => new Date().toISOString() })
    reads = 0
  })

  it('knows nothing of an intent that was not declared', async () => {
    expect(await new EvidenceReader(store).evidenceOf(['d1'], 0)).toEqual(new Map())
  })

  it('sees what was recorded up to the position and nothing behind it', async () => {
    await happen(intent, declared)
    const position = await happen(version, documented('model-card'))
    await happen(version, documented('test-report'))
    const evidence = await new EvidenceReader(store).evidenceOf(['d1'], position)
    expect([...(evidence.get('d1')?.version.documents.keys() ?? [])]).toEqual(['model-card'])
  })

  it('reads a stream once and goes on with the events that go by', async () => {
    const position = await happen(intent, declared)
    const reader = new EvidenceReader(counting())
    await reader.evidenceOf(['d1'], position)
    const before = reads
    const next = await happen(version, documented('model-card'))
    reader.observe(await newest(version))
    const evidence = await reader.evidenceOf(['d1'], next)
    expect(evidence.get('d1')?.version.documents.size).toBe(1)
    expect(reads).toBe(before)
  })

  it('knows an intent that is declared before its eyes, and reads only what stands around it', async () => {
    const position = await happen(intent, declared)
    const reader = new EvidenceReader(counting())
    reader.observe(await newest(intent), position - 1)
    expect((await reader.evidenceOf(['d1'], position)).get('d1')?.intent.endpoint).toBe('desk')
    expect(reads).toBe(1)
  })

  it('takes an older declaration that comes again for no more than that it was declared', async () => {
    const first = await happen(intent, declared)
    const position = await happen(intent, { type: 'intent.withdrawn', because: 'It is not needed.' })
    const reader = new EvidenceReader(store)
    reader.observe((await store.read([intent], { through: first })).map(decode), position)
    expect((await reader.evidenceOf(['d1'], position)).get('d1')?.withdrawn).toBe(true)
  })

  it('takes an event that goes by twice as one', async () => {
    const position = await happen(intent, declared)
    const reader = new EvidenceReader(store)
    await reader.evidenceOf(['d1'], position)
    const next = await happen(version, { type: 'version.evaluated', dataset: { name: 'holdout' } })
    const events = await newest(version)
    reader.observe(events)
    reader.observe(events)
    expect((await reader.evidenceOf(['d1'], next)).get('d1')?.version.evaluationCount).toBe(1)
  })

  it('reads again behind a gap, and never guesses over it', async () => {
    const position = await happen(intent, declared)
    const reader = new EvidenceReader(store)
    await reader.evidenceOf(['d1'], position)
    await happen(version, documented('model-card'))
    const next = await happen(version, documented('test-report'))
    reader.observe(await newest(version))
    expect((await reader.evidenceOf(['d1'], next)).get('d1')?.version.documents.size).toBe(2)
  })
})

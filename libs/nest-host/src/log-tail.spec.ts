import { incomingEventId, memoryEventStore, type EventStore } from '@muster/event-store'
import { streamName, type Context } from '@muster/contracts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeLogTail, type RunningTail } from './log-tail.ts'

/** What comes by itself is waited for, on a slow machine too. */
function eventually<T>(look: () => T) {
  return expect.poll(look, { timeout: 20_000 })
}

describe('The tail of the log', () => {
  let store: EventStore
  let tail: RunningTail
  let running: Promise<void>
  let stop = new AbortController()

  beforeEach(async () => {
    stop = new AbortController()
    store = memoryEventStore({ now: () => '2026-01-01T00:00:00.000Z' })
    tail = makeLogTail(store)
    await tail.begin()
    running = tail.run(stop.signal)
  })
  afterEach(async () => {
    stop.abort()
    await running
  })

  const record = async (name: string): Promise<number> => {
    const id = incomingEventId('test', name)
    const context: Context = {
      id,
      source: 'test',
      type: 'dev.muster.model.retired.v1',
      subject: name,
      partitionkey: name,
      time: '2026-01-01T00:00:00.000Z',
      correlationid: id,
    }
    const [result] = await store.append([
      { stream: streamName('model', name), expected: 'no-stream', events: [{ id, type: 'model.retired.v1', data: '{}', context }] },
    ])
    return result?.kind === 'written' ? result.position : -1
  }
  const subject = (wanted: string) => (event: { context: Context }) =>
    event.context.subject === wanted ? event.context.subject : undefined

  it('finds what is recorded while one waits', async () => {
    const after = await record('before')
    const waiting = tail.waitFor(subject('a'), { after, timeoutMs: 5_000 })
    await record('a')
    await expect(waiting).resolves.toBe('a')
  })

  it('finds what was recorded before one began to wait', async () => {
    const after = await record('before')
    await record('a')
    await record('b')
    await expect(tail.waitFor(subject('a'), { after, timeoutMs: 5_000 })).resolves.toBe('a')
  })

  it('does not find what stands at or before the position', async () => {
    const after = await record('a')
    await expect(tail.waitFor(subject('a'), { after, timeoutMs: 20 })).resolves.toBeUndefined()
  })

  it('gives up when the time is up, when the caller goes, and when the process ends', async () => {
    await expect(tail.waitFor(subject('never'), { after: 0, timeoutMs: 5 })).resolves.toBeUndefined()
    const gone = new AbortController()
    const waiting = tail.waitFor(subject('never'), { after: 0, timeoutMs: 60_000, signal: gone.signal })
    gone.abort()
    await expect(waiting).resolves.toBeUndefined()
    const last = tail.waitFor(subject('never'), { after: 0, timeoutMs: 60_000 })
    tail.release()
    await expect(last).resolves.toBeUndefined()
  })

  it('tells listeners every batch in order, until they have enough', async () => {
    await record('before')
    const heard: string[] = []
    const end = tail.listen(batch => heard.push(...batch.map(event => event.context.subject)))
    await record('a')
    const b = await record('b')
    await eventually(() => tail.position()).toBe(b)
    end()
    const c = await record('c')
    await eventually(() => tail.position()).toBe(c)
    expect(heard.filter(name => name !== 'before')).toEqual(['a', 'b'])
  })
})

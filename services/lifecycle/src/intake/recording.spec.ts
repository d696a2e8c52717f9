import { streamName } from '@muster/contracts'
import { memoryEventStore, type EventStore } from '@muster/event-store'
import { describe, expect, it } from 'vitest'
import { incomingOf, type Incoming } from './incoming.ts'
import { recordAll } from './recording.ts'

const at = '2026-03-01T12:00:00.000Z'
const digest = (digit: string) => `sha256:${digit.repeat(64)}`
const sent = (id: string, type: string, subject: string, data: unknown): Incoming => {
  const result = incomingOf({ attributes: { specversion: '1.0', id, source: '/s', type: `dev.muster.${type}.v1`, subject }, data }, at)
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}
const model = (id: string, subject = 'fraud', data: unknown = {}) => sent(id, 'model.registered', subject, data)
const version = (id: string, digit: string) => sent(id, 'version.registered', 'fraud@7', { artifact: { digest: digest(digit) } })
const newStore = () => memoryEventStore({ now: () => at })
const kinds = async (store: EventStore, ...items: Incoming[]) => (await recordAll(store, items)).map(({ kind }) => kind)
const whole = (store: EventStore, ...items: Incoming[]) => recordAll(store, items, { whole: true })
/** The store, and what was asked of it. */
const counted = (store: EventStore) => {
  const calls: string[] = []
  const counting: EventStore = {
    ...store,
    read: (...args) => (calls.push('read'), store.read(...args)),
    append: writes => (calls.push('append'), store.append(writes)),
  }
  return { counting, calls }
}

describe('What comes in', () => {
  it('costs one look and one append, and lies in its order in each stream', async () => {
    const store = newStore()
    const { counting, calls } = counted(store)
    expect(await kinds(counting, model('a'), version('b', '1'), model('c'), model('d', 'churn'))).toEqual(Array(4).fill('recorded'))
    expect(calls).toEqual(['append', 'append'])
    expect((await store.read([streamName('model', 'fraud')])).map(({ context }) => context.id)).toEqual(['a', 'c'])
  })

  it('costs no more where its stream is long, new or not', async () => {
    const store = newStore()
    await recordAll(store, [model('a'), model('b'), version('c', '1')])
    const { counting, calls } = counted(store)
    const evaluated = sent('d', 'version.evaluated', 'fraud@7', { dataset: { name: 'applications' } })
    expect(await kinds(counting, model('e'), model('a'), evaluated, model('f'))).toEqual(['recorded', 'repeated', 'recorded', 'recorded'])
    expect(calls).toEqual(['append', 'append'])
    calls.length = 0
    expect(await kinds(counting, model('b'), version('c', '1'))).toEqual(['repeated', 'repeated'])
    expect(calls).toEqual(['append'])
  })

  it('is recorded once, however often it comes, alone or with others', async () => {
    const store = newStore()
    expect(await kinds(store, model('a'), model('a'))).toEqual(['recorded', 'repeated'])
    expect(await kinds(store, model('a'), model('b'), model('a'))).toEqual(['repeated', 'recorded', 'repeated'])
    expect(await recordAll(store, [model('b')])).toEqual([{ kind: 'repeated', position: 2 }])
    expect(await store.head()).toBe(2)
  })

  it('is recorded once when two bring it at the same time, with different company', async () => {
    const store = newStore()
    const batches = [[model('a'), model('b'), model('c')], [model('b'), model('c'), model('d')], [model('c')], [model('a'), model('d')]]
    const verdicts = await Promise.all(batches.map(batch => recordAll(store, batch)))
    expect(verdicts.flat().filter(({ kind }) => kind === 'recorded')).toHaveLength(4)
    expect(verdicts.flat().filter(({ kind }) => kind === 'repeated')).toHaveLength(5)
    expect(await store.head()).toBe(4)
  })

  it('is refused under an id that stands for something else, beside others that are recorded', async () => {
    const store = newStore()
    await recordAll(store, [model('a')])
    const [other, elsewhere, good] = await recordAll(store, [
      model('a', 'fraud', { intendedUse: 'x' }),
      model('a', 'churn'),
      model('b', 'churn'),
    ])
    expect(other).toMatchObject({ kind: 'refused', refusal: { code: 'id-reused' } })
    expect(elsewhere).toMatchObject({ kind: 'refused', refusal: { code: 'id-reused' } })
    expect(good).toMatchObject({ kind: 'recorded' })
    expect(await kinds(store, model('z'), model('z', 'churn'))).toEqual(['recorded', 'refused'])
  })

  it('is refused when it brings another artifact for a version that has one', async () => {
    const store = newStore()
    const verdicts = await recordAll(store, [version('a', '1'), version('b', '2'), version('c', '1')])
    expect(verdicts.map(({ kind }) => kind)).toEqual(['recorded', 'refused', 'recorded'])
    expect(verdicts[1]).toMatchObject({ refusal: { code: 'conflicting-digest', path: '/data/artifact/digest' } })
  })

  it('is recorded behind what a newer release wrote, which is known again too', async () => {
    const store = newStore()
    await recordAll(store, [model('a')])
    const [before] = await store.read([streamName('model', 'fraud')])
    if (before === undefined) throw new Error('nothing was recorded')
    const { stream, context } = before
    const newer = { id: '00000000-0000-4000-8000-000000000001', type: 'model.renamed.v1', data: '{}', context }
    await store.append([{ stream, expected: 0, events: [newer] }])
    expect(await kinds(store, model('b'), model('a'))).toEqual(['recorded', 'repeated'])
  })

  it('is held to the artifact that a newer release registered, in words that this one cannot read', async () => {
    const store = newStore()
    const { recorded, stream } = version('a', '1')
    const data = JSON.stringify({ artifact: { digest: digest('1') }, mood: 'new' })
    await store.append([{ stream, expected: 'no-stream', events: [{ ...recorded, type: 'version.registered.v9', data }] }])
    expect(await kinds(store, version('b', '2'), version('c', '1'))).toEqual(['refused', 'recorded'])
  })

  it('is held to the artifact of its version, which is read once', async () => {
    const store = newStore()
    const { counting, calls } = counted(store)
    const registered = async (...items: Incoming[]) => {
      calls.length = 0
      const found = await kinds(counting, ...items)
      return [...found, ...calls]
    }
    expect(await registered(version('a', '1'))).toEqual(['recorded', 'append', 'append'])
    expect(await registered(version('b', '1'))).toEqual(['recorded', 'append', 'read', 'append'])
    expect(await registered(version('c', '1'))).toEqual(['recorded', 'append', 'append'])
    expect(await registered(version('d', '2'))).toEqual(['refused', 'append'])
    // Another process, which has read nothing yet.
    expect(await kinds({ ...store }, version('e', '2'), version('f', '1'))).toEqual(['refused', 'recorded'])
  })

  it('is held to the artifact that another process registers between its look and its append', async () => {
    const store = newStore()
    await recordAll(store, [sent('d', 'version.evaluated', 'fraud@7', { dataset: { name: 'applications' } })])
    let meanwhile = [version('a', '1')]
    const overtaken: EventStore = {
      ...store,
      read: async (...args) => {
        const found = await store.read(...args)
        const [first] = meanwhile
        meanwhile = []
        if (first !== undefined) await recordAll(store, [first])
        return found
      },
    }
    expect(await kinds(overtaken, version('b', '2'))).toEqual(['refused'])
    expect(await store.head()).toBe(2)
  })

  it('is a repeat, and not a mistake, where another artifact was registered meanwhile', async () => {
    const store = newStore()
    const [one, other] = [version('a', '1'), version('b', '2')]
    await store.append([{ stream: one.stream, expected: 'no-stream', events: [one.recorded, other.recorded] }])
    expect(await kinds(store, one, version('c', '1'))).toEqual(['repeated', 'refused'])
  })

  it('is refused under an id that came twice, for whoever came second', async () => {
    const items = [model('x', 'churn'), model('z', 'fraud'), model('z', 'churn'), model('x', 'churn')]
    expect(await kinds(newStore(), ...items)).toEqual(['recorded', 'recorded', 'refused', 'repeated'])
  })

  it('lies with the model of the declaration when it withdraws an intent', async () => {
    const store = newStore()
    const place = { model: 'fraud', version: '7', environment: 'production', endpoint: 'cards', requestedBy: 'rita' }
    await recordAll(store, [sent('a', 'intent.declared', 'i1', place), sent('b', 'intent.withdrawn', 'i1', {})])
    await recordAll(store, [sent('c', 'intent.withdrawn', 'i1', {})])
    const events = await store.read([streamName('intent', 'i1')])
    expect(events.map(({ context }) => context.partitionkey)).toEqual(['fraud', 'fraud', 'fraud'])
  })
})

describe('What must be taken whole', () => {
  it('is recorded when nothing stands against it', async () =>
    expect((await whole(newStore(), model('a'), version('b', '1'))).map(({ kind }) => kind)).toEqual(['recorded', 'recorded']))

  it('is withheld for one that is refused, and what was there already is a repeat', async () => {
    const store = newStore()
    await recordAll(store, [model('a'), version('b', '1')])
    const verdicts = await whole(store, model('a'), version('c', '2'), model('d'))
    expect(verdicts.map(({ kind }) => kind)).toEqual(['repeated', 'refused', 'withheld'])
    expect(await store.head()).toBe(2)
  })

  it('is withheld for an id that stands for something in another stream', async () => {
    const store = newStore()
    await recordAll(store, [model('a')])
    const verdicts = await whole(store, model('b', 'churn'), model('a', 'churn'), version('c', '1'))
    expect(verdicts.map(({ kind }) => kind)).toEqual(['withheld', 'refused', 'withheld'])
    expect(await store.head()).toBe(1)
  })

  it('is withheld with what repeats it', async () =>
    expect((await whole(newStore(), model('a'), model('a'), model('a', 'churn'))).map(({ kind }) => kind)).toEqual([
      'withheld',
      'withheld',
      'refused',
    ]))

  it('is withheld for something that could not even be read', async () => {
    const store = newStore()
    expect(await recordAll(store, [model('a')], { whole: true, spoiled: true })).toEqual([{ kind: 'withheld' }])
    expect(await store.head()).toBe(0)
  })
})

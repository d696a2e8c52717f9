import { parkingReleased, storedType, streamName, type ParkingEvent } from '@muster/contracts'
import { deny, record, reject, unchanged, type Decider } from '@muster/kernel'
import { describe, expect, it } from 'vitest'
import { IdReused, TooMuchContention } from './errors.ts'
import type { EventStore } from './event-store.ts'
import { execute, executeAll, type CommandContext, type Order } from './execute.ts'
import { memoryEventStore } from './memory-event-store.ts'
import { decode } from './recorded.ts'

/* A decider small enough to see through: what is entered waits until it is released; releasing nothing is refused, on the record once. */
type Command = { type: 'enter'; position: number } | { type: 'release' } | { type: 'forbid'; position: number } | { type: 'enter-both' }
const event = '00000000-0000-4000-8000-000000000000'
const entered = (position: number): ParkingEvent => ({ type: 'parking.entered', position, event, reason: 'broken' })
const waiting: Decider<Command, ReadonlySet<number>, ParkingEvent, 'nothing-waits' | 'forbidden'> = {
  category: 'parking',
  initial: new Set(),
  evolve: (waits, happened) => (happened.type === 'parking.entered' ? new Set([...waits, happened.position]) : new Set()),
  decide(command, waits) {
    switch (command.type) {
      case 'enter':
        return waits.has(command.position) ? unchanged : record(entered(command.position))
      case 'enter-both':
        return waits.has(1) ? unchanged : record(entered(1), entered(2))
      case 'forbid':
        return waits.has(command.position) ? reject('forbidden') : deny('forbidden', entered(command.position))
      case 'release':
        return waits.size > 0 ? record({ type: 'parking.released', events: waits.size }) : reject('nothing-waits')
    }
  },
}

const context: CommandContext = {
  cause: '11111111-1111-4111-8111-111111111111',
  causedBy: 'event',
  correlation: 'the-first',
  actor: { kind: 'service', id: 'tests' },
  source: '/muster/tests',
  partitionkey: 'fraud',
  at: '2026-03-01T12:00:00.000Z',
}
const stream = streamName('parking', 'sub', 'fraud')
const other = streamName('parking', 'sub', 'churn')
const newStore = (): EventStore => memoryEventStore({ now: () => '2026-03-01T12:00:01.000Z' })
const send = (store: EventStore, command: Command, more: Partial<CommandContext> = {}) =>
  execute(store, waiting, stream, command, { ...context, ...more })
const order = (to: typeof stream, command: Command, cause = context.cause): Order<Command> => ({
  stream: to,
  command,
  context: { ...context, cause },
})

/** Lists within one another: with the event's own object there are as many as the number says. */
function nested(depth: number): unknown {
  let value: unknown = []
  for (let more = 2; more < depth; more += 1) value = [value]
  return value
}

describe('A command', () => {
  it.each([
    [nested(32), undefined],
    [
      nested(33),
      /parking.entered for stream parking-.* cannot be recorded: \/reason(\/0){31}: objects and lists are nested deeper than 32/,
    ],
    [nested(100_000), /nested deeper than 32/],
    [{ 'a/b': [2 ** 53] }, /\/reason\/a~1b\/0: the number is too large/],
    [JSON.parse('{"__proto__":1}'), /the key __proto__ is not taken/],
  ])('records nothing that the ledger would not seal, and says where (case %#)', async (reason, words) => {
    const any: typeof waiting = {
      ...waiting,
      decide: () => record<ParkingEvent>({ type: 'parking.entered', position: 1, event, reason }),
    }
    const done = execute(newStore(), any, stream, { type: 'release' }, context)
    // What can be sealed goes on to the contract of the event, which has its own word on it.
    if (words === undefined) await expect(done).rejects.not.toThrow(/cannot be recorded/)
    else await expect(done).rejects.toThrow(words)
  })

  it('records nothing that is longer than an event may be, and says how long it would be', async () => {
    const store = newStore()
    const talkative: typeof waiting = {
      ...waiting,
      decide: () => record({ type: 'parking.entered', position: 1, event, reason: 'ü'.repeat(140_000) }),
    }
    await expect(execute(store, talkative, stream, { type: 'release' }, context)).rejects.toThrow(
      /parking.entered.v1 for stream parking-.* would have 280\d{3} bytes, and an event has at most 262144/,
    )
    expect(await store.head()).toBe(0)
  })

  it('records what it decides, with who, why, and what it belongs to', async () => {
    const store = newStore()
    expect(await send(store, { type: 'enter', position: 7 })).toMatchObject({ kind: 'recorded', position: 1 })
    const [recorded] = (await store.read([stream])).map(decode)
    expect(recorded).toMatchObject({ revision: 0, type: 'parking.entered.v1', event: entered(7) })
    expect(recorded?.context).toEqual({
      id: recorded?.id,
      source: '/muster/tests',
      type: 'dev.muster.parking.entered.v1',
      subject: 'sub/fraud',
      partitionkey: 'fraud',
      time: context.at,
      correlationid: 'the-first',
      causationid: context.cause,
      authtype: 'service_account',
      authid: 'tests',
    })
  })

  it('names no causing event when a person asked', async () => {
    const store = newStore()
    const { causedBy: _, ...asked } = context
    await execute(store, waiting, stream, { type: 'release' }, { ...asked, actor: { kind: 'person', id: 'ana' } })
    await execute(store, waiting, stream, { type: 'enter', position: 1 }, { ...asked, actor: { kind: 'person', id: 'ana' } })
    const [recorded] = await store.read([stream])
    expect(recorded?.context).not.toHaveProperty('causationid')
    expect(recorded?.context).toMatchObject({ authtype: 'user', authid: 'ana' })
  })

  it('changes nothing the second time, and tells where the first one stands', async () => {
    const store = newStore()
    await send(store, { type: 'enter', position: 7 })
    expect(await send(store, { type: 'enter', position: 7 })).toEqual({ kind: 'unchanged', position: 1 })
    expect(await store.head()).toBe(1)
  })

  it('is refused without a trace, or on the record, as the decider says', async () => {
    const store = newStore()
    expect(await send(store, { type: 'release' })).toEqual({ kind: 'rejected', rejection: 'nothing-waits' })
    expect(await send(store, { type: 'forbid', position: 3 })).toMatchObject({ kind: 'recorded', denied: 'forbidden' })
    expect(await send(store, { type: 'forbid', position: 3 })).toEqual({ kind: 'rejected', rejection: 'forbidden' })
    expect(await store.head()).toBe(1)
  })

  it('shares a cause with another kind of command on the same stream', async () => {
    const store = newStore()
    await send(store, { type: 'enter', position: 7 })
    expect(await send(store, { type: 'release' })).toMatchObject({ kind: 'recorded', position: 2 })
  })

  it('that comes again under one cause with other content is decided once more, then thrown', async () => {
    const store = newStore()
    await send(store, { type: 'enter', position: 7 })
    await expect(send(store, { type: 'enter', position: 8 })).rejects.toThrow(IdReused)
    expect(await store.head()).toBe(1)
  })

  it('is decided again when another was first, so that of twenty at once each counts', async () => {
    const store = newStore()
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, n) => send(store, { type: 'enter', position: n }, { cause: `cause-${n}` })),
    )
    expect(outcomes.every(({ kind }) => kind === 'recorded')).toBe(true)
    expect((await store.read([stream])).map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('that races with its own repeat is recorded once', async () => {
    const store = newStore()
    const outcomes = await Promise.all([send(store, { type: 'enter-both' }), send(store, { type: 'enter-both' })])
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['recorded', 'unchanged'])
    expect(await store.head()).toBe(2)
  })

  it('gives up when others are always first', async () => {
    const store = newStore()
    let n = 0
    const crowded: EventStore = {
      ...store,
      append: async writes => {
        await execute(store, waiting, stream, { type: 'enter', position: (n += 1) }, { ...context, cause: `crowd-${n}` })
        return await store.append(writes)
      },
    }
    await expect(execute(crowded, waiting, stream, { type: 'enter', position: 99 }, context)).rejects.toThrow(TooMuchContention)
    expect(n).toBe(10)
  })

  it('for a stream of another category is a mistake of ours', () =>
    expect(execute(newStore(), waiting, streamName('model', 'fraud'), { type: 'release' }, context)).rejects.toThrow(RangeError))
})

describe('Many commands', () => {
  it('cost one read and one append, and are decided in order within a stream', async () => {
    const store = newStore()
    const calls: string[] = []
    const counting: EventStore = {
      ...store,
      read: (...args) => (calls.push('read'), store.read(...args)),
      append: writes => (calls.push('append'), store.append(writes)),
    }
    const outcomes = await executeAll(counting, waiting, [
      order(stream, { type: 'enter', position: 1 }),
      order(other, { type: 'release' }),
      order(stream, { type: 'enter', position: 2 }),
      order(stream, { type: 'enter', position: 1 }),
      order(other, { type: 'enter', position: 3 }),
      order(stream, { type: 'release' }),
    ])
    expect(calls).toEqual(['read', 'append'])
    expect(outcomes.map(({ kind }) => kind)).toEqual(['recorded', 'rejected', 'recorded', 'unchanged', 'recorded', 'recorded'])
    expect((await store.read([stream])).map(({ type }) => type).at(-1)).toBe(storedType(parkingReleased))
    expect(outcomes[3]).toEqual({ kind: 'unchanged', position: 3 })
  })

  it('of which one stream loses a race are all obeyed', async () => {
    const store = newStore()
    let disturbed = false
    const racing: EventStore = {
      ...store,
      append: async writes => {
        if (!disturbed) {
          disturbed = true
          await send(store, { type: 'enter', position: 50 }, { cause: 'rival' })
        }
        return await store.append(writes)
      },
    }
    const outcomes = await executeAll(racing, waiting, [
      order(stream, { type: 'enter', position: 1 }),
      order(other, { type: 'enter', position: 2 }),
      order(stream, { type: 'release' }),
    ])
    expect(outcomes.map(({ kind }) => kind)).toEqual(['recorded', 'recorded', 'recorded'])
    expect((await store.read([stream])).map(recorded => decode(recorded).event)).toEqual([
      entered(50),
      entered(1),
      { type: 'parking.released', events: 2 },
    ])
  })

  it('of which one stream fails are obeyed on all others before that is thrown', async () => {
    const store = newStore()
    await send(store, { type: 'enter', position: 7 })
    await expect(
      executeAll(store, waiting, [order(stream, { type: 'enter', position: 8 }), order(other, { type: 'enter', position: 9 })]),
    ).rejects.toThrow(IdReused)
    expect(await store.read([other])).toHaveLength(1)
  })
})

import { describe, expect, it } from 'vitest'
import { deny, record, type Decider } from '../decider.ts'
import { door, doorCommands, type Door, type DoorCommand, type DoorEvent, type DoorRejection } from './example.ts'
import { lawsOf, obeysTheLaws } from './laws.ts'

type DoorDecider = Decider<DoorCommand, Door, DoorEvent, DoorRejection>

const stored = (event: DoorEvent): DoorEvent => JSON.parse(JSON.stringify(event)) as DoorEvent
const broken = (change: Partial<DoorDecider>, store = stored): string[] =>
  lawsOf({ ...door, initial: { locked: false, refused: [] }, ...change }, doorCommands, store).flatMap(({ title, hold }) => {
    try {
      hold()
      return []
    } catch {
      return [title]
    }
  })

const total = 'answers every command, whatever happened before'
const idempotent = 'records nothing for a command that it already obeyed'
const deterministic = 'decides the same from the same history, and alters nothing'
const roundTrip = 'records what is the same after it was stored'

describe('A decider that keeps the laws', () => {
  obeysTheLaws(door, doorCommands, stored)
})

describe('The laws catch a decider that', () => {
  it('throws at a command that comes at the wrong time', () => {
    const decide: DoorDecider['decide'] = (command, state) => {
      if (state.locked && command.type === 'lock') throw new Error('already locked')
      return door.decide(command, state)
    }
    expect(broken({ decide })).toContain(total)
  })

  it('records the same twice', () => {
    expect(broken({ decide: ({ by }) => record({ type: 'door.locked', by }) })).toEqual([idempotent])
  })

  it('records the same denial twice', () => {
    const decide: DoorDecider['decide'] = (command, state) =>
      command.by === 'thief' ? deny('no-thief', { type: 'door.refused', by: 'thief' }) : door.decide(command, state)
    expect(broken({ decide })).toEqual([idempotent])
  })

  it('decides by something else than its history', () => {
    let calls = 0
    expect(broken({ decide: (command, state) => door.decide({ ...command, by: `${++calls}` }, state) })).toEqual([deterministic])
  })

  it('alters the state that it is shown', () => {
    const decide: DoorDecider['decide'] = (command, state) => {
      ;(state.refused as string[]).push(command.by)
      return door.decide(command, state)
    }
    expect(broken({ decide })).toContain(deterministic)
  })

  it('alters the state that it goes on from', () => {
    const evolve: DoorDecider['evolve'] = (state, event) => Object.assign(state, door.evolve(state, event))
    expect(broken({ evolve })).toContain(deterministic)
  })

  it('records what its store does not keep', () => {
    expect(broken({}, ({ type }) => ({ type, by: '' }))).toEqual([roundTrip])
  })
})

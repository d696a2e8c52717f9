import { constantFrom, record as recordOf } from 'fast-check'
import { deny, record, reject, unchanged, type Decider } from '../decider.ts'

/* A decider to try the tools on: a door that is locked and unlocked, by everybody but one. */

export type DoorCommand = { type: 'lock' | 'unlock'; by: string }
export type DoorEvent = { type: 'door.locked' | 'door.unlocked'; by: string } | { type: 'door.refused'; by: string }
export type DoorRejection = 'no-thief'
export interface Door {
  readonly locked: boolean
  readonly refused: readonly string[]
}

export const door: Decider<DoorCommand, Door, DoorEvent, DoorRejection> = {
  category: 'door',
  initial: { locked: false, refused: [] },
  decide({ type, by }, { locked, refused }) {
    if (by === 'thief') return refused.includes(by) ? reject('no-thief') : deny('no-thief', { type: 'door.refused', by })
    if (locked === (type === 'lock')) return unchanged
    return record({ type: type === 'lock' ? 'door.locked' : 'door.unlocked', by })
  },
  evolve(state, event) {
    switch (event.type) {
      case 'door.locked':
        return { ...state, locked: true }
      case 'door.unlocked':
        return { ...state, locked: false }
      case 'door.refused':
        return { ...state, refused: [...state.refused, event.by] }
    }
  },
}

export const doorCommands = recordOf({ type: constantFrom('lock' as const, 'unlock' as const), by: constantFrom('ana', 'ben', 'thief') })

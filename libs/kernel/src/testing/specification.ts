import { expect } from 'vitest'
import { fold, type Decider } from '../decider.ts'

/** Given what happened, when a command comes, then this is recorded, refused, or nothing. */
export const specify = <Command, State, Event, Rejection>(decider: Decider<Command, State, Event, Rejection>) => ({
  given: (...events: Event[]) => ({
    when(command: Command) {
      const decision = decider.decide(command, fold(decider, events))
      return {
        then: (...expected: Event[]) => expect(decision).toEqual({ kind: 'recorded', events: expected }),
        thenDenied: (denied: Rejection, ...expected: Event[]) => expect(decision).toEqual({ kind: 'recorded', events: expected, denied }),
        thenRejected: (rejection: Rejection) => expect(decision).toEqual({ kind: 'rejected', rejection }),
        thenUnchanged: () => expect(decision).toEqual({ kind: 'unchanged' }),
      }
    },
    state: () => fold(decider, events),
  }),
})

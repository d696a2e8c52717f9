import { assert, property, array, type Arbitrary } from 'fast-check'
import { expect, it } from 'vitest'
import { fold, type Decider } from '../decider.ts'

export interface Law {
  readonly title: string
  /** @throws with the shortest history that breaks it. */
  readonly hold: () => void
}

/** The four laws as tests of the `describe` that calls this. */
export function obeysTheLaws<Command, State, Event, Rejection>(
  decider: Decider<Command, State, Event, Rejection>,
  command: Arbitrary<Command>,
  store: (event: Event) => Event,
): void {
  it.each(lawsOf(decider, command, store).map(({ title, hold }) => [title, hold] as const))('%s', (_, hold) => hold())
}

/**
 * The four laws of a decider, over histories that its own commands made:
 * total (no command throws), idempotent (a command obeyed once is unchanged the second time), deterministic (the same history and command
 * give the same decision, and nothing is altered), codec round trip (what is recorded is the same after it was stored).
 */
export function lawsOf<Command, State, Event, Rejection>(
  decider: Decider<Command, State, Event, Rejection>,
  command: Arbitrary<Command>,
  store: (event: Event) => Event,
): readonly [total: Law, idempotent: Law, deterministic: Law, stored: Law] {
  const histories = array(command, { maxLength: 12, size: 'max' })
  const forEveryHistory = (hold: (commands: readonly Command[]) => void) => () => assert(property(histories, hold))

  /** Sends the commands one after another and tells each history, its state and the next command to `see`. */
  const run = (commands: readonly Command[], see: (state: State, command: Command, history: readonly Event[]) => void) => {
    const events: Event[] = []
    for (const each of commands) {
      const state = fold(decider, events)
      see(state, each, events)
      const decision = decider.decide(each, state)
      if (decision.kind === 'recorded') events.push(...decision.events)
    }
    return events
  }

  return [
    {
      title: 'answers every command, whatever happened before',
      hold: forEveryHistory(commands => void run(commands, () => undefined)),
    },
    {
      title: 'records nothing for a command that it already obeyed',
      hold: forEveryHistory(commands => {
        run(commands, (state, each) => {
          const decision = decider.decide(each, state)
          if (decision.kind !== 'recorded') return
          const again = decider.decide(each, decision.events.reduce(decider.evolve, state))
          // A recorded denial is refused again, and not recorded again.
          if (decision.denied === undefined) expect(again).toEqual({ kind: 'unchanged' })
          else expect(again).toEqual({ kind: 'rejected', rejection: decision.denied })
        })
      }),
    },
    {
      title: 'decides the same from the same history, and alters nothing',
      hold: forEveryHistory(commands => {
        run(commands, (state, each, history) => {
          const before = structuredClone({ state, each })
          const first = decider.decide(each, state)
          expect(decider.decide(each, fold(decider, history))).toEqual(first)
          if (first.kind === 'recorded') first.events.reduce(decider.evolve, state)
          expect({ state, each }).toEqual(before)
        })
      }),
    },
    {
      title: 'records what is the same after it was stored',
      hold: forEveryHistory(commands => {
        for (const event of run(commands, () => undefined)) expect(store(event)).toEqual(event)
      }),
    },
  ]
}

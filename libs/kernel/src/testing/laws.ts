import { assert, property, array, type Arbitrary } from 'fast-check'
import { expect, it } from 'vitest'
import { fold, type Decider } from '../decider.ts'

/**
 * The four laws of a decider, over histories that its own commands made:
 * total (no command throws), idempotent (a command obeyed once is unchanged the second time), deterministic (the same history and command
 * give the same decision, and neither is altered), codec round trip (what is recorded is the same after it was stored).
 */
export function obeysTheLaws<Command, State, Event, Rejection>(
  decider: Decider<Command, State, Event, Rejection>,
  command: Arbitrary<Command>,
  store: (event: Event) => Event,
): void {
  const histories = array(command, { maxLength: 12 })

  /** Sends the commands one after another and tells each state, command and decision to `see`. */
  const run = (commands: readonly Command[], see: (state: State, command: Command) => void) => {
    const events: Event[] = []
    for (const each of commands) {
      const state = fold(decider, events)
      see(state, each)
      const decision = decider.decide(each, state)
      if (decision.kind === 'recorded') events.push(...decision.events)
    }
    return events
  }

  it('answers every command, whatever happened before', () =>
    assert(property(histories, commands => void run(commands, (state, each) => void decider.decide(each, state)))))

  it('records nothing for a command that it already obeyed', () =>
    assert(
      property(histories, commands => {
        run(commands, (state, each) => {
          const decision = decider.decide(each, state)
          if (decision.kind !== 'recorded') return
          const again = decider.decide(each, decision.events.reduce(decider.evolve, state))
          // A recorded denial is refused again, and not recorded again.
          if (decision.denied === undefined) expect(again).toEqual({ kind: 'unchanged' })
          else expect(again).toEqual({ kind: 'rejected', rejection: decision.denied })
        })
      }),
    ))

  it('decides the same from the same history, and alters nothing', () =>
    assert(
      property(histories, commands => {
        run(commands, (state, each) => {
          const [stateBefore, commandBefore] = [structuredClone(state), structuredClone(each)]
          const first = decider.decide(each, state)
          expect(decider.decide(each, state)).toEqual(first)
          expect(state).toEqual(stateBefore)
          expect(each).toEqual(commandBefore)
        })
      }),
    ))

  it('records what is the same after it was stored', () =>
    assert(property(histories, commands => void run(commands, () => undefined).forEach(event => expect(store(event)).toEqual(event)))))
}

import type { AnyEvent, Recorded } from '@muster/contracts'
import type { Decider } from '@muster/kernel'
import { differenceOf, findingAt, nothing, type Finding, type Part } from './finding.ts'
import { restingStates, type Rest } from './resting.ts'

/*
 * The life of an aggregate, decided again. Of each event the command is told that must have caused it, the decider is asked in the state that
 * the log left, and must record that very event; what it records with it in one step must follow at once. So every rule of the decider holds
 * over the log, whoever wrote it, and no rule is written down twice.
 */

export interface Rehearsal<State, Event> {
  readonly state: (stream: string) => State
  /** The event is what the command records now, or follows from the one before; then the state moves on. */
  see(recorded: Recorded<AnyEvent> & { readonly event: Event }): Iterable<Finding>
  end(): Iterable<Finding>
}

export interface Play<Command extends object, State, Event> {
  readonly part: Part
  /** Which command recorded it; a text says why none could have. */
  readonly commandOf: (recorded: Recorded<AnyEvent> & { readonly event: Event }, state: State) => Command | string
  /** Names of fields, by event type, that the log alone cannot tell: taken from the event that is there. */
  readonly given?: Readonly<Record<string, readonly string[]>>
  readonly described: (event: Event) => string
}

export function rehearse<Command extends object, State, Event extends AnyEvent, Rejection extends string>(
  decider: Decider<Command, State, Event, Rejection>,
  { part, commandOf, given = {}, described }: Play<Command, State, Event>,
  rest?: Rest,
): Rehearsal<State, Event> {
  const states = restingStates<State>(rest)
  const following = new Map<string, { readonly events: readonly Event[]; readonly behind: Recorded<AnyEvent> }>()
  const state = (stream: string): State => states.get(stream) ?? decider.initial

  const compare = (is: Event, should: Event): string | undefined => {
    const told = Object.fromEntries((given[is.type] ?? []).flatMap(name => (name in is ? [[name, Reflect.get(is, name)]] : [])))
    return differenceOf(is, is.type === should.type ? { ...should, ...told } : should)
  }

  function judged(recorded: Recorded<AnyEvent> & { readonly event: Event }): Finding | undefined {
    const { stream, event } = recorded
    const owed = following.get(stream)
    following.delete(stream)
    const [due, ...later] = owed?.events ?? []
    if (due !== undefined) {
      const difference = compare(event, due)
      if (difference !== undefined)
        return findingAt(part, recorded, `${described(due)} should follow what was recorded with it, and ${difference}`)
      if (later.length > 0) following.set(stream, { events: later, behind: recorded })
      return undefined
    }
    const before = state(stream)
    const command = commandOf(recorded, before)
    if (typeof command === 'string') return findingAt(part, recorded, command)
    const decision = decider.decide(command, before)
    if (decision.kind === 'rejected')
      return findingAt(part, recorded, `${described(event)} is there, and should have been rejected: ${decision.rejection}`)
    if (decision.kind === 'unchanged')
      return findingAt(part, recorded, `${described(event)} is there, and nothing should have been recorded`)
    const [first, ...rest] = decision.events
    const difference = compare(event, first)
    if (difference !== undefined) return findingAt(part, recorded, `${described(event)} comes out otherwise: ${difference}`)
    if (rest.length > 0) following.set(stream, { events: rest, behind: recorded })
    return undefined
  }

  return {
    state,
    see(recorded) {
      const found = judged(recorded)
      states.set(recorded.stream, decider.evolve(state(recorded.stream), recorded.event))
      return found === undefined ? nothing : [found]
    },
    *end() {
      for (const { events, behind } of following.values())
        for (const event of events)
          yield findingAt(part, behind, `${described(event)} was recorded with it and should follow, and is not there`)
    },
  }
}

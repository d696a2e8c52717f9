/** What a command did. A denial is a fact too: it is recorded, and the caller is still refused. */
export type Decision<Event, Rejection> =
  | { readonly kind: 'recorded'; readonly events: readonly [Event, ...Event[]]; readonly denied?: Rejection }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }

/**
 * One aggregate's rules, as data and pure functions.
 *
 * `decide` MUST be total (it never throws for input that type-checks), MUST be deterministic, and MUST answer `unchanged` to a command
 * that it already obeyed. Time and ids come in with the command: nothing here reads a clock.
 */
export interface Decider<Command, State, Event, Rejection> {
  readonly category: string
  readonly initial: State
  readonly decide: (command: Command, state: State) => Decision<Event, Rejection>
  readonly evolve: (state: State, event: Event) => State
}

export const record = <E>(...events: [NoInfer<E>, ...NoInfer<E>[]]): Decision<E, never> => ({ kind: 'recorded', events })
export const deny = <E, R>(denied: R, ...events: [NoInfer<E>, ...NoInfer<E>[]]): Decision<E, R> => ({ kind: 'recorded', events, denied })
export const reject = <R>(rejection: R): Decision<never, R> => ({ kind: 'rejected', rejection })
export const unchanged: Decision<never, never> = { kind: 'unchanged' }

export const fold = <State, Event>(
  decider: Pick<Decider<never, State, Event, never>, 'initial' | 'evolve'>,
  events: Iterable<Event>,
): State => {
  let state = decider.initial
  for (const event of events) state = decider.evolve(state, event)
  return state
}

/**
 * What a bus could not do. `unreachable`: the servers do not answer. `unknown-topic`: it was never made. `refused`: asked again,
 * the answer would be the same (too large, not allowed). `aborted`, `closed`: we ended it.
 */
export type BusProblem = 'unreachable' | 'unknown-topic' | 'refused' | 'aborted' | 'closed'

export class BusError extends Error {
  override readonly name = 'BusError'
  readonly problem: BusProblem

  constructor(problem: BusProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.problem = problem
  }
}

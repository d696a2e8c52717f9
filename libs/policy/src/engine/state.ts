/*
 * The memo byte of a node: what it came to in this decision. Everything below `absent` is a value that is there.
 * For the connectives and atoms of a rule it is the recorded explanation; for the parts of an atom it says which register holds the value.
 */
export const state = {
  none: 0,
  false: 1,
  true: 2,
  number: 3,
  text: 4,
  timestamp: 5,
  duration: 6,
  list: 7,
  record: 8,
  /** An optional fact that is not there: unknown when read, false to `has()`. */
  absent: 9,
  unknown: 10,
  error: 11,
} as const

/** What is left of operands of which one at least is not there: an error outranks unknown. */
export const problem = (one: number, other: number): number => (one === state.error || other === state.error ? state.error : state.unknown)

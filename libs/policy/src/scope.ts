import type { Facts, FactValue } from '@muster/contracts'
import type { Checked } from './checked.ts'
import { toFactValue, type Result } from './value.ts'

/* What an evaluation carries along: the facts, the elements that variables stand for, what was read, and when the clock changes anything. */

export type Truth = boolean | 'unknown' | 'error'

/** A part of the expression that decided, in words that name the facts. */
export interface Explained {
  /** As written, with variables replaced by the element that they stood for: `datasets[1].license != ''`. */
  readonly text: string
  /** What was read, by path; `size(path)` for a length. At most twenty. */
  readonly values: { readonly [path: string]: FactValue }
  readonly result: Truth
}

export interface Judgement {
  readonly value: Truth
  readonly missing: readonly string[]
  readonly errors: readonly string[]
  /** Made only when asked for: of a thousand elements one decides. */
  readonly because: () => readonly Explained[]
}

export interface Scope {
  readonly source: string
  readonly facts: Facts
  readonly variables: ReadonlyMap<string, Result>
  /** What the part at hand has read. */
  readonly values: Map<string, FactValue>
  /** Lists and times of the facts, by path. */
  readonly read: Map<string, Result>
  /** Only what it comes to and when the clock changes that is asked for, and no words: nothing that was read is kept. */
  readonly isSilent: boolean
  /** Microseconds from now to the first flip so far. */
  readonly flip: { first?: bigint }
  /** Judges a part that is true or false. It comes with the scope, since values and judgements need each other. */
  readonly judge: (node: Checked, scope: Scope) => Judgement
}

const longestShown = 200

/** For a part that has words of its own. */
export const apart = (scope: Scope): Scope => (scope.isSilent ? scope : { ...scope, values: new Map<string, FactValue>() })

export const bind = (scope: Scope, variable: string, element: Result): Scope => ({
  ...scope,
  variables: new Map(scope.variables).set(variable, element),
})

/** Keeps what was read, for the explanation. */
export function noted(result: Result, scope: Scope): Result {
  if (!scope.isSilent && result.kind === 'known' && result.path !== undefined) {
    const value = toFactValue(result.value)
    if (value !== undefined) scope.values.set(result.path, shown(value))
  }
  return result
}

const shown = (value: FactValue): FactValue =>
  typeof value === 'string' && value.length > longestShown ? `${value.slice(0, longestShown)}…` : value

/** Keeps the first flip of all. */
export function watch({ flip }: Scope, steps: bigint | undefined): void {
  if (steps !== undefined && (flip.first === undefined || steps < flip.first)) flip.first = steps
}

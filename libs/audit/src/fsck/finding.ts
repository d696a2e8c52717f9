import type { AnyEvent, Recorded } from '@muster/contracts'
import { canonicalJson } from '@muster/contracts'

/* What differs: one sentence for people that says where, what is and what should be; the same apart for programs. */

export interface Finding {
  readonly part: Part
  readonly message: string
  readonly stream?: string
  readonly revision?: number
  readonly position?: number
}

/** What of Muster it is about. */
export type Part =
  | 'log'
  | 'checks'
  | 'deployments'
  | 'approvals'
  | 'policies'
  | 'violations'
  | 'alerts'
  | 'read-models'
  | 'ledger'
  | 'topics'

/** One rule of the whole: sees every event of the log in its order, and keeps states, not events. */
export interface Watch {
  see(recorded: Recorded<AnyEvent>): Iterable<Finding>
  /** What can only be said when the log is at its end. */
  end(): Iterable<Finding>
}

/** What most events come to. */
export const nothing: readonly Finding[] = []

export const findingAt = (part: Part, { stream, revision, position }: Recorded<AnyEvent>, message: string): Finding => ({
  part,
  message: `${stream}@${revision} (position ${position}): ${message}`,
  stream,
  revision,
  position,
})

const mostDifferences = 3
const longestValue = 160

/** Where two JSON values differ, in words; undefined where they are the same. */
export function differenceOf(is: unknown, should: unknown): string | undefined {
  if (isSame(is, should) || canonicalJson(is) === canonicalJson(should)) return undefined
  const found = [...differences(is, should, '')]
  const shown = found.slice(0, mostDifferences).join('; ')
  return found.length > mostDifferences ? `${shown}; and ${found.length - mostDifferences} more` : shown
}

/** Whether two values have one canonical text, found without writing it. What is not found so may still have. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (!isBranch(one) || !isBranch(other) || Array.isArray(one) !== Array.isArray(other)) return false
  const names = Object.keys(one)
  if (names.length !== Object.keys(other).length) return false
  return names.every(name => Object.hasOwn(other, name) && isSame(one[name], other[name]))
}

function* differences(is: unknown, should: unknown, path: string): Generator<string> {
  if (canonicalJson(is ?? null) === canonicalJson(should ?? null)) return
  if (isBranch(is) && isBranch(should) && Array.isArray(is) === Array.isArray(should)) {
    for (const key of new Set([...Object.keys(is), ...Object.keys(should)]))
      yield* differences(is[key], should[key], Array.isArray(is) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`)
  } else yield `${path === '' ? 'it' : path} is ${shown(is)} and should be ${shown(should)}`
}

const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = canonicalJson(value)
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text
}

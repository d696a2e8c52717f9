import type { FactField, FactFields, Facts, FactsSchema, FactType, FactValue } from '@muster/contracts'
import { clock, isRecord } from './value.ts'

/*
 * What a rule reads: every path that it mentions, in lists of every element, whether its evaluation came there or not.
 * So what a decision was based on does not depend on the order in which an engine evaluates.
 *
 * A path that ends at a record says only that it is there (`{}`); one that ends at a list of records only how many there are (`[{}, {}]`).
 */

export interface Read {
  readonly path: string
  readonly value?: FactValue
  /** Required and not there: unknown. Optional and not there, or below such a one: absent. */
  readonly missing?: 'absent' | 'unknown'
}

/** Sorted by path. Never the clock, which is no evidence. Below a list that is not there, the pattern itself is the path. */
export const readsOf = (patterns: readonly string[], facts: Facts, schema: FactsSchema): readonly Read[] =>
  readerOf(facts, schema)(patterns)

/** As `readsOf`, for many that read of the same facts: each pattern is looked up once. */
export function readerOf(facts: Facts, schema: FactsSchema): (patterns: readonly string[]) => readonly Read[] {
  const root: Place = { type: { kind: 'record', fields: schema.fields }, at: '' }
  const known = new Map<string, readonly Read[]>([[clock, []]])
  const look = (pattern: string, steps: readonly string[]): readonly Read[] => {
    const found = known.get(pattern) ?? byPath(readPattern(steps, 0, facts, root))
    known.set(pattern, found)
    return found
  }
  return patterns => {
    const steps = stepsOfAll(patterns)
    const [first, ...others] = patterns.map((pattern, index) => look(pattern, steps[index] ?? [])).filter(reads => reads.length > 0)
    if (first === undefined || others.length === 0) return first ?? []
    return byPath([...new Map([first, ...others].flat().map(read => [read.path, read])).values()])
  }
}

const byPath = (reads: readonly Read[]): readonly Read[] =>
  reads.length < 2 ? reads : reads.toSorted((one, other) => (one.path < other.path ? -1 : 1))

interface Place {
  readonly type: FactType
  readonly at: string
}

/** `datasets[].dpia.uri` is the steps datasets, [], dpia, uri. */
const stepsOf = (pattern: string): readonly string[] => pattern.replaceAll('[]', '.[]').split('.')

/** What stands behind the first `taken` steps, which led to that value and place. */
function readPattern(steps: readonly string[], taken: number, value: FactValue, { type, at }: Place): readonly Read[] {
  const step = steps[taken]
  if (step === undefined) return [{ path: at, value: bare(value) }]
  if (step === '[]') {
    if (!Array.isArray(value) || type.kind !== 'list') return [{ path: at, value }]
    const { of } = type
    return value.flatMap((element: FactValue, index) => readPattern(steps, taken + 1, element, { type: of, at: `${at}[${index}]` }))
  }
  const field = type.kind === 'record' ? fieldOf(type.fields, step) : undefined
  const path = at === '' ? step : `${at}.${step}`
  const inner = fieldValue(value, step)
  if (field === undefined || inner !== undefined) return readPattern(steps, taken + 1, inner ?? '', { type: field?.type ?? type, at: path })
  const whole = [path, ...steps.slice(taken + 1)].join('.').replaceAll('.[]', '[]')
  return [{ path: whole, missing: field.presence === 'optional' ? 'absent' : 'unknown' }]
}

const fieldOf = (fields: FactFields, name: string): FactField | undefined => (Object.hasOwn(fields, name) ? fields[name] : undefined)

const fieldValue = (value: FactValue, name: string): FactValue | undefined =>
  isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined

/** Without the fields of records, which are paths of their own. */
function bare(value: FactValue): FactValue {
  if (Array.isArray(value)) return value.map(bare)
  return isRecord(value) ? {} : value
}

/** What a rule mentions is looked up in every check of it. */
const stepped = new WeakMap<readonly string[], readonly (readonly string[])[]>()

function stepsOfAll(patterns: readonly string[]): readonly (readonly string[])[] {
  const steps = stepped.get(patterns) ?? patterns.map(stepsOf)
  stepped.set(patterns, steps)
  return steps
}

type Branch = Map<string, Branch>

/** The facts with only what the patterns mention. Evaluating on it comes out as on all of the facts. */
export const snapshotOf = (patterns: readonly string[], facts: Facts): Facts => prune(facts, treeOf(patterns)) as Facts

/** The patterns of a catalogue are mentioned by every check of it. */
const trees = new WeakMap<readonly string[], Branch>()

function treeOf(patterns: readonly string[]): Branch {
  const known = trees.get(patterns)
  if (known !== undefined) return known
  const root: Branch = new Map()
  for (const pattern of patterns) {
    let branch = root
    for (const step of stepsOf(pattern)) {
      const inner: Branch = branch.get(step) ?? new Map<string, Branch>()
      branch.set(step, inner)
      branch = inner
    }
  }
  trees.set(patterns, root)
  return root
}

function prune(value: FactValue, branch: Branch): FactValue {
  if (Array.isArray(value)) {
    const inner = branch.get('[]')
    return value.map((element: FactValue) => (inner === undefined ? bare(element) : prune(element, inner)))
  }
  if (!isRecord(value)) return value
  const kept: { [name: string]: FactValue } = {}
  for (const [step, inner] of branch) {
    const field = fieldValue(value, step)
    if (field !== undefined) kept[step] = prune(field, inner)
  }
  return kept
}

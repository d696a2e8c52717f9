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
  const look = (pattern: string): readonly Read[] => {
    const found = known.get(pattern) ?? byPath(readPattern(stepsOf(pattern), facts, root))
    known.set(pattern, found)
    return found
  }
  return patterns => {
    const [first, ...others] = patterns.map(look).filter(reads => reads.length > 0)
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

function readPattern([step, ...rest]: readonly string[], value: FactValue, { type, at }: Place): readonly Read[] {
  if (step === undefined) return [{ path: at, value: bare(value) }]
  if (step === '[]') {
    if (!Array.isArray(value) || type.kind !== 'list') return [{ path: at, value }]
    return value.flatMap((element: FactValue, index) => readPattern(rest, element, { type: type.of, at: `${at}[${index}]` }))
  }
  const field = type.kind === 'record' ? fieldOf(type.fields, step) : undefined
  const path = at === '' ? step : `${at}.${step}`
  const inner = fieldValue(value, step)
  if (field === undefined || inner !== undefined) return readPattern(rest, inner ?? '', { type: field?.type ?? type, at: path })
  return [{ path: [path, ...rest].join('.').replaceAll('.[]', '[]'), missing: field.presence === 'optional' ? 'absent' : 'unknown' }]
}

const fieldOf = (fields: FactFields, name: string): FactField | undefined => (Object.hasOwn(fields, name) ? fields[name] : undefined)

const fieldValue = (value: FactValue, name: string): FactValue | undefined =>
  isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined

/** Without the fields of records, which are paths of their own. */
function bare(value: FactValue): FactValue {
  if (Array.isArray(value)) return value.map(bare)
  return isRecord(value) ? {} : value
}

interface Branch {
  [step: string]: Branch
}

/** The facts with only what the patterns mention. Evaluating on it comes out as on all of the facts. */
export const snapshotOf = (patterns: readonly string[], facts: Facts): Facts => prune(facts, treeOf(patterns)) as Facts

/** The patterns of a catalogue are mentioned by every check of it. */
const trees = new WeakMap<readonly string[], Branch>()

function treeOf(patterns: readonly string[]): Branch {
  const known = trees.get(patterns)
  if (known !== undefined) return known
  const root: Branch = {}
  for (const pattern of patterns) {
    let branch = root
    for (const step of stepsOf(pattern)) branch = branch[step] ??= {}
  }
  trees.set(patterns, root)
  return root
}

function prune(value: FactValue, branch: Branch): FactValue {
  if (Array.isArray(value)) {
    const inner = branch['[]']
    return value.map((element: FactValue) => (inner === undefined ? bare(element) : prune(element, inner)))
  }
  if (!isRecord(value)) return value
  const kept = Object.entries(branch).flatMap(([step, inner]): [string, FactValue][] => {
    const field = fieldValue(value, step)
    return field === undefined ? [] : [[step, prune(field, inner)]]
  })
  return Object.fromEntries(kept)
}

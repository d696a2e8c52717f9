import { passedRule, type ApprovalRuleCheck, type Check, type ExplainedCheck, type Facts, type Target } from '@muster/contracts'
import type { PersonUse } from '../deployments/facts.ts'
import type { JudgedRule } from '../deployments/judgement.ts'

/*
 * What of a recorded check a backtest needs, read from its text without parsing all of it: most of a check is why it came out so, in words and
 * values, and most of what is left says the same in one check after another. Both versions of the event are read, without upcasting the older.
 *
 * It relies on what a released version guarantees: canonical JSON, so members in the order of their names, of a shape that never changes. A
 * key such as `"errors":` can stand in no text, whose quotes are escaped; where it stands in a fact, what is cut out there is no JSON. What
 * does not look as expected is parsed as a whole, so that the answer is the same in any case.
 */

export interface RecordedCheck extends Pick<Check, 'at' | 'point' | 'verdict'> {
  /** Position up to which it knew the facts. */
  readonly through: number
  /** The same object where the same policies applied in the same way. */
  readonly policies: Check['policies']
  readonly rules: readonly JudgedRule[]
  readonly approvalRules: readonly DecidedApprovalRule[]
  readonly snapshot: Facts
  readonly target: () => Target
  readonly people: () => readonly PersonUse[]
}
export type DecidedApprovalRule = Omit<ApprovalRuleCheck, 'because' | 'digest'>

export interface CheckReader {
  /** Of the canonical JSON of a `deployment.checked`, in version 1 or 2. Equal parts of different checks may be the same object: never change them. */
  read(data: string): RecordedCheck
}

export function checkReader(): CheckReader {
  const remember = { policies: memory(), rules: memory(judged), approvalRules: memory() }
  return { read: data => readParts(data, remember) ?? readWhole(data) }
}

interface Memory {
  /** The value of a text between two others; `place` is where it stands among its like, where the one before it stood. @throws SyntaxError */
  valueOf(place: number, text: string, opening: string, ending: string): unknown
  /** What is remembered of that place and stands in the data at that index. */
  standingAt(place: number, data: string, index: number): Known | undefined
}
interface Known {
  readonly text: string
  readonly value: unknown
}
type Remembered = Readonly<Record<'policies' | 'rules' | 'approvalRules', Memory>>

/** So many texts are remembered in one place: a comparison costs much less than parsing. */
const mostKept = 8

function memory(made: (value: never) => unknown = value => value): Memory {
  const places: { readonly known: Known[]; next: number }[] = []
  return {
    standingAt(place, data, index) {
      const here = places[place]
      if (here === undefined) return undefined
      for (const known of here.known) if (data.slice(index, index + known.text.length) === known.text) return known
      return undefined
    },
    valueOf(place, text, opening, ending) {
      const here = (places[place] ??= { known: [], next: 0 })
      for (const { text: known, value } of here.known) if (known === text) return value
      const value: unknown = made(JSON.parse(opening + text + ending) as never)
      // A part of a text keeps all of it alive: what is remembered is a text of its own.
      here.known[here.next] = { text: ` ${text}`.slice(1), value }
      here.next = (here.next + 1) % mostKept
      return value
    },
  }
}

function readWhole(data: string): RecordedCheck {
  const { at, point, verdict, asOf, policies, rules, approvalRules, snapshot, target, people } = JSON.parse(data) as Check | ExplainedCheck
  return {
    at,
    point,
    verdict,
    through: asOf.position,
    policies,
    rules: rules.map(judged),
    approvalRules: approvalRules.map(({ digest: _, because: __, ...rule }) => rule),
    snapshot,
    target: () => target,
    people: () => people as PersonUse[],
  }
}

/** Of a rule that passed, version 1 says what version 2 leaves out. */
function judged(recorded: Check['rules'][number] | ExplainedCheck['rules'][number]): JudgedRule {
  if (recorded.outcome === 'pass') return passedRule(recorded)
  const { digest: _, because: __, outcome, ...rule } = recorded
  return { ...rule, outcome }
}

function readParts(data: string, remember: Remembered): RecordedCheck | undefined {
  try {
    const approvalRules = listFrom<DecidedApprovalRule>(data, '{"approvalRules":[', 0, ',"mode":', remember.approvalRules)
    if (approvalRules === undefined || !data.startsWith(',"asOf":', approvalRules.end)) return undefined
    const { between, reached } = cutter(data, approvalRules.end)
    const position = between(',"position":', '},"at":"')
    const at = between('},"at":"', '","engine":')
    const people = between(',"people":', ',"point":"')
    const point = between(',"point":"', '","policies":')
    const policies = between('"policies":', '],"rules":[')
    if (position === undefined || at === undefined || people === undefined || point === undefined || policies === undefined)
      return undefined

    const rules = listFrom<JudgedRule>(data, '],"rules":[', reached(), ',"errors":', remember.rules)
    // Facts may have any name, so what stands behind them is looked for from the end.
    const afterSnapshot = data.lastIndexOf(',"snapshotDigest":"')
    const target = data.lastIndexOf(',"target":{')
    const verdict = data.lastIndexOf(',"verdict":"')
    if (rules === undefined || !data.startsWith(',"snapshot":{', rules.end) || !data.endsWith('"}')) return undefined
    if (!(rules.end < afterSnapshot && afterSnapshot < target && target < verdict)) return undefined
    const targetText = data.slice(target + ',"target":'.length, verdict)
    return {
      at,
      point: point as Check['point'],
      verdict: data.slice(verdict + ',"verdict":"'.length, -2) as Check['verdict'],
      through: Number(position),
      policies: remember.policies.valueOf(0, policies, '', ']') as Check['policies'],
      rules: rules.items,
      approvalRules: approvalRules.items,
      snapshot: JSON.parse(data.slice(rules.end + ',"snapshot":'.length, afterSnapshot)) as Facts,
      target: () => JSON.parse(targetText) as Target,
      people: () => JSON.parse(people) as PersonUse[],
    }
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Finds what stands between two texts, each behind what was found before. */
function cutter(data: string, from: number) {
  let at = from
  const between = (before: string, after: string): string | undefined => {
    const start = data.indexOf(before, at)
    const end = start === -1 ? -1 : data.indexOf(after, start + before.length)
    if (end === -1) return undefined
    at = end
    return data.slice(start + before.length, end)
  }
  return { between, reached: () => at }
}

const because = '{"because":['
const passed = '{"mode":'
const version = ',"version":'

/**
 * Of each item, what stands from the member `first` on: before it are its reasons and its digest; its version comes last. All of an item is
 * taken that begins with its mode: a rule that passed.
 */
function listFrom<Item>(data: string, opening: string, from: number, first: string, { valueOf, standingAt }: Memory) {
  if (!data.startsWith(opening, from)) return undefined
  const items: Item[] = []
  let at = from + opening.length
  if (data[at] === ']') return { items, end: at + 1 }
  for (;;) {
    const start = data.startsWith(passed, at) ? at : data.startsWith(because, at) ? data.indexOf(first, at) : -1
    if (start === -1) return undefined
    // A text that was read as an item ends where the item does.
    const known = standingAt(items.length, data, start + 1)
    const last = known === undefined ? data.indexOf(version, start) : start
    const end = known === undefined ? (last === -1 ? -1 : data.indexOf('}', last)) : start + known.text.length
    if (end === -1) return undefined
    items.push((known === undefined ? valueOf(items.length, data.slice(start + 1, end + 1), '{', '') : known.value) as Item)
    if (data[end + 1] === ']') return { items, end: end + 2 }
    if (data[end + 1] !== ',') return undefined
    at = end + 2
  }
}

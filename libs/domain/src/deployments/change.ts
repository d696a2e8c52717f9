import { canonicalJson, type Check, type PassedRule, type PolicyMode } from '@muster/contracts'
import { byCodeUnit } from '@muster/kernel'

/* What differs between two checks of one deployment: said to people when they are asked again, and what makes a re-check worth recording. */

/** Paths of the facts that differ, and `policies/<id>[/<rule>]` for what differs of the policies; sorted. */
export function changedPaths(before: Check, after: Check): string[] {
  const changed = new Set<string>()
  compare('', before.snapshot, after.snapshot, changed)
  comparePolicies(before, after, changed)
  if (canonicalJson(before.people) !== canonicalJson(after.people)) changed.add('people')
  return [...changed].toSorted(byCodeUnit)
}

function compare(path: string, before: unknown, after: unknown, changed: Set<string>): void {
  if (isRecord(before) && isRecord(after)) {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      compare(path === '' ? name : `${path}.${name}`, before[name], after[name], changed)
    }
    return
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    for (const [index, item] of before.entries()) compare(`${path}[${index}]`, item, after[index], changed)
    return
  }
  if (before === undefined || after === undefined ? before !== after : canonicalJson(before) !== canonicalJson(after)) changed.add(path)
}

/** Only what decides: what is in shadow changes nothing of what people are asked. */
function comparePolicies(before: Check, after: Check, changed: Set<string>): void {
  const versions = ({ policies }: Check) =>
    new Map(policies.filter(decides).map(({ policy, digest, mode, applies }) => [policy, `${digest} ${mode} ${applies}`]))
  const outcomes = ({ rules, approvalRules }: Check) =>
    new Map([
      ...rules.filter(decides).map(({ policy, rule, outcome }): [string, string] => [`${policy}/${rule}`, outcome]),
      ...approvalRules.filter(decides).map(({ policy, needed }): [string, string] => [`${policy}/when`, String(needed)]),
    ])
  for (const of of [versions, outcomes]) {
    const [earlier, later] = [of(before), of(after)]
    for (const id of new Set([...earlier.keys(), ...later.keys()])) if (earlier.get(id) !== later.get(id)) changed.add(`policies/${id}`)
  }
}

const decides = ({ mode }: { readonly mode: PolicyMode }): boolean => mode !== 'shadow'

/**
 * Whether a rule came out otherwise than before. A rule that is new and passes, and one that passed and is gone, are no news: else one change
 * of the catalogue would write an event for everything that runs. A version that is tried in shadow has outcomes of its own, beside those of
 * the version in force.
 */
export function outcomesChanged(before: Check, after: Check): boolean {
  const outcomes = new Map(before.rules.map(rule => [nameOf(rule), rule.outcome]))
  const present = new Set(after.rules.map(nameOf))
  const needed = new Map(before.approvalRules.map(rule => [placeOf(rule), rule.needed]))
  return (
    after.rules.some(rule => (outcomes.get(nameOf(rule)) ?? 'pass') !== rule.outcome) ||
    [...outcomes].some(([rule, outcome]) => outcome !== 'pass' && !present.has(rule)) ||
    after.approvalRules.some(rule => (needed.get(placeOf(rule)) ?? false) !== rule.needed)
  )
}

const placeOf = ({ policy, mode }: Pick<PassedRule, 'policy' | 'mode'>): string => (mode === 'shadow' ? `shadow ${policy}` : policy)
const nameOf = (rule: Pick<PassedRule, 'policy' | 'mode' | 'rule'>): string => `${placeOf(rule)}/${rule.rule}`

const isRecord = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

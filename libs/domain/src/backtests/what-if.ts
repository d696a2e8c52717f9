import { isUnmet, modeOf, type BacktestClass, type Check, type Facts } from '@muster/contracts'
import {
  decide,
  evaluateApprovalRule,
  evaluatePolicySet,
  resultsOf,
  type ApprovalRuleResult,
  type CompiledApprovalRule,
  type CompiledDocument,
  type Evaluated,
  type PolicySet,
} from '@muster/policy'
import { judge, stops, type AskingRule, type JudgedRule, type Judgement } from '../deployments/judgement.ts'
import { readsChecks, type Draft } from './draft.ts'
import type { DecidedApprovalRule, RecordedCheck } from './recorded-check.ts'

/*
 * What one recorded decision would have come out as with the draft, by the same gate: what the record says of all other documents, beside what
 * the draft says of the facts. Who may sign is no part of it.
 *
 * Where the draft asks for a fact that was not known then, and nobody asked for it then either, the decision depends on what the answer would
 * have been: unless it comes out the same whatever that is, it is undecidable. What was asked for and missing was decided on as it was: then
 * the gate says what follows.
 */

/** A published version of a document; undefined when it is not at hand. */
export type VersionOf = (id: string, version: number) => CompiledDocument | undefined

export interface WhatIf {
  readonly class: BacktestClass
  readonly then: Check['verdict']
  readonly now: Judgement
  /** Documents of the draft that applied then, or would have; and those of them that make the difference. */
  readonly applying: readonly string[]
  readonly deciding: readonly string[]
  /** Paths of facts that decide and were not known. */
  readonly missing: readonly string[]
  /** Why the rules came out so; made when it is asked for. */
  readonly evaluated: () => Evaluated
  readonly asked: readonly Asked[]
}

export interface Asked extends ApprovalRuleResult {
  readonly compiled: CompiledApprovalRule
}

export function whatIf(draft: Draft, check: RecordedCheck, facts: Facts, versionOf: VersionOf): WhatIf {
  const { set, judged } = draft.at[check.point]
  const evaluated = (): Evaluated => evaluatePolicySet(set, facts)
  const outcomes = outcomesOf(set, facts)
  const fresh: JudgedRule[] = []
  for (let rule = 0; rule < judged.length; rule++) {
    const outcome = outcomes[rule] ?? 0
    if (outcome > 0) fresh.push(judged[rule]?.[outcome] as JudgedRule)
  }
  const recorded = check.rules.filter(({ policy }) => !draft.ids.has(policy))
  const besides = (rules: readonly JudgedRule[]): readonly JudgedRule[] => (recorded.length === 0 ? rules : [...recorded, ...rules])
  const asking = approvals(draft, check, facts, besides(fresh), versionOf)

  const judgedAs = (rules: readonly JudgedRule[], approvalRules: readonly AskingRule[]): Judgement =>
    judge({
      applied: check.policies,
      rules: besides(rules),
      asking: approvalRules,
      excluded: [],
      unmapped: [],
      fits: true,
      tooLarge: '',
    })
  const now = judgedAs(fresh, asking.all)
  const decided = {
    then: check.verdict,
    now,
    applying: applyingOf(draft, check, fresh, asking.asked),
    evaluated,
    asked: asking.asked,
  }
  const found = classOf(check.verdict, now.verdict)
  const isUndecided = (rules: ReadonlySet<JudgedRule>, approvalRules: ReadonlySet<AskingRule>): boolean => {
    const as = (outcome: 'pass' | 'fail') => fresh.map(rule => (rules.has(rule) ? ({ ...rule, outcome } as JudgedRule) : rule))
    const without = asking.all.filter(rule => !approvalRules.has(rule))
    const possible = [judgedAs(as('pass'), without), judgedAs(as('pass'), asking.all), judgedAs(as('fail'), asking.all)]
    return possible.some(({ verdict }) => classOf(check.verdict, verdict) !== found)
  }
  const unknown = unknownIn(fresh, asking.asked)
  if (unknown !== undefined && isUndecided(unknown.rules, unknown.approvalRules)) {
    const { rules, approvalRules, missing } = notMissedThen(check, evaluated(), unknown)
    if (rules.size + approvalRules.size > 0 && isUndecided(rules, approvalRules)) {
      const deciding = new Set([...[...rules].map(({ policy }) => policy), ...[...approvalRules].map(({ document }) => document.id)])
      return { ...decided, class: 'undecidable', deciding: [...deciding].filter(id => draft.ids.has(id)), missing }
    }
  }
  return { ...decided, class: found, deciding: found === 'unchanged' ? [] : decidingOf(draft, check, decided, fresh), missing: [] }
}

/** They hold until the next decision. */
function outcomesOf(set: PolicySet, facts: Facts): Uint8Array {
  if (set.engine === undefined) return evaluatePolicySet(set, facts).outcomes
  try {
    decide(set.engine, facts)
    return set.engine.outcomes
  } catch {
    // What is beyond the engine is evaluated simply; anything else is thrown again.
    return evaluatePolicySet(set, facts).outcomes
  }
}

function classOf(then: Check['verdict'], now: Check['verdict']): BacktestClass {
  if (then === now) return 'unchanged'
  switch (now) {
    case 'blocked':
      return 'newly-blocked'
    case 'cleared':
      return 'newly-allowed'
    case 'approval-required':
      return 'newly-needs-approval'
  }
}

/** Who is asked: what the record says, but for rules of the draft and rules that look at outcomes, which may be others now. */
function approvals(draft: Draft, check: RecordedCheck, facts: Facts, rules: readonly JudgedRule[], versionOf: VersionOf) {
  const all: AskingRule[] = []
  const asked: Asked[] = []
  const again: CompiledApprovalRule[] = [...draft.approvalRules]
  for (const recorded of check.approvalRules) {
    if (draft.ids.has(recorded.policy)) continue
    const compiled = draft.hasPolicies ? versionOf(recorded.policy, recorded.version) : undefined
    if (compiled?.kind === 'ApprovalRule' && compiled.reads.some(readsChecks)) again.push(inModeOf(recorded, compiled))
    else if (recorded.mode === 'enforce' && recorded.needed !== false) all.push(askingFrom(recorded))
  }
  if (again.length === 0) return { all, asked }
  const deciding = rules.filter(({ mode }) => mode !== 'shadow')
  const checks = deciding.map(({ policy, rule, outcome, severity }) => ({ policy, rule, outcome, severity }))
  for (const compiled of again) {
    const result = evaluateApprovalRule(compiled, { ...facts, checks })
    asked.push({ ...result, compiled })
    if (modeOf(compiled.document) === 'enforce' && result.needed) all.push(compiled)
  }
  return { all, asked }
}

/** A version may have been tried in shadow then, whatever its document says. */
const inModeOf = ({ mode }: DecidedApprovalRule, compiled: CompiledApprovalRule): CompiledApprovalRule =>
  modeOf(compiled.document) === mode ? compiled : { ...compiled, document: { ...compiled.document, mode } }

/** Of whom it asks decides nothing here. */
const askingFrom = ({ policy, version }: DecidedApprovalRule): AskingRule => ({ document: { id: policy, needs: [] }, version, digest: '' })

interface Unknown {
  readonly rules: ReadonlySet<JudgedRule>
  readonly approvalRules: ReadonlySet<AskingRule>
  readonly asked: readonly Asked[]
}

function unknownIn(fresh: readonly JudgedRule[], asked: readonly Asked[]): Unknown | undefined {
  const rules = fresh.filter(({ outcome, mode }) => outcome === 'unknown' && mode === 'enforce')
  const asking = asked.filter(({ compiled, when }) => modeOf(compiled.document) === 'enforce' && when === 'unknown')
  if (rules.length === 0 && asking.length === 0) return undefined
  return { rules: new Set(rules), approvalRules: new Set(asking.map(({ compiled }) => compiled)), asked: asking }
}

/** What is unknown for want of facts that nobody missed then. (That an approval rule was unknown is recorded without what it missed.) */
function notMissedThen(check: RecordedCheck, evaluated: Evaluated, unknown: Unknown) {
  const missed = new Set(check.rules.filter(isUnmet).flatMap(({ missing }) => missing))
  const results = resultsOf(evaluated).flatMap(({ rules }) => rules)
  const missingOf = ({ policy, rule }: JudgedRule): readonly string[] =>
    results.find(result => result.policy === policy && result.rule === rule)?.missing ?? []
  const isNew = (missing: readonly string[]): boolean => missing.some(path => !missed.has(path))
  const wasUnknown = (id: string): boolean => check.approvalRules.some(({ policy, needed }) => policy === id && needed === 'unknown')
  const rules = [...unknown.rules].filter(rule => isNew(missingOf(rule)))
  const asked = unknown.asked.filter(({ rule, missing }) => isNew(missing) && !wasUnknown(rule))
  const missing = [...rules.map(missingOf), ...asked.map(one => one.missing)].flat().filter(path => !missed.has(path))
  return {
    rules: new Set(rules),
    approvalRules: new Set<AskingRule>(asked.map(({ compiled }) => compiled)),
    missing: [...new Set(missing)],
  }
}

function applyingOf(draft: Draft, check: RecordedCheck, fresh: readonly JudgedRule[], asked: readonly Asked[]): readonly string[] {
  const then = appliedThen(draft, check)
  const anew = new Set<string>()
  const add = (id: string): void => {
    if (!then.has(id) && draft.ids.has(id)) anew.add(id)
  }
  for (const { policy } of fresh) add(policy)
  for (const { rule, applies } of asked) if (applies !== false) add(rule)
  return anew.size === 0 ? then.list : [...then.list, ...anew]
}

/** Of the draft's documents, by the list of what applied, which is the same object for many checks. */
const applied = new WeakMap<Draft, WeakMap<Check['policies'], Applied>>()
interface Applied {
  readonly list: readonly string[]
  readonly has: (id: string) => boolean
}

function appliedThen(draft: Draft, { policies }: RecordedCheck): Applied {
  const byPolicies = applied.get(draft) ?? new WeakMap<Check['policies'], Applied>()
  applied.set(draft, byPolicies)
  const known = byPolicies.get(policies)
  if (known !== undefined) return known
  const ids = new Set(policies.filter(({ policy, applies }) => draft.ids.has(policy) && applies !== false).map(({ policy }) => policy))
  const found: Applied = { list: [...ids], has: id => ids.has(id) }
  byPolicies.set(policies, found)
  return found
}

/** Documents that stand in the way now, or ask, or no longer do. Where none does by itself, all that apply do it together. */
function decidingOf(
  draft: Draft,
  check: RecordedCheck,
  { now, applying, asked }: Pick<WhatIf, 'now' | 'applying' | 'asked'>,
  fresh: readonly JudgedRule[],
): readonly string[] {
  const enforced = (rules: readonly JudgedRule[]) => rules.filter(({ policy, mode }) => mode === 'enforce' && draft.ids.has(policy))
  const before = enforced(check.rules)
  const askedThen = check.approvalRules.filter(
    ({ policy, mode, needed }) => mode === 'enforce' && needed !== false && draft.ids.has(policy),
  )
  const asksNow = asked.filter(({ rule, needed, compiled }) => needed && modeOf(compiled.document) === 'enforce' && draft.ids.has(rule))
  const asks = (rule: JudgedRule): boolean => rule.outcome === 'unknown' && rule.onUnknown === 'requireApproval'
  const found = new Set<string>()
  const add = (rules: readonly { readonly policy: string }[]): void => rules.forEach(({ policy }) => found.add(policy))
  switch (now.verdict) {
    case 'blocked':
      add(enforced(fresh).filter(stops))
      break
    case 'approval-required':
      add(before.filter(stops))
      add(enforced(fresh).filter(asks))
      for (const { rule } of asksNow) found.add(rule)
      break
    case 'cleared':
      add(before.filter(rule => stops(rule) || asks(rule)))
      add(askedThen)
  }
  return found.size > 0 ? [...found] : applying
}

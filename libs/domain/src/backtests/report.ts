import type { BacktestClass } from '@muster/contracts'
import type { About } from './facts-then.ts'
import type { WhatIf } from './what-if.ts'

/* What a backtest has found so far, in figures. It grows with the teams, tiers, documents and paths that there are, and with no decision. */

export interface Counts {
  readonly decisions: number
  readonly newlyBlocked: number
  readonly newlyAllowed: number
  readonly newlyNeedApproval: number
  readonly unchanged: number
  readonly undecidable: number
}

type ByName<Value> = Readonly<Record<string, Value>>

export interface Report extends Counts {
  readonly byTeam: ByName<Counts>
  readonly byRiskTier: ByName<Counts>
  readonly byPolicy: ByName<Counts>
  /** Decisions by path that they lack, of lists by the list. */
  readonly missing: ByName<number>
}

const none: Counts = { decisions: 0, newlyBlocked: 0, newlyAllowed: 0, newlyNeedApproval: 0, unchanged: 0, undecidable: 0 }
export const emptyReport: Report = { ...none, byTeam: {}, byRiskTier: {}, byPolicy: {}, missing: {} }

/** So many names are told apart; what comes behind them is counted together. */
const mostNames = 1_000
const others = '(others)'
/** Where nobody had said it. */
export const unsaid = '(unknown)'

export type Found = Pick<WhatIf, 'class' | 'applying' | 'deciding' | 'missing'> & { readonly about: About }

/** Goes on with what was found in a portion of the decisions. The parts are copied once a portion. */
export function foldReport(report: Report, found: readonly Found[]): Report {
  const all = { ...report }
  const byTeam = named(report.byTeam, copied)
  const byRiskTier = named(report.byRiskTier, copied)
  const byPolicy = named(report.byPolicy, copied)
  const missing = named(report.missing, decisions => decisions)
  for (const { class: of, about, applying, deciding, missing: lacking } of found) {
    count(all, of)
    count(byTeam.at(about.team ?? unsaid, emptyCounts), of)
    count(byRiskTier.at(about.riskTier ?? unsaid, emptyCounts), of)
    for (const policy of applying) count(byPolicy.at(policy, emptyCounts), deciding.includes(policy) ? of : 'unchanged')
    for (const path of new Set(lacking.map(withoutIndices))) missing.set(path, missing.at(path, () => 0) + 1)
  }
  return { ...all, byTeam: byTeam.all(), byRiskTier: byRiskTier.all(), byPolicy: byPolicy.all(), missing: missing.all() }
}

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] }
const copied = (counts: Counts): Mutable<Counts> => ({ ...counts })
const emptyCounts = (): Mutable<Counts> => ({ ...none })

/** A copy of what is counted by name, to go on with. */
function named<Value, Kept>(before: ByName<Value>, copy: (value: Value) => Kept) {
  const values = new Map(Object.entries(before).map(([name, value]) => [name, copy(value)]))
  const nameOf = (name: string): string => (values.has(name) || values.size < mostNames ? name : others)
  return {
    at(name: string, first: () => Kept): Kept {
      const known = values.get(name) ?? values.get(nameOf(name))
      if (known !== undefined) return known
      const begun = first()
      values.set(nameOf(name), begun)
      return begun
    },
    set: (name: string, value: Kept): void => void values.set(nameOf(name), value),
    all: (): ByName<Kept> => Object.fromEntries(values),
  }
}

function count(counts: Mutable<Counts>, of: BacktestClass): void {
  counts.decisions += 1
  counts[fields[of]] += 1
}

const fields = {
  'newly-blocked': 'newlyBlocked',
  'newly-allowed': 'newlyAllowed',
  'newly-needs-approval': 'newlyNeedApproval',
  unchanged: 'unchanged',
  undecidable: 'undecidable',
} as const satisfies Record<BacktestClass, keyof Counts>

const withoutIndices = (path: string): string => path.replaceAll(/\[\d+\]/g, '[]')

import type { BacktestSummary, BacktestTally, BacktestView, RunningViolation } from '@muster/contracts'
import type { Counts, Report } from '@muster/domain'
import type { Run } from './rows.ts'

/** Counts of what ran and would violate it, and the first of them. */
export interface Violated {
  readonly count: number
  readonly first: readonly RunningViolation[]
}

const mostPaths = 100

export function viewOf(run: Run, { count, first }: Violated): BacktestView {
  const { id, status, digest, documents, follow, requestedBy, requestedAt, startedAt, endedAt, head, position, report, running, error } =
    run
  return {
    id,
    status,
    digest,
    policies: documents.map(document => document.id),
    follow,
    requestedBy,
    requestedAt,
    ...(startedAt !== null && { startedAt }),
    ...(endedAt !== null && { endedAt }),
    position,
    head,
    percent: percentOf(run),
    ...countsOf(report),
    byTeam: talliesOf(report.byTeam),
    byRiskTier: talliesOf(report.byRiskTier),
    byPolicy: talliesOf(report.byPolicy),
    missing: missingOf(report),
    running,
    runningViolations: count,
    violations: [...first],
    ...(error !== null && { error }),
  }
}

export const summaryOf = ({ id, position, report }: Run, runningViolations: number): BacktestSummary => ({
  id,
  position,
  ...countsOf(report),
  runningViolations,
})

const countsOf = ({ decisions, newlyBlocked, newlyAllowed, newlyNeedApproval, unchanged, undecidable }: Counts): Counts => ({
  decisions,
  newlyBlocked,
  newlyAllowed,
  newlyNeedApproval,
  unchanged,
  undecidable,
})

/** Those with the most differences first. */
const talliesOf = (byName: Report['byTeam']): BacktestTally[] =>
  Object.entries(byName)
    .map(([name, counts]) => ({ name, ...countsOf(counts) }))
    .toSorted((a, b) => b.decisions - b.unchanged - (a.decisions - a.unchanged) || b.decisions - a.decisions)

const missingOf = ({ missing }: Report) =>
  Object.entries(missing)
    .map(([path, decisions]) => ({ path, decisions }))
    .toSorted((a, b) => b.decisions - a.decisions)
    .slice(0, mostPaths)

/** 100 only when nothing is left to do. */
function percentOf({ status, position, head }: Run): number {
  if (status === 'finished') return 100
  const reached = head === 0 ? 0 : Math.floor((100 * position) / head)
  return status === 'following' ? reached : Math.min(99, reached)
}

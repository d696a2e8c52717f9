import type { BacktestDifference, BacktestTally, BacktestView, RunningViolation } from '@muster/contracts'
import { bullets, count, fields, instant, sections, table } from '../text.ts'

/* What a backtest found, for people. */

type Counts = Pick<BacktestView, 'decisions' | 'newlyBlocked' | 'newlyAllowed' | 'newlyNeedApproval' | 'unchanged' | 'undecidable'>

/** One line: `of 12 recorded decisions: 3 newly blocked, …`. */
export const countsText = ({ decisions, newlyBlocked, newlyAllowed, newlyNeedApproval, unchanged, undecidable }: Counts): string =>
  `of ${count(decisions, 'recorded decision')}: ${newlyBlocked} newly blocked, ${newlyAllowed} newly allowed, ${newlyNeedApproval} newly need approval, ${unchanged} unchanged, ${undecidable} undecidable`

export function backtestText(
  view: BacktestView,
  { differences, violations }: { readonly differences: readonly BacktestDifference[]; readonly violations: readonly RunningViolation[] },
): string {
  const number = (value: number): string => value.toLocaleString('en')
  const changed = view.newlyBlocked + view.newlyAllowed + view.newlyNeedApproval + view.undecidable
  return sections(
    `Backtest ${view.id} of ${view.policies.join(', ')}: ${count(view.decisions, 'recorded decision')}, up to position ${view.position}.`,
    fields({
      'newly blocked': number(view.newlyBlocked),
      'newly allowed': number(view.newlyAllowed),
      'newly need approval': number(view.newlyNeedApproval),
      unchanged: number(view.unchanged),
      undecidable: `${number(view.undecidable)}${view.missing.length === 0 ? '' : `: ${missingOf(view)} not recorded then`}`,
      'running violations': `${number(view.runningViolations)} of ${number(view.running)} that run`,
    }),
    tallies('By team', view.byTeam),
    tallies('By risk tier', view.byRiskTier),
    tallies('By policy', view.byPolicy),
    differences.length === 0 ? undefined : `What would have come out otherwise:\n${bullets(differences.map(differenceText))}`,
    differences.length < changed ? `… and ${number(changed - differences.length)} more.` : undefined,
    violations.length === 0 ? undefined : `What runs now, and would violate it:\n${bullets(violations.map(violationText))}`,
    violations.length < view.runningViolations ? `… and ${number(view.runningViolations - violations.length)} more.` : undefined,
  )
}

const mostPaths = 5

function missingOf({ missing }: BacktestView): string {
  const named = missing.slice(0, mostPaths).map(({ path, decisions }) => `${path} (${decisions})`)
  return `${named.join(', ')}${missing.length > mostPaths ? ` and ${missing.length - mostPaths} more` : ''}`
}

function tallies(title: string, rows: readonly BacktestTally[]): string | undefined {
  if (rows.length === 0) return undefined
  const headings = [title, 'decisions', 'newly blocked', 'newly allowed', 'newly need approval', 'unchanged', 'undecidable']
  return table(
    headings,
    rows.map(row => [
      row.name,
      ...[row.decisions, row.newlyBlocked, row.newlyAllowed, row.newlyNeedApproval, row.unchanged, row.undecidable].map(String),
    ]),
  )
}

const classes = {
  'newly-blocked': 'newly blocked',
  'newly-allowed': 'newly allowed',
  'newly-needs-approval': 'newly needs approval',
  undecidable: 'undecidable',
} as const

const placeOf = ({ target, team, riskTier }: Pick<BacktestDifference, 'target' | 'team' | 'riskTier'>): string =>
  [
    `${target.model} ${target.version} at ${target.environment}/${target.endpoint}`,
    ...[team, riskTier].filter(part => part !== undefined),
  ].join(', ')

export function differenceText(difference: BacktestDifference): string {
  const { deployment, at, then, now, explanation, missing } = difference
  const why = [...explanation, ...(missing.length > 0 ? [`not recorded then: ${missing.join(', ')}`] : [])]
  const what = `${classes[difference.class]}: ${deployment} (${placeOf(difference)}), ${instant(at)}: ${then} then, ${now} now`
  return [what, ...why.map(line => `    ${line}`)].join('\n')
}

export const violationText = ({ deployment, since, explanation, reasons, ...rest }: RunningViolation): string =>
  [
    `${deployment} (${placeOf(rest)}), since ${instant(since)}`,
    ...(explanation.length > 0 ? explanation : reasons.map(({ message }) => message)).map(line => `    ${line}`),
  ].join('\n')

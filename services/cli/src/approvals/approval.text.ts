import type { ApprovalSummary, ApprovalView, RunningViolation } from '@muster/contracts'
import { violationText } from '../policies/backtest.text.ts'
import { bullets, count, fields, instant, sections, table } from '../text.ts'

const needsOf = ({ needs }: Pick<ApprovalSummary, 'needs'>): string => needs.map(({ role, count }) => `${count} × ${role}`).join(', ')

export const approvalTable = (items: readonly ApprovalSummary[]): string =>
  table(
    ['id', 'status', 'needs', 'for', 'signed', 'asked', 'yours'],
    items.map(approval => [
      approval.id,
      approval.status,
      needsOf(approval),
      approval.about.kind === 'policy' ? `policy ${approval.about.id}` : approval.approvalRules.map(({ id }) => id).join(', '),
      approval.signatures.map(({ by, verdict }) => `${by} (${verdict})`).join(', ') || '-',
      instant(approval.requestedAt),
      approval.mine ? 'yes' : '-',
    ]),
  )

/** What a signature agrees to, with everything that was looked at, or what needs a look and no more. */
export function approvalText(approval: ApprovalView, evidenceShown: 'all' | 'noteworthy', violations: readonly RunningViolation[]): string {
  const {
    id,
    status,
    about,
    digest,
    supersedes,
    changed,
    approvalRules,
    excluded,
    unmapped,
    signatures,
    refusals,
    mine,
    evidence,
    proposal,
  } = approval
  return sections(
    fields({
      approval: id,
      status: `${status}${mine ? ', and you can sign it' : ''}`,
      about: `${about.kind} ${about.id}`,
      version: evidence === undefined ? undefined : `${evidence.target.model} ${evidence.target.version}`,
      place: evidence === undefined ? undefined : `${evidence.target.environment}/${evidence.target.endpoint}`,
      artifact: evidence?.target.artifact,
      digest,
      needs: needsOf(approval),
      'asked by': approvalRules.map(({ id: rule, version }) => `${rule} (version ${version})`).join(', ') || undefined,
      supersedes,
      changed: changed.length === 0 ? undefined : changed.join(', '),
    }),
    section('May not sign', [
      ...excluded.map(({ person, because }) => `${person}: ${because}`),
      ...unmapped.map(name => `nobody can, while "${name}" maps to no person`),
    ]),
    section(
      'Signatures',
      signatures.map(({ by, role, verdict, reason, at }) => `${by} as ${role}, ${instant(at)}: ${verdict}. ${reason.personal}`),
    ),
    section(
      'Refused, on record',
      refusals.map(({ by, because, at }) => `${by}, ${instant(at)}: ${because}`),
    ),
    section(proposal?.isNew ? 'The policy, which is new' : 'What it changes', proposal?.differences ?? []),
    section('Shown before it was submitted', proposal === undefined ? [] : shownOf(proposal)),
    section('Clearances that it would revoke, of what ran then', [
      ...violations.map(violationText),
      ...moreOf(proposal, violations.length),
    ]),
    section('Evidence', evidenceOf(evidence, evidenceShown)),
  )
}

function moreOf(proposal: ApprovalView['proposal'], shown: number): string[] {
  const more = (proposal?.backtest.runningViolations ?? 0) - shown
  return shown > 0 && more > 0 ? [`and ${more.toLocaleString('en')} more: muster policies backtest --watch ${proposal?.backtest.id}`] : []
}

function shownOf({ cases, backtest }: NonNullable<ApprovalView['proposal']>): string[] {
  const { decisions, newlyBlocked, newlyAllowed, newlyNeedApproval, unchanged, undecidable, runningViolations } = backtest
  return [
    `${count(cases, 'case comes', 'cases come')} out as expected`,
    `of ${count(decisions, 'recorded decision', 'recorded decisions')}: ${newlyBlocked} newly blocked, ${newlyAllowed} newly allowed, ${newlyNeedApproval} newly need an approval, ${unchanged} unchanged, ${undecidable} undecidable`,
    `${count(runningViolations, 'deployment runs', 'deployments run')} now that would violate it`,
  ]
}

const section = (title: string, lines: readonly string[]): string | undefined =>
  lines.length === 0 ? undefined : `${title}:\n${bullets(lines)}`

function evidenceOf(evidence: ApprovalView['evidence'], shown: 'all' | 'noteworthy'): string[] {
  if (evidence === undefined) return []
  const { rules, approvalRules } = evidence.check
  const asking = approvalRules.filter(({ needed }) => needed !== false)
  const noteworthy = rules.filter(({ outcome }) => outcome !== 'pass')
  const passed = rules.filter(({ outcome }) => outcome === 'pass')
  return [
    ...asking.flatMap(({ policy, because }) => because.map(({ text, values }) => `${policy} asks: ${text}${readOf([values])}`)),
    ...noteworthy.map(({ policy, rule, mode, outcome, message, missing, because }) => {
      const without = missing.length > 0 ? ` Missing: ${missing.join(', ')}.` : ''
      const decides = mode === 'enforce' ? '' : `(${mode}) `
      return `${decides}${policy}/${rule}: ${outcome}. ${message}${without}${readOf(because.map(({ values }) => values))}`
    }),
    ...(shown === 'all'
      ? passed.map(({ policy, rule, because }) => `${policy}/${rule}: pass${readOf(because.map(({ values }) => values))}`)
      : [count(passed.length, 'rule passes', 'rules pass')]),
  ]
}

const longest = 200

/** Each value that was read, once. */
function readOf(values: readonly Readonly<Record<string, unknown>>[]): string {
  const read = Object.entries(Object.assign({}, ...values) as Record<string, unknown>)
  const text = read.map(([path, value]) => `${path} = ${JSON.stringify(value)}`).join(', ')
  return text === '' ? '' : ` (${text.length > longest ? `${text.slice(0, longest)}…` : text})`
}

import type { ApprovalSummary, ApprovalView } from '@muster/contracts'
import { bullets, fields, instant, sections, table } from '../text.ts'

const needsOf = ({ needs }: Pick<ApprovalSummary, 'needs'>): string => needs.map(({ role, count }) => `${count} × ${role}`).join(', ')

export const approvalTable = (items: readonly ApprovalSummary[]): string =>
  table(
    ['id', 'status', 'needs', 'rules', 'signed', 'asked', 'yours'],
    items.map(approval => [
      approval.id,
      approval.status,
      needsOf(approval),
      approval.approvalRules.map(({ id }) => id).join(', '),
      approval.signatures.map(({ by, verdict }) => `${by} (${verdict})`).join(', ') || '-',
      instant(approval.requestedAt),
      approval.mine ? 'yes' : '-',
    ]),
  )

/** Everything that a signature agrees to, the digest first. */
export function approvalText(approval: ApprovalView): string {
  const { id, status, about, digest, supersedes, changed, approvalRules, excluded, unmapped, signatures, refusals, mine, evidence } =
    approval
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
      'asked by': approvalRules.map(({ id: rule, version }) => `${rule} (version ${version})`).join(', '),
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
    section('Evidence', evidenceOf(evidence)),
  )
}

const section = (title: string, lines: readonly string[]): string | undefined =>
  lines.length === 0 ? undefined : `${title}:\n${bullets(lines)}`

function evidenceOf(evidence: ApprovalView['evidence']): string[] {
  if (evidence === undefined) return []
  const { rules, approvalRules } = evidence.check
  const asking = approvalRules.filter(({ needed }) => needed !== false)
  const noteworthy = rules.filter(({ outcome }) => outcome !== 'pass')
  return [
    ...asking.flatMap(({ policy, because }) => because.map(({ text, values }) => `${policy} asks: ${text}${valuesOf(values)}`)),
    ...noteworthy.map(
      ({ policy, rule, outcome, message, missing }) =>
        `${policy}/${rule}: ${outcome}. ${message}${missing.length > 0 ? ` Missing: ${missing.join(', ')}.` : ''}`,
    ),
    ...rules
      .filter(({ outcome }) => outcome === 'pass')
      .map(({ policy, rule, because }) => `${policy}/${rule}: pass${because.map(({ values }) => valuesOf(values)).join('')}`),
  ]
}

const longest = 200

function valuesOf(values: Readonly<Record<string, unknown>>): string {
  const read = Object.entries(values).map(([path, value]) => `${path} = ${JSON.stringify(value)}`)
  const text = read.join(', ')
  return text === '' ? '' : ` (${text.length > longest ? `${text.slice(0, longest)}…` : text})`
}

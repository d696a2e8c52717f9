import type { DeploymentSummary, DeploymentView, ViolationView } from '@muster/contracts'
import { bullets, fields, instant, sections, table } from '../text.ts'

export const deploymentTable = (items: readonly DeploymentSummary[]): string =>
  table(
    ['id', 'status', 'model', 'version', 'place', 'asked by', 'since', 'why'],
    items.map(({ id, status, target, requestedBy, changedAt, reasons, approvalId }) => [
      id,
      status,
      target.model,
      target.version,
      `${target.environment}/${target.endpoint}`,
      requestedBy,
      instant(changedAt),
      reasons[0]?.message ?? (status === 'approval-required' && approvalId !== undefined ? `approval ${approvalId}` : ''),
    ]),
  )

export function explanationOf({
  id,
  status,
  target,
  requestedBy,
  openedAt,
  check,
  remediation,
  explanation,
  history,
}: DeploymentView): string {
  const steps = status === 'cleared' ? [] : remediation.flatMap(({ policy, steps: todo }) => todo.map(step => `${step} (${policy})`))
  return sections(
    fields({
      deployment: id,
      status,
      version: `${target.model} ${target.version}`,
      place: `${target.environment}/${target.endpoint}`,
      artifact: target.artifact,
      'asked by': `${requestedBy}, ${instant(openedAt)}`,
      checked: check === undefined ? undefined : `at ${check.point}, ${instant(check.at)}, on the log as of ${check.asOf.position}`,
    }),
    bullets(explanation),
    steps.length === 0 ? undefined : `To do:\n${bullets(steps)}`,
    table(
      ['position', 'when', 'what', 'who'],
      history.map(({ position, at, type, actor = '' }) => [String(position), instant(at), type, actor]),
    ),
  )
}

export const violationText = ({ environment, endpoint, kind, running, foundAt, endedAt, message, ...rest }: ViolationView): string =>
  fields({
    place: `${environment}/${endpoint}`,
    what: `${kind}: ${message}`,
    running: `${running.model} ${running.version}`,
    artifact: running.artifact,
    deployment: rest.deployment,
    found: instant(foundAt),
    ended: endedAt === undefined ? undefined : instant(endedAt),
  })

export const violationTable = (items: readonly ViolationView[]): string =>
  table(
    ['place', 'kind', 'running', 'found', 'ended', 'what'],
    items.map(({ environment, endpoint, kind, running, foundAt, endedAt, message }) => [
      `${environment}/${endpoint}`,
      kind,
      `${running.model} ${running.version}`,
      instant(foundAt),
      endedAt === undefined ? '-' : instant(endedAt),
      message,
    ]),
  )

import { subjectOf, type Recorded, type ViolationFound } from '@muster/contracts'
import type { AlertAction, AlertFacts, WatchedEvent } from './watched.ts'

/* Alerts about what runs without a clearance. */

export const violationSubject = (endpoint: string, { kind, running }: Pick<ViolationFound, 'kind' | 'running'>): string =>
  `${endpoint}:${subjectOf('version', running.model, running.version)}:${running.artifact}:${kind}`

export function raiseViolation(recorded: Recorded<WatchedEvent>, event: ViolationFound, { datasets }: AlertFacts): AlertAction {
  const [environment = '', endpoint = ''] = recorded.context.subject.split('/').map(decodeURIComponent)
  const subject = violationSubject(recorded.context.subject, event)
  const { running, kind, message, deployment } = event
  return {
    kind: 'raise',
    key: { kind: 'violation-found', subject },
    alert: {
      kind: 'violation-found',
      subject,
      cause: recorded.id,
      severity: 'critical',
      title: message,
      values: { kind, 'running.artifact': running.artifact },
      model: running.model,
      version: running.version,
      environment,
      endpoint,
      artifact: running.artifact,
      datasets: [...datasets],
      remediation: {
        steps: ['End the roll-out, or roll back to what is cleared.', 'Or declare an intent for what runs, and have it cleared.'],
      },
      links: [
        {
          title: 'Violations at this place',
          href: `/v1/violations?environment=${encodeURIComponent(environment)}&endpoint=${encodeURIComponent(endpoint)}`,
        },
        ...(deployment === undefined ? [] : [{ title: 'The deployment', href: `/v1/deployments/${deployment}` }]),
      ],
    },
  }
}

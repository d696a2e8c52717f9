import { streamName, type Recorded } from '@muster/contracts'
import { checked, raiseDeployment, resolvedByClearance, resolvedByEnd } from './deployment-alerts.ts'
import { parked, quarantined } from './intake-alerts.ts'
import { raiseViolation, violationSubject } from './violation-alerts.ts'
import type { AlertAction, AlertFacts, WatchedEvent } from './watched.ts'

/*
 * What is worth an alert, and what ends one.
 *
 * Alerts about deployments are keyed by the model and the place, not by the intent: ten retries of a blocked intent are one alert, and the
 * clearance that follows ends it. An alert carries what somebody needs to act: the policy and rule, the values that decided, what it
 * concerns, what to do, and where to read on.
 */

export function react(recorded: Recorded<WatchedEvent>, facts: AlertFacts): readonly AlertAction[] {
  const { event, context } = recorded
  switch (event.type) {
    case 'deployment.checked':
      return checked(recorded, event, facts)
    case 'deployment.cleared':
      return resolvedByClearance(event.target, `Deployment ${context.subject} was cleared.`)
    case 'deployment.blocked':
      return event.reasons.map(reason => raiseDeployment('deployment-blocked', recorded, event.target, reason, facts, 'is blocked'))
    case 'deployment.refused':
      return event.reasons.map(reason => raiseDeployment('deployment-refused', recorded, event.target, reason, facts, 'was refused'))
    case 'deployment.lapsed':
      return event.reasons.map(reason => raiseDeployment('deployment-lapsed', recorded, event.target, reason, facts, 'lapsed'))
    case 'deployment.revoked':
      return event.reasons.map(reason =>
        raiseDeployment('deployment-revoked', recorded, event.target, reason, facts, 'lost its clearance', event.remediation),
      )
    case 'rollout.ended': {
      const [environment = '', endpoint = ''] = context.subject.split('/').map(decodeURIComponent)
      return [resolvedByEnd({ model: event.model, version: event.version, environment, endpoint })]
    }
    case 'violation.found':
      return [raiseViolation(recorded, event, facts)]
    case 'violation.ended': {
      const because = {
        'rollout-ended': 'It no longer runs.',
        cleared: 'It was cleared.',
        'other-kind': 'It is a violation of another kind now.',
      }
      return [
        { kind: 'resolve', kinds: ['violation-found'], subject: violationSubject(context.subject, event), because: because[event.because] },
      ]
    }
    case 'quarantine.entered':
      return [quarantined(recorded, event)]
    case 'quarantine.released':
      return [
        {
          kind: 'resolve',
          kinds: ['quarantined'],
          subject: streamName('quarantine', context.subject),
          because: `It was ${event.outcome}.`,
        },
      ]
    case 'parking.entered':
      return [parked(recorded, event)]
    case 'parking.released':
      return [{ kind: 'resolve', kinds: ['parked'], subject: recorded.stream, because: 'What waited was processed.' }]
    case 'deployment.opened':
    case 'deployment.approval-required':
    case 'endpoint.registered':
    case 'rollout.observed':
      return []
  }
}

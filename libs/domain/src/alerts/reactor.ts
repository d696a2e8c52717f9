import {
  streamName,
  subjectOf,
  type AlertKind,
  type AlertRaised,
  type Check,
  type DeploymentEvent,
  type ParkingEvent,
  type Policy,
  type QuarantineEvent,
  type Reason,
  type Recorded,
  type RuleCheck,
  type Severity,
  type Target,
  type ViolationEvent,
  type ViolationFound,
} from '@muster/contracts'
import type { AlertKey } from './alert.ts'

/*
 * What is worth an alert, and what ends one.
 *
 * Alerts about deployments are keyed by the model and the place, not by the intent: ten retries of a blocked intent are one alert, and the
 * clearance that follows ends it. An alert carries what somebody needs to act: the policy and rule, the values that decided, what it
 * concerns, what to do, and where to read on.
 */

export type WatchedEvent = DeploymentEvent | ViolationEvent | QuarantineEvent | ParkingEvent

/** What the reactor must know beside the event itself. */
export interface AlertFacts {
  /** The newest check of the deployment up to the event, where it concerns one. */
  readonly check?: Check | undefined
  /** The data sets that the version names. */
  readonly datasets: readonly string[]
  readonly policyOf: (id: string, version: number) => Policy | undefined
}

export type AlertAction =
  | { readonly kind: 'raise'; readonly key: AlertKey; readonly alert: Omit<AlertRaised, 'type'> }
  /** Ends every open alert of these kinds about the subject, or only those of one rule. */
  | {
      readonly kind: 'resolve'
      readonly kinds: readonly AlertKind[]
      readonly subject: string
      readonly rule?: string
      readonly because: string
    }

export function react(recorded: Recorded<WatchedEvent>, facts: AlertFacts): readonly AlertAction[] {
  const { event, context } = recorded
  switch (event.type) {
    case 'deployment.checked':
      return checked(recorded, event, facts)
    case 'deployment.cleared':
      return [resolveDeployment(event.target, `Deployment ${context.subject} was cleared.`)]
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
      return []
  }
}

/** What a clearance ends: an approval that was newly required was given by then, or is required no longer. */
const deploymentKinds = [
  'deployment-blocked',
  'deployment-refused',
  'deployment-lapsed',
  'deployment-revoked',
  'approval-newly-required',
] as const

export const deploymentSubject = ({ model, environment, endpoint }: Target): string =>
  `${subjectOf('model', model)}@${subjectOf('endpoint', environment, endpoint)}`

const violationSubject = (endpoint: string, { kind, running }: Pick<ViolationFound, 'kind' | 'running'>): string =>
  `${endpoint}:${subjectOf('version', running.model, running.version)}:${running.artifact}:${kind}`

const resolveDeployment = (target: Target, because: string): AlertAction => ({
  kind: 'resolve',
  kinds: deploymentKinds,
  subject: deploymentSubject(target),
  because,
})

type Checked = Extract<DeploymentEvent, { type: 'deployment.checked' }>

/** Rules in mode `warn` that failed, those that pass again, and approvals that a cleared deployment would need today. */
function checked(recorded: Recorded<WatchedEvent>, event: Checked, facts: AlertFacts): AlertAction[] {
  const { target } = event
  const warned = event.rules.filter(({ mode }) => mode === 'warn')
  const failed = warned.filter(({ outcome }) => outcome !== 'pass')
  const actions = failed.map(rule => {
    const reason: Reason = { code: 'rule-failed', message: rule.message, policy: rule.policy, version: rule.version, rule: rule.rule }
    return raiseDeployment('rule-warned', recorded, target, reason, { ...facts, check: event }, `has a warning`)
  })
  const asked = event.newlyAsked.map(policy => {
    const message = `Approval rule ${policy} would ask for an approval today.`
    const reason: Reason = { code: 'rule-failed', message, policy }
    return raiseDeployment('approval-newly-required', recorded, target, reason, { ...facts, check: event }, 'would need an approval today')
  })
  const passed = warned
    .filter(({ outcome }) => outcome === 'pass')
    .map(({ policy, rule }): AlertAction => ({
      kind: 'resolve',
      kinds: ['rule-warned'],
      subject: deploymentSubject(target),
      rule: `${policy}/${rule}`,
      because: 'The rule passes.',
    }))
  return [...actions, ...asked, ...passed]
}

function raiseDeployment(
  kind: AlertKind,
  recorded: Recorded<WatchedEvent>,
  target: Target,
  reason: Reason,
  { check, datasets, policyOf }: AlertFacts,
  what: string,
  remediation?: AlertRaised['remediation'],
): AlertAction {
  const { model, version, environment, endpoint } = target
  const rule = check?.rules.find(one => one.policy === reason.policy && one.rule === reason.rule)
  const policy = rule === undefined ? undefined : policyOf(rule.policy, rule.version)
  const decided = rule ?? (reason.rule === undefined ? check?.approvalRules.find(one => one.policy === reason.policy) : undefined)
  const key = reason.policy === undefined ? reason.code : reason.rule === undefined ? reason.policy : `${reason.policy}/${reason.rule}`
  return {
    kind: 'raise',
    key: { kind, subject: deploymentSubject(target), rule: key },
    alert: {
      kind,
      subject: deploymentSubject(target),
      cause: recorded.id,
      severity: rule?.severity ?? (kind === 'deployment-lapsed' ? 'low' : 'high'),
      title: `${model} ${version} at ${environment}/${endpoint} ${what}: ${reason.message}`,
      ...(decided !== undefined && {
        policy: {
          id: decided.policy,
          version: decided.version,
          digest: decided.digest,
          ...(rule !== undefined && { rule: rule.rule, message: rule.message }),
        },
      }),
      values: decided === undefined ? {} : valuesOf(decided),
      model,
      version,
      environment,
      endpoint,
      ...(target.artifact !== undefined && { artifact: target.artifact }),
      datasets: [...datasets],
      remediation: remediation ?? { steps: [...(policy?.remediation?.steps ?? [])] },
      links: [
        {
          title: 'The deployment with its explanation',
          href: `/v1/deployments/${recorded.context.subject}`,
        },
      ],
    },
  }
}

const valuesOf = ({
  because,
  missing = [],
}: Pick<RuleCheck, 'because'> & Partial<Pick<RuleCheck, 'missing'>>): { [path: string]: unknown } => ({
  ...Object.fromEntries(missing.map(path => [path, 'missing'])),
  ...Object.assign({}, ...because.map(({ values }) => values)),
})

function raiseViolation(recorded: Recorded<WatchedEvent>, event: ViolationFound, { datasets }: AlertFacts): AlertAction {
  const [environment, endpoint] = recorded.context.subject.split('/').map(decodeURIComponent)
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
      ...(environment !== undefined && { environment }),
      ...(endpoint !== undefined && { endpoint }),
      artifact: running.artifact,
      datasets: [...datasets],
      remediation: {
        steps: ['End the roll-out, or roll back to what is cleared.', 'Or declare an intent for what runs, and have it cleared.'],
      },
      links: [
        { title: 'Violations at this place', href: `/v1/violations?endpoint=${encodeURIComponent(recorded.context.subject)}` },
        ...(deployment === undefined ? [] : [{ title: 'The deployment', href: `/v1/deployments/${deployment}` }]),
      ],
    },
  }
}

function quarantined(
  recorded: Recorded<WatchedEvent>,
  { reason, topic, claimed }: Extract<QuarantineEvent, { type: 'quarantine.entered' }>,
): AlertAction {
  const subject = streamName('quarantine', recorded.context.subject)
  const severity: Severity = reason.code === 'conflicting-digest' || reason.code === 'id-reused' ? 'high' : 'medium'
  return {
    kind: 'raise',
    key: { kind: 'quarantined', subject },
    alert: {
      kind: 'quarantined',
      subject,
      cause: recorded.id,
      severity,
      title: `A message from ${topic} was quarantined (${reason.code}): ${reason.message}`,
      values: {
        ...claimed,
        ...(reason.path !== undefined && { path: reason.path }),
      },
      datasets: [],
      remediation: { steps: ['Read the message and its reason.', 'Mend the sender; then replay it, or discard it with a reason.'] },
      links: [
        {
          title: 'The message',
          href: `/v1/quarantine/${recorded.context.subject}`,
        },
      ],
    },
  }
}

function parked(
  recorded: Recorded<WatchedEvent>,
  { reason, position, event }: Extract<ParkingEvent, { type: 'parking.entered' }>,
): AlertAction {
  return {
    kind: 'raise',
    key: { kind: 'parked', subject: recorded.stream },
    alert: {
      kind: 'parked',
      subject: recorded.stream,
      cause: recorded.id,
      severity: 'high',
      title: `${recorded.context.subject} is parked at position ${position}: ${reason}`,
      values: {
        position,
        event,
      },
      datasets: [],
      remediation: { steps: ['Mend what the reason names.', 'Retry the key; what waits behind it follows in order.'] },
      links: [
        {
          title: 'What is parked',
          href: '/v1/parked',
        },
      ],
    },
  }
}

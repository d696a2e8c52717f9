import {
  subjectOf,
  type AlertKind,
  type AlertRaised,
  type DeploymentEvent,
  type Reason,
  type Recorded,
  type RuleCheck,
  type Target,
} from '@muster/contracts'
import type { AlertAction, AlertFacts, WatchedEvent } from './watched.ts'

/* Alerts about deployments, keyed by the model and the place. */

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

export const resolveDeployment = (target: Target, because: string): AlertAction => ({
  kind: 'resolve',
  kinds: deploymentKinds,
  subject: deploymentSubject(target),
  because,
})

type Checked = Extract<DeploymentEvent, { type: 'deployment.checked' }>

/** Rules in mode `warn` that failed, those that pass again, and approvals that a cleared deployment would need today. */
export function checked(recorded: Recorded<WatchedEvent>, event: Checked, facts: AlertFacts): AlertAction[] {
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

export function raiseDeployment(
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

import {
  isUnmet,
  subjectOf,
  type AlertKind,
  type AlertRaised,
  type DeploymentEvent,
  type Reason,
  type Recorded,
  type Target,
  type UnmetRule,
} from '@muster/contracts'
import type { AlertAction, AlertFacts, WatchedEvent } from './watched.ts'

/*
 * Alerts about deployments, never keyed by the intent: ten retries of a blocked one are one alert.
 *
 * What did not come to run concerns the model at a place, each version for itself; the clearance of any version there ends it, for the place
 * has what it needs. What runs or may run concerns one version there, until that version is cleared again or no longer runs.
 */

type Place = Pick<Target, 'model' | 'environment' | 'endpoint'>

export const placeSubject = ({ model, environment, endpoint }: Place): string =>
  `${subjectOf('model', model)}@${subjectOf('endpoint', environment, endpoint)}`

export const versionSubject = ({ model, version, environment, endpoint }: Place & Pick<Target, 'version'>): string =>
  `${subjectOf('version', model, version)}@${subjectOf('endpoint', environment, endpoint)}`

const notCome: readonly AlertKind[] = ['deployment-blocked', 'deployment-refused', 'deployment-lapsed']

export const resolvedByClearance = (target: Target, because: string): AlertAction[] => [
  { kind: 'resolve', kinds: notCome, subject: placeSubject(target), because },
  { kind: 'resolve', kinds: ['deployment-revoked', 'approval-newly-required'], subject: versionSubject(target), because },
]

export const resolvedByEnd = (ended: Place & Pick<Target, 'version'>): AlertAction => ({
  kind: 'resolve',
  kinds: ['deployment-revoked', 'approval-newly-required', 'rule-warned'],
  subject: versionSubject(ended),
  because: 'It no longer runs.',
})

type Checked = Extract<DeploymentEvent, { type: 'deployment.checked' }>

/** Rules in mode `warn` that failed, the end of warnings that stand no longer, and approvals that a cleared deployment would need today. */
export function checked(recorded: Recorded<WatchedEvent>, event: Checked, facts: AlertFacts): AlertAction[] {
  const { target } = event
  const failed = unmet(event).filter(({ mode }) => mode === 'warn')
  const actions = failed.map(rule => {
    const reason: Reason = { code: 'rule-failed', message: rule.message, policy: rule.policy, version: rule.version, rule: rule.rule }
    return raiseDeployment('rule-warned', recorded, target, reason, { ...facts, check: event }, `has a warning`)
  })
  const asked = event.newlyAsked.map(policy => {
    const message = `Approval rule ${policy} would ask for an approval today.`
    const reason: Reason = { code: 'rule-failed', message, policy }
    return raiseDeployment('approval-newly-required', recorded, target, reason, { ...facts, check: event }, 'would need an approval today')
  })
  const resolved: AlertAction = {
    kind: 'resolve',
    kinds: ['rule-warned'],
    subject: versionSubject(target),
    except: failed.map(({ policy, rule }) => `${policy}/${rule}`),
    because: 'The rule passes, or warns no longer.',
  }
  return [resolved, ...actions, ...asked]
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
  // Of the version that the reason names: another may be tried in shadow beside it.
  const rule = unmet(check).find(one => one.policy === reason.policy && one.version === reason.version && one.rule === reason.rule)
  const policy = rule === undefined ? undefined : policyOf(rule.policy, rule.version)
  const decided = rule ?? (reason.rule === undefined ? check?.approvalRules.find(one => one.policy === reason.policy) : undefined)
  const cause = reason.policy === undefined ? reason.code : reason.rule === undefined ? reason.policy : `${reason.policy}/${reason.rule}`
  const key = notCome.includes(kind)
    ? { subject: placeSubject(target), rule: `${version}: ${cause}` }
    : { subject: versionSubject(target), rule: cause }
  return {
    kind: 'raise',
    key: { kind, ...key },
    alert: {
      kind,
      subject: key.subject,
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

const unmet = (check: AlertFacts['check']): readonly UnmetRule[] => check?.rules.filter(isUnmet) ?? []

const valuesOf = ({
  because,
  missing = [],
}: Pick<UnmetRule, 'because'> & Partial<Pick<UnmetRule, 'missing'>>): { [path: string]: unknown } => ({
  ...Object.fromEntries(missing.map(path => [path, 'missing'])),
  ...Object.assign({}, ...because.map(({ values }) => values)),
})

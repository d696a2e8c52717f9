import type { Check, DeploymentEvent, DeploymentView, ExplainedCheck, Reason, Recorded, RuleCheck } from '@muster/contracts'
import { deployment, explainedCheck, isFinal, stepsOf, type DeploymentState, type PolicyVersionOf } from '@muster/domain'
import { fold } from '@muster/kernel'
import { explain } from '@muster/policy'

/** A deployment with its explanation, from its own stream: the answer is as good as the log, whatever the read models have seen. */
export function deploymentView(
  id: string,
  history: readonly Recorded<DeploymentEvent>[],
  policyOf: PolicyVersionOf,
): DeploymentView | undefined {
  const state = fold(
    deployment,
    history.map(({ event }) => event),
  )
  const [opened] = history
  const newest = history.at(-1)
  if (state.status === 'none' || opened === undefined || newest === undefined) return undefined
  const checked = history.findLast(isChecked)
  const check = checked === undefined ? undefined : explainedCheck(checkOf(checked), policyOf)
  const reasons = reasonsOf(history)
  return {
    id,
    status: state.status,
    target: state.target,
    requestedBy: state.requestedBy,
    openedAt: opened.recordedtime,
    changedAt: newest.recordedtime,
    position: newest.position,
    reasons,
    ...approvalOf(state),
    missing: state.status === 'waiting' ? [...state.missing] : [],
    ...(checked !== undefined && check !== undefined && { check: { ...check, event: checked.id } }),
    remediation: remediationOf(check?.rules ?? [], policyOf),
    explanation: [...explanationOf(state, reasons, check), ...deadlineOf(history)],
    history: history.map(({ id: event, event: { type }, recordedtime, position, context }) => ({
      event,
      type,
      at: recordedtime,
      position,
      ...(context.causationid !== undefined && { cause: context.causationid }),
      ...(context.authid !== undefined && { actor: context.authid }),
    })),
  }
}

type Checked = Extract<DeploymentEvent, { type: 'deployment.checked' }>
const isChecked = (recorded: Recorded<DeploymentEvent>): recorded is Recorded<Checked> => recorded.event.type === 'deployment.checked'

function checkOf({ event }: Recorded<Checked>): Check {
  const { type: _, newlyAsked: __, ...check } = event
  return check
}

const approvalOf = (state: DeploymentState): { approvalId?: string } => {
  if (state.status === 'approval-required') return { approvalId: state.question.approvalId }
  return state.status === 'cleared' && state.approvalId !== undefined ? { approvalId: state.approvalId } : {}
}

/** Why it is where it is: the reasons of its newest outcome. */
function reasonsOf(history: readonly Recorded<DeploymentEvent>[]): Reason[] {
  const newest = history.findLast(({ event }) => event.type !== 'deployment.checked')?.event
  return newest !== undefined && 'reasons' in newest ? [...newest.reasons] : []
}

function remediationOf(rules: readonly RuleCheck[], policyOf: PolicyVersionOf): DeploymentView['remediation'] {
  const failed = new Map(rules.filter(({ outcome }) => outcome !== 'pass').map(({ policy, version }) => [policy, version]))
  return [...failed].flatMap(([policy, version]) => {
    const document = policyOf(policy, version)?.document
    const steps = document === undefined ? [] : stepsOf([document])
    return steps.length === 0 ? [] : [{ policy, steps }]
  })
}

/** Until when what still runs must be gone. */
function deadlineOf(history: readonly Recorded<DeploymentEvent>[]): string[] {
  const newest = history.at(-1)?.event
  return newest?.type === 'deployment.revoked' ? [`Running after ${newest.remediation.by} is a violation.`] : []
}

const sentences: Record<Exclude<DeploymentState['status'], 'none'>, string> = {
  waiting: 'It waits for what is not registered yet.',
  'approval-required': 'People must agree before it may run.',
  cleared: 'It may run: this artifact, in this environment, at this endpoint, and nothing else.',
  blocked: 'It is blocked. This is final: mend what stands in the way and declare a new intent.',
  refused: 'People were asked and said no. This is final.',
  lapsed: 'It lapsed undecided. This is final: declare a new intent.',
  revoked: 'Its clearance was revoked. What still runs must be remediated.',
}

function explanationOf(state: DeploymentState, reasons: readonly Reason[], check: ExplainedCheck | undefined): string[] {
  if (state.status === 'none') return []
  const rules = check?.rules ?? []
  const asking = (check?.approvalRules ?? []).filter(({ needed }) => needed !== false)
  const { model, version, environment, endpoint } = state.target
  const noteworthy = rules.filter(({ outcome, mode }) => outcome !== 'pass' || mode !== 'enforce')
  const passed = rules.length - noteworthy.length
  return [
    `${model} ${version} at ${environment}/${endpoint}: ${sentences[state.status]}`,
    ...(state.status === 'waiting' ? state.missing.map(stream => `Not registered: ${stream}.`) : []),
    // A reason that a rule gives is told by the rule below, with its values.
    ...(isFinal(state) ? reasons.filter(({ rule }) => rule === undefined).map(({ message }) => message) : []),
    ...noteworthy.map(rule => `${rule.mode === 'enforce' ? '' : `(${rule.mode}) `}${explain({ ...rule, reads: [] })}`),
    ...(passed === 0 ? [] : [`${passed} ${passed === 1 ? 'rule passes' : 'rules pass'}.`]),
    ...asking.map(sentenceOf),
    ...(state.status === 'approval-required' ? questionOf(state.question) : []),
  ]
}

function sentenceOf({ policy, mode, needed, because }: ExplainedCheck['approvalRules'][number]): string {
  const why = because.map(({ text, values, result }) => {
    const read = Object.entries(values).map(([path, value]) => `${path} = ${JSON.stringify(value)}`)
    return `${text} is ${String(result)}${read.length === 0 ? '' : ` (${read.join(', ')})`}`
  })
  const asks = mode === 'enforce' ? 'asks for an approval' : `would ask for an approval (${mode})`
  return `${policy} ${asks}${needed === true ? '' : `, since its condition is ${needed === 'error' ? 'in error' : 'unknown'}`}: ${why.join('; ')}.`
}

function questionOf({
  approvalId,
  needs,
  excluded,
  unmapped,
  approvalRules,
}: Extract<DeploymentState, { status: 'approval-required' }>['question']): string[] {
  const asked = needs.map(({ role, count }) => `${count} × ${role}`).join(', ')
  return [
    `Approval ${approvalId} asks for ${asked}, by ${approvalRules.map(({ id }) => id).join(', ')}.`,
    ...excluded.map(({ person, because }) => `${person} may not sign: ${because}.`),
    ...unmapped.map(name => `Nobody can sign while "${name}" maps to no person.`),
  ]
}

import type { ApprovalRequired, Check, ClaimedName, DeploymentEvent, Reason, Target } from '@muster/contracts'
import { record, reject, unchanged, type Decider, type Decision } from '@muster/kernel'
import { changedPaths, outcomesChanged } from './change.ts'
import type { CheckResult } from './check.ts'
import { revokes } from './judgement.ts'

/*
 * Deployment: may this version run there?
 * Stream `deployment-<intent id>`: opened; checked any number of times; approval required, cleared, blocked, refused or lapsed; revoked.
 *
 * Blocked, refused, lapsed and revoked are final: otherwise last month's blocked intent could clear by itself and be deployed. What people
 * are asked is bound to a digest, and their answer counts only while that digest is the present one.
 */

type OpenDeployment = {
  type: 'open-deployment'
  id: string
  target: Target
  requestedBy: ClaimedName
  missing: readonly string[]
  lapsesAt: string
}
/**
 * `missing`: what is not registered yet, for which it waits at the beginning. `held`: something that its facts come from waits to be
 * processed, so that nothing may be decided on them; a clearance may still fall. `remediation`: what to do if it falls, and until when.
 */
type CheckDeployment = { type: 'check-deployment'; missing: readonly string[]; held: boolean; remediation: Remediation } & CheckResult
type AnswerDeployment = {
  type: 'answer-deployment'
  approvalId: string
  deployment: string
  digest: string
  answer: 'granted' | 'rejected'
}
/** `missing`: what is still not registered. */
type LapseDeployment = { type: 'lapse-deployment'; at: string; missing: readonly string[] }
type WithdrawDeployment = { type: 'withdraw-deployment'; at: string }
export type DeploymentCommand = OpenDeployment | CheckDeployment | AnswerDeployment | LapseDeployment | WithdrawDeployment

/** `other-content`: the answer is to a question that is no longer asked. */
export type DeploymentRejection = 'not-found' | 'other-content' | 'not-due'

type Remediation = { steps: string[]; by: string }
type Opened = { id: string; target: Target; requestedBy: ClaimedName; missing: readonly string[]; lapsesAt: string }
/** `asked` counts the approvals asked for so far: each has an id of its own. */
type Known = Opened & { asked: number }
export type DeploymentState =
  | { status: 'none' }
  | ({ status: 'waiting'; check?: Check } & Known)
  | ({ status: 'approval-required'; check: Check; question: ApprovalRequired } & Known)
  | ({ status: 'cleared'; check: Check; materialDigest: string; approvalId?: string } & Known)
  | ({ status: 'blocked' | 'refused' | 'lapsed' | 'revoked'; check?: Check } & Known)

type Outcome = Decision<DeploymentEvent, DeploymentRejection>

function open({ type: _, ...opened }: OpenDeployment, deployment: DeploymentState): Outcome {
  if (deployment.status !== 'none') return unchanged
  return record({ type: 'deployment.opened', ...opened, missing: [...opened.missing] })
}

function check({ check: found, judgement, missing, held, remediation }: CheckDeployment, deployment: DeploymentState): Outcome {
  // Older than what was decided on: a step that comes again, or a holder that has lost its lock and does not know.
  if ('check' in deployment && deployment.check !== undefined && found.asOf.position < deployment.check.asOf.position) return unchanged
  switch (deployment.status) {
    case 'none':
      return reject('not-found')
    case 'waiting':
      if (held || missing.length > 0) return unchanged
      return record({ type: 'deployment.checked', ...found, newlyAsked: [] }, outcomeOf(found, judgement, deployment))
    case 'approval-required':
      if (held) return unchanged
      if (found.materialDigest === deployment.question.digest && judgement.verdict === 'approval-required') return unchanged
      return record({ type: 'deployment.checked', ...found, newlyAsked: [] }, outcomeOf(found, judgement, deployment))
    case 'cleared': {
      if (revokes(judgement)) {
        const { materialDigest } = found
        return record(
          { type: 'deployment.checked', ...found, newlyAsked: [] },
          { type: 'deployment.revoked', target: deployment.target, materialDigest, reasons: [...judgement.reasons], remediation },
        )
      }
      // What is cleared stays so while no rule stands in the way: that an approval would be needed today is recorded and told, no more.
      if (!outcomesChanged(deployment.check, found)) return unchanged
      return record({ type: 'deployment.checked', ...found, newlyAsked: newlyAsked(deployment.check, found) })
    }
    case 'blocked':
    case 'refused':
    case 'lapsed':
    case 'revoked':
      return unchanged
  }
}

type Undecided = Extract<DeploymentState, { status: 'waiting' | 'approval-required' }>

function outcomeOf(found: Check, judgement: CheckResult['judgement'], deployment: Undecided): DeploymentEvent {
  const { target, materialDigest } = found
  const superseded = deployment.status === 'approval-required' ? { supersedes: deployment.question.approvalId } : {}
  switch (judgement.verdict) {
    case 'cleared':
      return { type: 'deployment.cleared', target, materialDigest, ...superseded }
    case 'blocked':
      return { type: 'deployment.blocked', target, materialDigest, reasons: [...judgement.reasons], ...superseded }
    case 'approval-required':
      return {
        type: 'deployment.approval-required',
        approvalId: `${deployment.id}.${deployment.asked + 1}`,
        target,
        about: { kind: 'deployment', id: deployment.id },
        digest: materialDigest,
        ...superseded,
        changed: deployment.status === 'approval-required' ? changedPaths(deployment.check, found) : [],
        ...judgement.question,
      }
  }
}

/** Approval rules that ask now and did not when it was checked before. */
const newlyAsked = (before: Check, after: Check): string[] => {
  const asked = ({ approvalRules }: Check) =>
    approvalRules.filter(({ mode, needed }) => mode === 'enforce' && needed !== false).map(({ policy }) => policy)
  const earlier = asked(before)
  return asked(after).filter(policy => !earlier.includes(policy))
}

function answer({ approvalId, deployment: about, digest, answer: given }: AnswerDeployment, deployment: DeploymentState): Outcome {
  if (deployment.status === 'none') return reject('not-found')
  if (deployment.status !== 'approval-required') return isRepeat(deployment, approvalId, given) ? unchanged : reject('other-content')
  const { question, target } = deployment
  if (question.approvalId !== approvalId || deployment.id !== about || question.digest !== digest) return reject('other-content')
  if (given === 'granted') return record({ type: 'deployment.cleared', target, materialDigest: digest, approvalId })
  const reasons: [Reason] = [{ code: 'approval-rejected', message: `Approval ${approvalId} was rejected.` }]
  return record({ type: 'deployment.refused', target, materialDigest: digest, approvalId, reasons })
}

const isRepeat = (deployment: DeploymentState, approvalId: string, given: 'granted' | 'rejected'): boolean =>
  (given === 'granted' && deployment.status === 'cleared' && deployment.approvalId === approvalId) ||
  (given === 'rejected' && deployment.status === 'refused' && `${deployment.id}.${deployment.asked}` === approvalId)

function lapse({ at, missing }: LapseDeployment, deployment: DeploymentState): Outcome {
  if (deployment.status === 'none') return reject('not-found')
  if (deployment.status === 'lapsed') return unchanged
  if (deployment.status !== 'waiting' || Date.parse(at) < Date.parse(deployment.lapsesAt)) return reject('not-due')
  const message = `Not registered in time: ${missing.join(', ')}.`
  return record({ type: 'deployment.lapsed', target: deployment.target, reasons: [{ code: 'not-registered-in-time', message }] })
}

function withdraw({ at }: WithdrawDeployment, deployment: DeploymentState): Outcome {
  const reasons: [Reason] = [{ code: 'intent-withdrawn', message: 'The intent was withdrawn.' }]
  switch (deployment.status) {
    case 'none':
      return reject('not-found')
    case 'waiting':
      return record({ type: 'deployment.lapsed', target: deployment.target, reasons })
    case 'approval-required':
      return record({ type: 'deployment.lapsed', target: deployment.target, reasons, supersedes: deployment.question.approvalId })
    case 'cleared': {
      const { target, materialDigest } = deployment
      return record({ type: 'deployment.revoked', target, materialDigest, reasons, remediation: { steps: ['End the roll-out.'], by: at } })
    }
    case 'blocked':
    case 'refused':
    case 'lapsed':
    case 'revoked':
      return unchanged
  }
}

function evolve(deployment: DeploymentState, event: DeploymentEvent): DeploymentState {
  if (event.type === 'deployment.opened') {
    const { type: _, ...opened } = event
    return { status: 'waiting', ...opened, asked: 0 }
  }
  if (deployment.status === 'none') return deployment
  const { id, target, requestedBy, missing, lapsesAt, asked } = deployment
  const known: Known = { id, target, requestedBy, missing, lapsesAt, asked }
  const checked = 'check' in deployment && deployment.check !== undefined ? { check: deployment.check } : {}
  switch (event.type) {
    case 'deployment.checked': {
      const { type: _, newlyAsked: __, ...found } = event
      return { ...deployment, check: found }
    }
    case 'deployment.approval-required':
      return 'check' in checked
        ? { status: 'approval-required', ...known, target: event.target, check: checked.check, question: event, asked: asked + 1 }
        : deployment
    case 'deployment.cleared': {
      const approval = event.approvalId === undefined ? {} : { approvalId: event.approvalId }
      return 'check' in checked
        ? { status: 'cleared', ...known, target: event.target, check: checked.check, materialDigest: event.materialDigest, ...approval }
        : deployment
    }
    case 'deployment.blocked':
      return { status: 'blocked', ...known, target: event.target, ...checked }
    case 'deployment.refused':
      return { status: 'refused', ...known, ...checked }
    case 'deployment.lapsed':
      return { status: 'lapsed', ...known, ...checked }
    case 'deployment.revoked':
      return { status: 'revoked', ...known, ...checked }
  }
}

export const deployment: Decider<DeploymentCommand, DeploymentState, DeploymentEvent, DeploymentRejection> = {
  category: 'deployment',
  initial: { status: 'none' },
  evolve,
  decide(command, state) {
    switch (command.type) {
      case 'open-deployment':
        return open(command, state)
      case 'check-deployment':
        return check(command, state)
      case 'answer-deployment':
        return answer(command, state)
      case 'lapse-deployment':
        return lapse(command, state)
      case 'withdraw-deployment':
        return withdraw(command, state)
    }
  },
}

export const isFinal = ({ status }: DeploymentState): boolean =>
  status === 'blocked' || status === 'refused' || status === 'lapsed' || status === 'revoked'

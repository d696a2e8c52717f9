import type { Target } from '@muster/contracts'
import {
  factsOf,
  isAffected,
  isSameRollout,
  missingRegistrations,
  peopleOf,
  performCheck,
  remediationOf,
  type DecisionPoint,
  type DeploymentCommand,
  type Evidence,
  type InForce,
  type PersonOf,
} from '@muster/domain'
import type { Sha256 } from '@muster/kernel'
import type { Origin } from '@muster/nest-host'
import type { DeploymentOrder } from './deployment.handler.ts'
import type { Gathered } from './evidence.reader.ts'
import type { Answer } from './news.ts'
import type { OpenRow, Progress } from './open-deployments/rows.ts'

/* What one deployment is told in one step: pure, from its evidence, the catalogue and the instant. */

/** A deployment that a step is about: what is known of it, why it is looked at, and what people answered. */
export interface Concern {
  readonly id: string
  readonly row?: OpenRow | undefined
  readonly origin: Origin
  readonly answers: readonly Answer[]
}

/** Where a step stands: the same for every deployment in it. */
export interface Step {
  readonly asOf: Progress
  readonly at: string
  readonly catalogue: InForce
  readonly personOf: PersonOf
  readonly sha256: Sha256
}

const day = 24 * 60 * 60 * 1000

/**
 * `held`: streams of the facts that wait to be processed, or hold what this release does not know. Nothing is decided on them, and an answer
 * waits with them; a clearance may still fall, unless the facts cannot be read at all.
 * @throws Held for an answer that must wait.
 */
export function ordersFor({ id, row, origin, answers }: Concern, evidence: Gathered, held: readonly string[], step: Step): Told {
  const { intent } = evidence
  const { at } = step
  const missing = [...missingRegistrations(evidence)]
  const lapsesAt = new Date(Date.parse(intent.recordedAt) + day).toISOString()
  const target = targetOf(evidence)
  const commands: DeploymentCommand[] = []
  let checked: Pick<Told, 'nextCheckAt' | 'applied'> = {}

  if (row === undefined) commands.push({ type: 'open-deployment', id, target, requestedBy: intent.requestedBy, missing, lapsesAt })
  if (evidence.withdrawn) commands.push({ type: 'withdraw-deployment', at })
  else if (evidence.unreadable.length === 0) {
    const result = check(id, row, evidence, target, step)
    const { nextCheckAt, policies } = result.check
    checked = { nextCheckAt, applied: policies.filter(({ applies }) => applies !== false).map(({ policy }) => policy) }
    commands.push({
      type: 'check-deployment',
      ...result,
      missing,
      held: held.length > 0,
      remediation: remediationOf(result, step.catalogue),
    })
  }
  if (missing.length > 0 && Date.parse(at) >= Date.parse(lapsesAt)) commands.push({ type: 'lapse-deployment', at, missing })
  if (answers.length > 0 && held.length > 0 && !evidence.withdrawn) throw new Held(id, held)
  // Behind the check: an answer counts only while what it answers is still asked.
  for (const { approvalId, deployment, digest, answer } of answers) {
    commands.push({ type: 'answer-deployment', approvalId, deployment, digest, answer })
  }
  return { orders: commands.map(command => ({ id, model: intent.model, command, origin })), ...checked }
}

export interface Told {
  readonly orders: readonly DeploymentOrder[]
  /** Of the check, if one was made: when to make the next one, and which documents applied, certainly or perhaps. */
  readonly nextCheckAt?: string
  readonly applied?: readonly string[]
}

/** The key of the answer is parked, behind what it waits for: retry that first. */
export class Held extends Error {
  override readonly name = 'Held'
  constructor(deployment: string, streams: readonly string[]) {
    super(`the answer for deployment ${deployment} waits, since what it depends on is parked or cannot be read: ${streams.join(', ')}`)
  }
}

function check(id: string, row: OpenRow | undefined, evidence: Evidence, target: Target, step: Step) {
  const { asOf, at, catalogue, sha256 } = step
  return performCheck({ target, catalogue, asOf, at, ...known(id, row, evidence, target, step) }, sha256)
}

function known(id: string, row: OpenRow | undefined, evidence: Evidence, target: Target, { at, personOf }: Pick<Step, 'at' | 'personOf'>) {
  const { model, version, artifact = '' } = target
  const runs = evidence.endpoint.running.some(rollout => isSameRollout(rollout, { model, version, artifact }))
  const point: DecisionPoint = row?.status === 'cleared' && runs ? 'rollout' : 'intent'
  const people = peopleOf(evidence, personOf)
  return { people, point, facts: factsOf(evidence, people, point, id, at) }
}

/**
 * Whether a change of these documents may have it come out otherwise. What waits for what is not registered waits on, whatever the catalogue;
 * what cannot be told apart is affected.
 */
export function isAffectedBy(
  changed: ReadonlySet<string>,
  row: OpenRow,
  evidence: Gathered,
  step: Pick<Step, 'at' | 'catalogue' | 'personOf'>,
): boolean {
  if (row.status === 'waiting' && missingRegistrations(evidence).length > 0) return false
  if (row.applied === null || evidence.withdrawn || evidence.unreadable.length > 0) return true
  return isAffected(changed, step.catalogue, { applied: row.applied, ...known(row.id, row, evidence, targetOf(evidence), step) })
}

const targetOf = ({ intent, version }: Evidence): Target => {
  const { model, version: name, environment, endpoint } = intent
  return { model, version: name, environment, endpoint, ...(version.artifact !== undefined && { artifact: version.artifact.digest }) }
}

import type { ViolationEvent, ViolationFound } from '@muster/contracts'
import { record, unchanged, type Decider, type Decision } from '@muster/kernel'
import { isSameRollout, type Rollout } from './evidence.ts'

/*
 * Violation: what runs at an endpoint without a clearance that covers it.
 * Stream `violation-<environment>/<endpoint>`: found and ended, any number of times.
 *
 * The command says what is wrong there now, and the decider records the difference: an assessment may be repeated, late or lost without
 * harm, for the next one says it all again.
 */

export interface Clearance {
  readonly deployment: string
  readonly status: 'cleared' | 'revoked'
  readonly model: string
  readonly version: string
  readonly environment: string
  readonly endpoint: string
  readonly artifact: string
  /** Of a revoked one: when it was revoked, and until when what ran before may still run. */
  readonly revokedAt?: string
  readonly remediateBy?: string
}

export type Found = Omit<ViolationFound, 'type'>

interface Place {
  readonly environment: string
  readonly endpoint: string
}

/** What is wrong with one roll-out at an instant, measured against every clearance of its model; nothing when it is cleared. */
export function violationOf(rollout: Rollout, place: Place, clearances: readonly Clearance[], at: string): Found | undefined {
  const { model, version, artifact, observed } = rollout
  const here = clearances.filter(({ environment, endpoint }) => environment === place.environment && endpoint === place.endpoint)
  const running = { model, version, artifact }
  const found = (kind: Found['kind'], message: string, deployment?: string): Found => ({
    kind,
    running,
    observed,
    message,
    ...(deployment !== undefined && { deployment }),
  })
  const what = `${model} ${version}`
  const where = `${place.environment}/${place.endpoint}`

  const exact = here.filter(clearance => isSameRollout(clearance, running))
  if (exact.some(({ status }) => status === 'cleared')) return undefined
  const revoked = exact
    .filter(({ status }) => status === 'revoked')
    .toSorted((a, b) => Date.parse(a.revokedAt ?? '') - Date.parse(b.revokedAt ?? ''))
    .at(-1)
  if (revoked !== undefined) {
    if (isInGrace(rollout, revoked, at)) return undefined
    return found('revoked', `${what} runs at ${where} although its clearance was revoked.`, revoked.deployment)
  }

  const cleared = clearances.filter(({ status }) => status === 'cleared')
  const otherArtifact = cleared.findLast(one => here.includes(one) && one.model === model && one.version === version)
  if (otherArtifact !== undefined) {
    const message = `${what} runs at ${where} with the artifact ${artifact}, but ${otherArtifact.artifact} was cleared.`
    return found('other-artifact', message, otherArtifact.deployment)
  }
  const otherPlace = cleared.findLast(one => isSameRollout(one, running))
  if (otherPlace !== undefined) {
    const message = `${what} runs at ${where}, but was cleared for ${otherPlace.environment}/${otherPlace.endpoint}.`
    return found('other-place', message, otherPlace.deployment)
  }
  return found('no-clearance', `${what} runs at ${where} and has no clearance.`)
}

/** What ran before the clearance was revoked may run until it should be remediated; what starts afterwards may not. */
const isInGrace = ({ since }: Rollout, { revokedAt, remediateBy }: Clearance, at: string): boolean =>
  revokedAt !== undefined &&
  remediateBy !== undefined &&
  Date.parse(since) <= Date.parse(revokedAt) &&
  Date.parse(at) < Date.parse(remediateBy)

type AssessEndpoint = { type: 'assess-endpoint'; found: readonly Found[]; running: readonly Rollout[] }
export type ViolationCommand = AssessEndpoint
export interface ViolationState {
  readonly open: readonly Found[]
}

const isSame = (a: Found, b: Found): boolean => a.kind === b.kind && isSameRollout(a.running, b.running)

function assess({ found, running }: AssessEndpoint, { open }: ViolationState): Decision<ViolationEvent, never> {
  const ended = open.filter(one => !found.some(other => isSame(one, other)))
  const news = found.filter(one => !open.some(other => isSame(one, other)))
  const [first, ...rest]: ViolationEvent[] = [
    ...ended.map((one): ViolationEvent => ({
      type: 'violation.ended',
      kind: one.kind,
      running: one.running,
      because: endOf(one, found, running),
    })),
    ...news.map((one): ViolationEvent => ({ type: 'violation.found', ...one })),
  ]
  return first === undefined ? unchanged : record(first, ...rest)
}

function endOf(one: Found, found: readonly Found[], running: readonly Rollout[]): 'rollout-ended' | 'cleared' | 'other-kind' {
  if (!running.some(rollout => isSameRollout(rollout, one.running))) return 'rollout-ended'
  return found.some(other => isSameRollout(other.running, one.running)) ? 'other-kind' : 'cleared'
}

function evolve({ open }: ViolationState, event: ViolationEvent): ViolationState {
  switch (event.type) {
    case 'violation.found': {
      const { type: _, ...found } = event
      return { open: [...open, found] }
    }
    case 'violation.ended':
      return { open: open.filter(one => one.kind !== event.kind || !isSameRollout(one.running, event.running)) }
  }
}

export const violation: Decider<ViolationCommand, ViolationState, ViolationEvent, never> = {
  category: 'violation',
  initial: { open: [] },
  evolve,
  decide: assess,
}

import {
  parseStream,
  parseSubject,
  type AlertEvent,
  type AnyEvent,
  type ApprovalEvent,
  type Category,
  type DeploymentEvent,
  type PolicyEvent,
  type Recorded,
  type ViolationEvent,
} from '@muster/contracts'
import { approval, deployment, isSameRollout, policy } from '@muster/domain'
import type { Decider } from '@muster/kernel'
import { performanceRows, type PerformanceRows } from './performance.ts'
import { idOf } from './re-performance.ts'
import type { Row } from './rows.ts'

/*
 * How everything stands by the log: what lists and views must show. Folded by the deciders, which no projection uses, so that the two ways to
 * the same rows are independent. One row a thing is kept, and no events.
 */

export const lists = ['deployments', 'approvals', 'policies', 'violations', 'alerts', 'policy-performance', 'check-results'] as const
export type List = (typeof lists)[number]

export interface Standing {
  see(recorded: Recorded<AnyEvent>): void
  rows(list: List): Iterable<Row>
}

/** `checkResults`: the outcome of every rule of every check is kept too, which grows with the log. */
export function standingOfLog({ checkResults = false }: { readonly checkResults?: boolean } = {}): Standing {
  const deployments = folded<DeploymentEvent, ReturnType<(typeof deployment)['evolve']>>(deployment, deploymentRow)
  const approvals = folded<ApprovalEvent, ReturnType<(typeof approval)['evolve']>>(approval, approvalRow)
  const policies = folded<PolicyEvent, ReturnType<(typeof policy)['evolve']>>(policy, policyRow)
  const alerts = new Map<string, Row>()
  const violations: Row[] = []
  const openViolations = new Map<string, { readonly index: number; readonly found: ViolationFound }[]>()
  const performance: PerformanceRows = performanceRows()
  const results: Row[] = []

  const seeViolation = ({ event, stream, position, recordedtime, context }: Recorded<ViolationEvent>): void => {
    const open = openViolations.get(stream) ?? []
    if (event.type === 'violation.found') {
      const parsed = parseSubject('violation', context.subject)
      const [environment, endpoint] = parsed.ok ? parsed.parts : [context.subject, '']
      const { type: _, observed: __, ...found } = event
      openViolations.set(stream, [...open, { index: violations.length, found: event }])
      violations.push({ position, environment, endpoint, ...found, open: true, foundAt: recordedtime })
      return
    }
    const ends = ({ found }: { readonly found: ViolationFound }): boolean =>
      found.kind === event.kind && isSameRollout(found.running, event.running)
    for (const { index } of open.filter(ends)) violations[index] = { ...violations[index], open: false, endedAt: recordedtime }
    openViolations.set(
      stream,
      open.filter(one => !ends(one)),
    )
  }

  const seeDeployment = (recorded: Recorded<DeploymentEvent>): void => {
    deployments.see(recorded)
    if (recorded.event.type !== 'deployment.checked') return
    performance.see(recorded.event)
    if (checkResults) results.push(...resultsOf(recorded as Recorded<Checked>))
  }

  // A stream holds the events of its category and no others. What no list shows has nothing here.
  const seers: Partial<Record<Category, (recorded: never) => void>> = {
    deployment: seeDeployment,
    approval: approvals.see,
    policy: policies.see,
    violation: seeViolation,
    alert: (recorded: Recorded<AlertEvent>) => void alerts.set(recorded.stream, alertRow(recorded, alerts.get(recorded.stream))),
  }

  return {
    see: recorded => seers[parseStream(recorded.stream).category]?.(recorded as never),
    rows(list) {
      switch (list) {
        case 'deployments':
          return deployments.rows()
        case 'approvals':
          return approvals.rows()
        case 'policies':
          return policies.rows()
        case 'violations':
          return violations
        case 'alerts':
          return alerts.values()
        case 'policy-performance':
          return performance.rows()
        case 'check-results':
          return results
      }
    },
  }
}

type Checked = Extract<DeploymentEvent, { type: 'deployment.checked' }>
type ViolationFound = Extract<ViolationEvent, { type: 'violation.found' }>
type Of<Event> = Recorded<AnyEvent> & { readonly event: Event }

/** A state for each stream, and the row that the state and its newest event make of the row before. */
function folded<Event extends AnyEvent, State>(
  { initial, evolve }: Pick<Decider<never, State, Event, string>, 'initial' | 'evolve'>,
  rowOf: (state: State, recorded: Of<Event>, before: Row | undefined) => Row,
) {
  const streams = new Map<string, { readonly state: State; readonly row: Row }>()
  return {
    see(recorded: Of<Event>): void {
      const known = streams.get(recorded.stream)
      const state = evolve(known?.state ?? initial, recorded.event)
      streams.set(recorded.stream, { state, row: rowOf(state, recorded, known?.row) })
    },
    *rows(): Generator<Row> {
      for (const { row } of streams.values()) yield row
    },
  }
}

function deploymentRow(
  state: ReturnType<(typeof deployment)['evolve']>,
  { event, context, position, recordedtime }: Of<DeploymentEvent>,
  before: Row | undefined,
): Row {
  if (state.status === 'none') return { id: idOf(context.subject), status: 'none', position }
  // A check alone changes nothing that a list shows.
  if (event.type === 'deployment.checked' && before !== undefined) return before
  const { target, requestedBy } = state
  return {
    id: idOf(context.subject),
    status: state.status,
    target,
    model: target.model,
    requestedBy,
    openedAt: before?.['openedAt'] ?? recordedtime,
    changedAt: recordedtime,
    position,
    reasons: 'reasons' in event ? event.reasons : [],
    approvalId: 'approvalId' in event ? event.approvalId : undefined,
  }
}

function approvalRow(
  state: ReturnType<(typeof approval)['evolve']>,
  { context, position, recordedtime }: Of<ApprovalEvent>,
  before: Row | undefined,
): Row {
  const id = idOf(context.subject)
  if (state.status === 'none') return { id, status: 'none', position, signed: [] }
  return {
    id,
    status: state.status,
    ...state.question,
    requestedAt: before?.['requestedAt'] ?? recordedtime,
    endedAt: state.status === 'open' ? undefined : (before?.['endedAt'] ?? recordedtime),
    position,
    signed: [...state.signatures.keys()].toSorted(),
    refused: [...state.refused].toSorted(),
  }
}

function policyRow(
  { newest, trial, retired, change }: ReturnType<(typeof policy)['evolve']>,
  { event, context, position }: Of<PolicyEvent>,
  before: Row | undefined,
): Row {
  const version = newest === undefined ? undefined : { version: newest.version, digest: newest.digest }
  // While a version is tried the one before decides, but not one that was retired before the trial began.
  const brings = event.type === 'policy.published' && before?.['retired'] === true
  const decides = trial ? (brings ? undefined : (before?.['decides'] as typeof version)) : version
  const shown = decides ?? version
  return {
    id: idOf(context.subject),
    status: statusOf({ retired, decides: decides !== undefined, tried: version !== undefined, drafted: change !== undefined }),
    version: shown?.version,
    digest: shown?.digest ?? change?.digest ?? before?.['digest'],
    position,
    comments: Number(before?.['comments'] ?? 0) + (event.type === 'policy.commented' ? 1 : 0),
    decides,
    retired,
  }
}

function statusOf(policy: {
  readonly retired: boolean
  readonly decides: boolean
  readonly tried: boolean
  readonly drafted: boolean
}): string {
  if (policy.retired) return 'retired'
  if (policy.decides) return 'in-force'
  if (policy.tried) return 'trial'
  return policy.drafted ? 'draft' : 'discarded'
}

function alertRow({ event, context, position, recordedtime }: Recorded<AlertEvent>, before: Row | undefined): Row {
  if (event.type === 'alert.resolved')
    return { ...before, status: 'resolved', position, resolvedAt: recordedtime, resolvedBecause: event.because }
  const { type: _, ...raised } = event
  return { id: context.subject, ...raised, status: 'open', position, raised: position, raisedAt: recordedtime }
}

const resultsOf = ({ event, context, position }: Recorded<Checked>): Row[] =>
  event.rules.map(({ policy: id, rule, outcome }) => ({
    id: idOf(context.subject),
    position,
    policy: id,
    rule,
    outcome,
    verdict: event.verdict,
  }))

import { streamName, type DeploymentEvent, type Recorded } from '@muster/contracts'
import { deployment, type DeploymentState } from '@muster/domain'
import { decode, type EventStore } from '@muster/event-store'
import { fold, groupBy, isNonEmpty } from '@muster/kernel'
import type { Gathered } from './evidence.reader.ts'
import type { OpenRow } from './open-deployments/rows.ts'

/** Where each stands after its commands, read from its own stream: right whether this step wrote it, or one before a crash did. */
export async function standingAfter(
  store: EventStore,
  evidence: ReadonlyMap<string, Gathered>,
  nextChecks: ReadonlyMap<string, string>,
  /** When to look again at those that could not be checked. */
  otherwise: string,
): Promise<{ readonly open: OpenRow[]; readonly closed: string[] }> {
  const streams = [...evidence.keys()].map(id => streamName('deployment', id))
  const histories = groupBy(isNonEmpty(streams) ? await store.read(streams) : [], event => event.stream)
  const open: OpenRow[] = []
  const closed: string[] = []
  for (const [id, found] of evidence) {
    const history = (histories.get(streamName('deployment', id)) ?? []).map(event => decode(event) as Recorded<DeploymentEvent>)
    const state = fold(
      deployment,
      history.map(({ event }) => event),
    )
    const row = openRow(id, state, history, found, nextChecks.get(id) ?? otherwise)
    if (row === undefined) closed.push(id)
    else open.push(row)
  }
  return { open, closed }
}

/** The row of what is open; nothing for what is over for good. */
function openRow(
  id: string,
  state: DeploymentState,
  history: readonly Recorded<DeploymentEvent>[],
  evidence: Gathered,
  nextCheckAt: string,
): OpenRow | undefined {
  const [opened] = history
  if (opened === undefined || state.status === 'none') return undefined
  const { status, target } = state
  if (status === 'blocked' || status === 'refused' || status === 'lapsed') return undefined
  const revoked = history.find(({ event }) => event.type === 'deployment.revoked')
  const remediateBy = revoked?.event.type === 'deployment.revoked' ? revoked.event.remediation.by : null
  const due = { waiting: state.lapsesAt, 'approval-required': nextCheckAt, cleared: nextCheckAt, revoked: remediateBy }
  return {
    id,
    status,
    model: target.model,
    version: target.version,
    environment: target.environment,
    endpoint: target.endpoint,
    artifact: target.artifact ?? null,
    streams: [...new Set([streamName('intent', id), ...evidence.streams])],
    openedAt: opened.recordedtime,
    dueAt: due[status] ?? null,
    lapsesAt: state.lapsesAt,
    revokedAt: revoked?.recordedtime ?? null,
    remediateBy,
  }
}

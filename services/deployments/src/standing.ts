import { streamName, type DeploymentEvent, type Recorded } from '@muster/contracts'
import { deployment, type DeploymentState } from '@muster/domain'
import { decode, type EventStore } from '@muster/event-store'
import { fold, groupBy, isNonEmpty } from '@muster/kernel'
import type { Gathered } from './evidence.reader.ts'
import type { OpenRow } from './open-deployments/rows.ts'

/** What a step found out about those whom it looked at. */
export interface Looked {
  readonly nextChecks: ReadonlyMap<string, string>
  readonly applied: ReadonlyMap<string, readonly string[]>
  /** When to look again at those that could not be checked. */
  readonly otherwise: string
  /** The newest recheck that was asked for when they were looked at. */
  readonly recheck: number
}

/** Where each stands after its commands, read from its own stream: right whether this step wrote it, or one before a crash did. */
export async function standingAfter(
  store: EventStore,
  evidence: ReadonlyMap<string, Gathered>,
  { nextChecks, applied, otherwise, recheck }: Looked,
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
    const row = openRow(id, state, history, found, nextChecks.get(id) ?? otherwise, recheck, applied.get(id) ?? null)
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
  recheck: number,
  applied: readonly string[] | null,
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
    streams: streamsOf(id, evidence),
    openedAt: opened.recordedtime,
    dueAt: due[status] ?? null,
    lapsesAt: state.lapsesAt,
    revokedAt: revoked?.recordedtime ?? null,
    remediateBy,
    position: history.at(-1)?.position ?? 0,
    recheck,
    applied,
  }
}

/** The row as it is after a look that recorded nothing in a stream which holds what it held when the row was written. */
export function unchangedRow(row: OpenRow, evidence: Gathered, { nextChecks, applied, otherwise, recheck }: Looked): OpenRow {
  const nextCheckAt = nextChecks.get(row.id) ?? otherwise
  const due = { waiting: row.lapsesAt, 'approval-required': nextCheckAt, cleared: nextCheckAt, revoked: row.remediateBy }
  return { ...row, dueAt: due[row.status], streams: streamsOf(row.id, evidence), recheck, applied: applied.get(row.id) ?? null }
}

const streamsOf = (id: string, { streams }: Gathered): string[] => [...new Set([streamName('intent', id), ...streams])]

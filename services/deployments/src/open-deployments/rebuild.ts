import { parseSubject, streamName, type AnyEvent, type DeploymentEvent, type EndpointEvent, type Recorded } from '@muster/contracts'
import { deployment, foldEndpoint, noEndpoint, subjectsOf, type DeploymentState, type EndpointEvidence } from '@muster/domain'
import { decode, type Cursor, type EventStore, type Filter, type Position } from '@muster/event-store'
import type { Sql } from '@muster/projections'
import { saveProgress, saveRows, saveRunning, type OpenRow } from './rows.ts'

/**
 * Builds the tables again from the log, as of the subscription's position. Every row is due at once: the check that follows learns which
 * streams it reads and when to look again, and records nothing where nothing has changed.
 */
export async function rebuild(store: EventStore, sql: Sql, through: Position, at: string): Promise<number> {
  const deployments = new Map<string, Standing>()
  for await (const recorded of eventsOf(store, { categories: ['deployment'] }, through)) {
    const before = deployments.get(recorded.context.subject) ?? { state: deployment.initial, position: 0, openedAt: recorded.recordedtime }
    const standing = foldStanding(before, recorded as Recorded<DeploymentEvent>)
    // What is over for good needs no row, and nothing follows it.
    if (isOver(standing.state)) deployments.delete(recorded.context.subject)
    else deployments.set(recorded.context.subject, standing)
  }
  const endpoints = new Map<string, EndpointEvidence>()
  for await (const recorded of eventsOf(store, { categories: ['endpoint'] }, through)) {
    const before = endpoints.get(recorded.context.subject) ?? noEndpoint
    endpoints.set(recorded.context.subject, foldEndpoint(before, recorded as Recorded<EndpointEvent>))
  }

  const rows = [...deployments.values()].flatMap(standing => rowOf(standing, at))
  for (let from = 0; from < rows.length; from += 1_000) await saveRows(sql, rows.slice(from, from + 1_000))
  await saveRunning(
    sql,
    [...endpoints].map(([subject, { running }]) => {
      const place = parseSubject('endpoint', subject)
      if (!place.ok) throw new RangeError(place.message)
      const [environment, endpoint] = place.parts
      return { environment, endpoint, models: [...new Set(running.map(({ model }) => model))], inViolation: true }
    }),
  )
  const [newest] = await store.readLog(store.cursorAt(through - 1), {}, 1)
  if (newest !== undefined) await saveProgress(sql, { position: newest.position, event: newest.id })
  return rows.length
}

const isOver = ({ status }: DeploymentState): boolean => status === 'blocked' || status === 'refused' || status === 'lapsed'

interface Standing {
  readonly state: DeploymentState
  readonly position: number
  readonly openedAt: string
  readonly revokedAt?: string
  readonly remediateBy?: string
}

function foldStanding(standing: Standing, { event, position, recordedtime }: Recorded<DeploymentEvent>): Standing {
  const state = deployment.evolve(standing.state, event)
  return event.type === 'deployment.revoked'
    ? { ...standing, state, position, revokedAt: recordedtime, remediateBy: event.remediation.by }
    : { ...standing, state, position }
}

function rowOf({ state, position, openedAt, revokedAt, remediateBy }: Standing, at: string): OpenRow[] {
  if (state.status !== 'waiting' && state.status !== 'approval-required' && state.status !== 'cleared' && state.status !== 'revoked')
    return []
  const { id, target, status, lapsesAt } = state
  const names = subjectsOf(target)
  return [
    {
      id,
      status,
      model: target.model,
      version: target.version,
      environment: target.environment,
      endpoint: target.endpoint,
      artifact: target.artifact ?? null,
      streams: [streamName('intent', id), names.model, names.version, names.endpoint],
      openedAt,
      dueAt: at,
      lapsesAt,
      revokedAt: revokedAt ?? null,
      remediateBy: remediateBy ?? null,
      position,
      recheck: 0,
      applied: null,
    },
  ]
}

const page = 1_000

async function* eventsOf(store: EventStore, filter: Filter, through: Position): AsyncGenerator<Recorded<AnyEvent>> {
  let after: Cursor | 'start' = 'start'
  for (;;) {
    const events = await store.readLog(after, filter, page)
    for (const recorded of events) {
      if (recorded.position > through) return
      yield decode(recorded)
    }
    const last = events.at(-1)
    if (last === undefined || events.length < page) return
    after = last.cursor
  }
}

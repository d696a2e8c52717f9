import {
  canonicalJson,
  type AnyEvent,
  type ApprovalEvent,
  type DeploymentEvent,
  type Recorded,
  type ViolationEvent,
} from '@muster/contracts'
import { approval, deployment } from '@muster/domain'
import type { EventStore } from '@muster/event-store'
import { fold, groupBy } from '@muster/kernel'
import { openSql, type Sql } from '@muster/projections'
import { readAll } from './fsck.ts'

/*
 * What lists and views must say by the log, against what they say. The log is folded by the deciders, which the projections do not use, so
 * the two ways to the same rows are independent. The views are read as analysts read them: in the role that can do nothing else.
 */
export async function fsckReadModels(store: EventStore, url: string): Promise<readonly string[]> {
  const database = await openSql(url, { logger: quiet, connections: 1 })
  try {
    const log = await readAll(store)
    const streams = groupBy(log, ({ stream }) => stream)
    const found: string[] = []
    for (const { name, select, rows } of models) {
      const expected = new Set(rows(log, streams).map(canonicalJson))
      const actual = new Set((await asAnalyst(database, name, select)).map(canonicalJson))
      found.push(...[...expected].filter(row => !actual.has(row)).map(row => `${name} lacks ${row}`))
      found.push(...[...actual].filter(row => !expected.has(row)).map(row => `${name} has ${row}`))
    }
    return found
  } finally {
    await database.close()
  }
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} }

const asAnalyst = (database: Sql, name: string, select: string): Promise<readonly object[]> =>
  database.transaction(async tx => {
    if (name.startsWith('compliance.')) await tx.query('SET LOCAL ROLE muster_analyst')
    return await tx.query<object>(select)
  })

type Streams = ReadonlyMap<string, readonly Recorded<AnyEvent>[]>

interface Model {
  readonly name: string
  readonly select: string
  readonly rows: (log: readonly Recorded<AnyEvent>[], streams: Streams) => readonly object[]
}

/** Of each stream of the category. */
const each = <Event extends AnyEvent>(streams: Streams, category: string, row: (events: readonly Recorded<Event>[]) => object): object[] =>
  [...streams].flatMap(([stream, events]) => (stream.startsWith(`${category}-`) ? [row(events as readonly Recorded<Event>[])] : []))

const idOf = ([first]: readonly Recorded<AnyEvent>[]): string => decodeURIComponent(first?.context.subject ?? '')

function standingOfDeployment(events: readonly Recorded<DeploymentEvent>[]) {
  const state = fold(
    deployment,
    events.map(({ event }) => event),
  )
  const moved = events.findLast(({ event }) => event.type !== 'deployment.checked')
  return { id: idOf(events), status: state.status, position: moved?.position, model: state.status === 'none' ? '' : state.target.model }
}

function standingOfApproval(events: readonly Recorded<ApprovalEvent>[]) {
  const state = fold(
    approval,
    events.map(({ event }) => event),
  )
  const signed = state.status === 'none' ? [] : [...state.signatures.keys()].toSorted()
  return { id: idOf(events), status: state.status, position: events.at(-1)?.position, signed }
}

const models: readonly Model[] = [
  {
    name: 'deployment-list',
    select: `SELECT id, status, position, target ->> 'model' AS model FROM deployment_list_v1.deployments`,
    rows: (_, streams) => each(streams, 'deployment', standingOfDeployment),
  },
  {
    name: 'compliance.deployments',
    select: 'SELECT deployment_id AS id, status, position, model FROM compliance.deployments',
    rows: (_, streams) => each(streams, 'deployment', standingOfDeployment),
  },
  {
    name: 'compliance.check_results',
    select: 'SELECT deployment_id AS id, position, policy, rule, outcome, verdict FROM compliance.check_results',
    rows: log =>
      log.flatMap(({ event, context, position }) =>
        event.type === 'deployment.checked'
          ? event.rules.map(({ policy, rule, outcome }) => ({
              id: decodeURIComponent(context.subject),
              position,
              policy,
              rule,
              outcome,
              verdict: event.verdict,
            }))
          : [],
      ),
  },
  {
    name: 'approval-list',
    select: `SELECT id, status, (standing ->> 'position')::bigint AS position,
      ARRAY(SELECT signature ->> 'by' FROM jsonb_array_elements(standing -> 'signatures') AS signature ORDER BY 1) AS signed
      FROM approval_list_v1.approvals`,
    rows: (_, streams) => each(streams, 'approval', standingOfApproval),
  },
  {
    name: 'compliance.approvals',
    select: `SELECT approval_id AS id, status, position, ARRAY(SELECT unnest(approved_by || rejected_by) ORDER BY 1) AS signed
      FROM compliance.approvals`,
    rows: (_, streams) => each(streams, 'approval', standingOfApproval),
  },
  {
    name: 'alert-list',
    select: `SELECT id, status, raised, (view ->> 'position')::bigint AS position FROM alert_list_v1.alerts`,
    rows: (_, streams) =>
      each(streams, 'alert', events => ({
        id: idOf(events),
        status: events.at(-1)?.event.type === 'alert.raised' ? 'open' : 'resolved',
        raised: events.findLast(({ event }) => event.type === 'alert.raised')?.position,
        position: events.at(-1)?.position,
      })),
  },
  {
    name: 'violation-list',
    select: 'SELECT position, kind, ended_at IS NULL AS open FROM violation_list_v1.violations',
    rows: (_, streams) =>
      [...streams].flatMap(([stream, events]) =>
        stream.startsWith('violation-') ? found(events as readonly Recorded<ViolationEvent>[]) : [],
      ),
  },
]

const found = (events: readonly Recorded<ViolationEvent>[]): object[] =>
  events.flatMap(({ event, position }) => {
    const isEnd = (later: Recorded<ViolationEvent>): boolean =>
      later.position > position &&
      later.event.type === 'violation.ended' &&
      later.event.kind === event.kind &&
      canonicalJson(later.event.running) === canonicalJson(event.running)
    return event.type === 'violation.found' ? [{ position, kind: event.kind, open: !events.some(isEnd) }] : []
  })

import type { AnyEvent, DeploymentStatus, Recorded } from '@muster/contracts'
import type { NonEmpty } from '@muster/kernel'
import { READ_MODELS, type ReadModels } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'

/** The list of deployments: one row each, as its newest outcome left it. */
export const deploymentList = { name: 'deployment-list', version: 1 } as const

/** The tables, in a schema that stands first in the search path. */
export const tablesOfDeployments = `
create table deployments (
  id text primary key,
  status text not null,
  target jsonb not null,
  requested_by text not null,
  reasons jsonb not null,
  approval_id text,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  opened_position bigint not null,
  position bigint not null
);
create index on deployments (opened_position desc);
create index on deployments (status, opened_position desc);
create index on deployments ((target ->> 'model'), opened_position desc);
`

@Injectable()
export class DeploymentList {
  constructor(@Inject(READ_MODELS) readModels: ReadModels) {
    readModels.add({
      ...deploymentList,
      tables: tablesOfDeployments,
      filter: { categories: ['deployment'], except: ['deployment.checked'] },
      project: projectDeployments,
    })
  }
}

/** What an event says of its deployment; what it leaves out stays as it was. */
interface Change {
  readonly id: string
  readonly status: DeploymentStatus
  readonly target?: unknown
  readonly requestedBy?: string
  readonly reasons: unknown
  readonly approvalId: string | null
  readonly at: string
  readonly position: number
}

export async function projectDeployments(batch: NonEmpty<Recorded<AnyEvent>>, sql: Sql, schema: string): Promise<void> {
  // Folded first: of many changes of one deployment in a batch, one row is written.
  const opened = new Map<string, Change>()
  const changed = new Map<string, Change>()
  for (const recorded of batch) {
    const change = changeOf(recorded)
    if (change === undefined) continue
    if (recorded.event.type === 'deployment.opened') opened.set(change.id, change)
    changed.set(change.id, { ...changed.get(change.id), ...change })
  }
  await sql.query(
    `insert into ${schema}.deployments (id, status, target, requested_by, reasons, opened_at, changed_at, opened_position, position)
     select o.id, o.status, o.target, o."requestedBy", o.reasons, o.at, o.at, o.position, o.position
       from jsonb_to_recordset($1::jsonb) as o(id text, status text, target jsonb, "requestedBy" text, reasons jsonb, at timestamptz, position bigint)
     on conflict (id) do nothing`,
    [JSON.stringify([...opened.values()])],
  )
  await sql.query(
    `update ${schema}.deployments d
        set status = c.status, target = coalesce(c.target, d.target), reasons = c.reasons, approval_id = c."approvalId",
            changed_at = c.at, position = c.position
       from jsonb_to_recordset($1::jsonb)
         as c(id text, status text, target jsonb, reasons jsonb, "approvalId" text, at timestamptz, position bigint)
      where d.id = c.id`,
    [JSON.stringify([...changed.values()])],
  )
}

function changeOf({ event, context, recordedtime, position }: Recorded<AnyEvent>): Change | undefined {
  const place = { id: decodeURIComponent(context.subject), at: recordedtime, position, reasons: [], approvalId: null }
  switch (event.type) {
    case 'deployment.opened':
      return { ...place, status: 'waiting', target: event.target, requestedBy: event.requestedBy }
    case 'deployment.approval-required':
      return { ...place, status: 'approval-required', target: event.target, approvalId: event.approvalId }
    case 'deployment.cleared':
      return { ...place, status: 'cleared', target: event.target, approvalId: event.approvalId ?? null }
    case 'deployment.blocked':
      return { ...place, status: 'blocked', target: event.target, reasons: event.reasons }
    case 'deployment.refused':
      return { ...place, status: 'refused', target: event.target, reasons: event.reasons, approvalId: event.approvalId }
    case 'deployment.lapsed':
      return { ...place, status: 'lapsed', target: event.target, reasons: event.reasons }
    case 'deployment.revoked':
      return { ...place, status: 'revoked', target: event.target, reasons: event.reasons }
    default:
      return undefined
  }
}

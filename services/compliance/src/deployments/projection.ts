import type { AnyEvent, Reason, Recorded, Target } from '@muster/contracts'
import type { NonEmpty } from '@muster/kernel'
import { READ_MODELS, type ReadModels } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'
import { publishView } from '../analysts.ts'

/** `compliance.deployments`: every deployment, and how it came out. */
const model = { name: 'compliance-deployments', version: 1 } as const

const tables = `
create table deployments (
  deployment_id text primary key,
  status text not null,
  model text not null,
  version text not null,
  environment text not null,
  endpoint text not null,
  artifact text,
  requested_by text not null,
  approval_id text,
  material_digest text,
  reason_codes text[] not null,
  reasons text[] not null,
  opened_at timestamptz not null,
  decided_at timestamptz,
  changed_at timestamptz not null,
  position bigint not null
);
create index on deployments (model, opened_at);
create index on deployments (status, opened_at);
`

const view = publishView({
  name: 'deployments',
  comment: 'Every deployment that was ever asked for, and how it came out.',
  select: 'select * from deployments',
  columns: {
    deployment_id: 'Id of the deployment, which is that of the intent.',
    status: 'waiting, approval-required, cleared, blocked, refused, lapsed or revoked.',
    model: 'The governed model.',
    version: 'The version that shall run.',
    environment: 'Where it shall run, such as production.',
    endpoint: 'The endpoint that shall serve it.',
    artifact: 'Digest of the artifact: a clearance holds for nothing else.',
    requested_by: 'Who asked, by the name that the pipeline uses.',
    approval_id: 'The approval that is asked for, or that decided.',
    material_digest: 'Digest of what was decided on.',
    reason_codes: 'Why it is blocked, refused, lapsed or revoked, as codes.',
    reasons: 'The same in sentences.',
    opened_at: 'When the intent was seen.',
    decided_at: 'When it was first cleared, blocked, refused or lapsed.',
    changed_at: 'When its status last changed.',
    position: 'Position of the log of the newest change: as of where the row stands.',
  },
})

@Injectable()
export class ComplianceDeployments {
  constructor(@Inject(READ_MODELS) readModels: ReadModels) {
    readModels.add({ ...model, tables, publish: view, filter: { categories: ['deployment'], except: ['deployment.checked'] }, project })
  }
}

interface Row {
  readonly id: string
  readonly status: string
  readonly target: Target
  readonly requestedBy?: string
  readonly openedAt?: string
  readonly approvalId?: string | undefined
  readonly materialDigest?: string
  readonly reasons: readonly Reason[]
  readonly decidedAt?: string
  readonly at: string
  readonly position: number
}

async function project(batch: NonEmpty<Recorded<AnyEvent>>, sql: Sql, schema: string): Promise<void> {
  const rows = new Map<string, Row>()
  for (const recorded of batch) {
    const row = rowOf(recorded)
    if (row !== undefined) rows.set(row.id, { ...rows.get(row.id), ...row, ...firstDecision(rows.get(row.id), row) })
  }
  const flat = [...rows.values()].map(({ target, reasons, ...row }) => ({
    ...row,
    ...target,
    codes: reasons.map(({ code }) => code),
    sentences: reasons.map(({ message }) => message),
  }))
  await sql.query(
    `insert into ${schema}.deployments as d
     select r.id, r.status, r.model, r.version, r.environment, r.endpoint, r.artifact, coalesce(r."requestedBy", ''), r."approvalId",
            r."materialDigest", r.codes, r.sentences, coalesce(r."openedAt", r.at), r."decidedAt", r.at, r.position
       from jsonb_to_recordset($1::jsonb) as r(id text, status text, model text, version text, environment text, endpoint text, artifact text,
            "requestedBy" text, "approvalId" text, "materialDigest" text, codes text[], sentences text[], "openedAt" timestamptz,
            "decidedAt" timestamptz, at timestamptz, position bigint)
     on conflict (deployment_id) do update set
       status = excluded.status, artifact = coalesce(excluded.artifact, d.artifact),
       approval_id = coalesce(excluded.approval_id, d.approval_id), material_digest = coalesce(excluded.material_digest, d.material_digest),
       reason_codes = excluded.reason_codes, reasons = excluded.reasons, decided_at = coalesce(d.decided_at, excluded.decided_at),
       changed_at = excluded.changed_at, position = excluded.position`,
    [JSON.stringify(flat)],
  )
}

const firstDecision = (before: Row | undefined, after: Row): { decidedAt?: string } => {
  const decidedAt = before?.decidedAt ?? after.decidedAt
  return decidedAt === undefined ? {} : { decidedAt }
}

function rowOf({ event, context, recordedtime, position }: Recorded<AnyEvent>): Row | undefined {
  const place = { id: decodeURIComponent(context.subject), at: recordedtime, position }
  switch (event.type) {
    case 'deployment.opened':
      return { ...place, status: 'waiting', target: event.target, requestedBy: event.requestedBy, openedAt: recordedtime, reasons: [] }
    case 'deployment.approval-required':
      return {
        ...place,
        status: 'approval-required',
        target: event.target,
        approvalId: event.approvalId,
        materialDigest: event.digest,
        reasons: [],
      }
    case 'deployment.cleared': {
      const { target, materialDigest, approvalId } = event
      return {
        ...place,
        status: 'cleared',
        target,
        materialDigest,
        reasons: [],
        decidedAt: recordedtime,
        ...(approvalId !== undefined && { approvalId }),
      }
    }
    case 'deployment.blocked':
      return {
        ...place,
        status: 'blocked',
        target: event.target,
        materialDigest: event.materialDigest,
        reasons: event.reasons,
        decidedAt: recordedtime,
      }
    case 'deployment.refused':
      return {
        ...place,
        status: 'refused',
        target: event.target,
        approvalId: event.approvalId,
        reasons: event.reasons,
        decidedAt: recordedtime,
      }
    case 'deployment.lapsed':
      return { ...place, status: 'lapsed', target: event.target, reasons: event.reasons, decidedAt: recordedtime }
    case 'deployment.revoked':
      return { ...place, status: 'revoked', target: event.target, reasons: event.reasons }
    default:
      return undefined
  }
}

import type { AnyEvent, ApprovalRequested, Recorded } from '@muster/contracts'
import type { NonEmpty } from '@muster/kernel'
import { READ_MODELS, type ReadModels } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'
import { publishView } from '../analysts.ts'

/** `compliance.approvals`: every approval that was asked for, and who signed. Reasons, which people wrote, stay in the log. */
const model = { name: 'compliance-approvals', version: 1 } as const

const tables = `
create table approvals (
  approval_id text primary key,
  about_kind text not null,
  about_id text not null,
  digest text not null,
  status text not null,
  needs jsonb not null,
  approval_rules text[] not null,
  excluded text[] not null,
  unmapped text[] not null,
  approved_by text[] not null default '{}',
  rejected_by text[] not null default '{}',
  refused text[] not null default '{}',
  requested_at timestamptz not null,
  ended_at timestamptz,
  position bigint not null
);
create index on approvals (about_kind, about_id);
create index on approvals (status, requested_at);
`

const view = publishView({
  name: 'approvals',
  comment: 'Every approval that was asked for, who signed, and how it ended.',
  select: 'select * from approvals',
  columns: {
    approval_id: 'Id of the approval.',
    about_kind: 'What it is about: deployment.',
    about_id: 'The id of what it is about.',
    digest: 'Digest of exactly the content that people agree to.',
    status: 'open, granted, rejected or withdrawn.',
    needs: 'How many people in which role.',
    approval_rules: 'The approval rules that ask.',
    excluded: 'Persons who may not sign, since they did the work.',
    unmapped: 'Names that map to nobody: while there is one, nobody can sign.',
    approved_by: 'Persons who approved.',
    rejected_by: 'Persons who rejected.',
    refused: 'Persons who tried to sign and did the work.',
    requested_at: 'When it was asked for.',
    ended_at: 'When it was granted, rejected or withdrawn.',
    position: 'Position of the log of the newest change.',
  },
})

@Injectable()
export class ComplianceApprovals {
  constructor(@Inject(READ_MODELS) readModels: ReadModels) {
    readModels.add({ ...model, tables, publish: view, filter: { categories: ['approval'] }, project })
  }
}

const ends = { 'approval.granted': 'granted', 'approval.rejected': 'rejected', 'approval.withdrawn': 'withdrawn' } as const

/** A row, by its columns. */
interface Row extends Asked {
  readonly approval_id: string
  readonly status: 'open' | (typeof ends)[keyof typeof ends]
  readonly approved_by: readonly string[]
  readonly rejected_by: readonly string[]
  readonly refused: readonly string[]
  readonly requested_at: string
  readonly ended_at: string | null
  readonly position: number
}

type Asked = Pick<ApprovalRequested, 'digest' | 'needs'> & {
  readonly about_kind: string
  readonly about_id: string
  readonly approval_rules: readonly string[]
  readonly excluded: readonly string[]
  readonly unmapped: readonly string[]
}

/** Folded first: of all that a batch says of an approval, one row is written. */
async function project(batch: NonEmpty<Recorded<AnyEvent>>, sql: Sql, schema: string): Promise<void> {
  const ids = [...new Set(batch.map(idOf))]
  const known = await sql.query<Row>(`select * from ${schema}.approvals where approval_id = any($1::text[])`, [ids])
  const rows = new Map(known.map(row => [row.approval_id, row]))
  for (const recorded of batch) {
    const row = evolve(rows.get(idOf(recorded)), recorded)
    if (row !== undefined) rows.set(row.approval_id, row)
  }
  await sql.query(
    `insert into ${schema}.approvals
     select * from jsonb_populate_recordset(null::${schema}.approvals, $1::jsonb)
     on conflict (approval_id) do update set status = excluded.status, approved_by = excluded.approved_by, rejected_by = excluded.rejected_by,
       refused = excluded.refused, ended_at = excluded.ended_at, position = excluded.position`,
    [JSON.stringify([...rows.values()])],
  )
}

const idOf = ({ context }: Recorded<AnyEvent>): string => decodeURIComponent(context.subject)

function evolve(row: Row | undefined, { event, context, position, recordedtime }: Recorded<AnyEvent>): Row | undefined {
  if (event.type === 'approval.requested')
    return {
      approval_id: decodeURIComponent(context.subject),
      ...asked(event),
      status: 'open',
      approved_by: [],
      rejected_by: [],
      refused: [],
      requested_at: recordedtime,
      ended_at: null,
      position,
    }
  if (row === undefined) return undefined
  switch (event.type) {
    case 'approval.signed':
      return event.verdict === 'approve'
        ? { ...row, approved_by: [...row.approved_by, event.by], position }
        : { ...row, rejected_by: [...row.rejected_by, event.by], position }
    case 'approval.signature-refused':
      return { ...row, refused: [...row.refused, event.by], position }
    case 'approval.granted':
    case 'approval.rejected':
    case 'approval.withdrawn':
      return { ...row, status: ends[event.type], ended_at: recordedtime, position }
    default:
      return row
  }
}

const asked = ({ about, digest, needs, approvalRules, excluded, unmapped }: ApprovalRequested): Asked => ({
  about_kind: about.kind,
  about_id: about.id,
  digest,
  needs,
  approval_rules: approvalRules.map(({ id }) => id),
  excluded: excluded.map(({ person }) => person),
  unmapped,
})

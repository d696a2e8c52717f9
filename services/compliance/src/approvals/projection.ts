import type { AnyEvent, Recorded } from '@muster/contracts'
import type { NonEmpty } from '@muster/kernel'
import { READ_MODELS, type ReadModels } from '@muster/nest-host'
import { schemaOf, type Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'
import { publishView } from '../analysts.ts'

/** `compliance.approvals`: every approval that was asked for, and who signed. Reasons, which people wrote, stay in the log. */
const model = { name: 'compliance-approvals', version: 1 } as const
const schema = schemaOf(model)

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

/** One by one: people sign, so they are few. */
async function project(batch: NonEmpty<Recorded<AnyEvent>>, sql: Sql): Promise<void> {
  for (const { event, context, position, recordedtime } of batch) {
    const id = decodeURIComponent(context.subject)
    switch (event.type) {
      case 'approval.requested':
        await sql.query(
          `insert into ${schema}.approvals
             (approval_id, about_kind, about_id, digest, status, needs, approval_rules, excluded, unmapped, requested_at, position)
           values ($1, $2, $3, $4, 'open', $5, $6, $7, $8, $9, $10)`,
          [
            id,
            event.about.kind,
            event.about.id,
            event.digest,
            JSON.stringify(event.needs),
            event.approvalRules.map(rule => rule.id),
            event.excluded.map(({ person }) => person),
            event.unmapped,
            recordedtime,
            position,
          ],
        )
        break
      case 'approval.signed': {
        const column = event.verdict === 'approve' ? 'approved_by' : 'rejected_by'
        await sql.query(`update ${schema}.approvals set ${column} = array_append(${column}, $2), position = $3 where approval_id = $1`, [
          id,
          event.by,
          position,
        ])
        break
      }
      case 'approval.signature-refused':
        await sql.query(`update ${schema}.approvals set refused = array_append(refused, $2), position = $3 where approval_id = $1`, [
          id,
          event.by,
          position,
        ])
        break
      case 'approval.granted':
      case 'approval.rejected':
      case 'approval.withdrawn':
        await sql.query(`update ${schema}.approvals set status = $2, ended_at = $3, position = $4 where approval_id = $1`, [
          id,
          ends[event.type],
          recordedtime,
          position,
        ])
        break
      default:
    }
  }
}

import type { ApprovalEvent } from '@muster/contracts'
import type { Recorded } from '@muster/event-store'
import type { NonEmpty } from '@muster/kernel'
import { READ_MODELS, type ReadModels } from '@muster/nest-host'
import type { ReadModel, Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'
import { evolveStanding, type Standing } from '../approval.view.ts'
import { approvalListVersion, tables } from './tables.ts'

/** Every approval as it stands, to be listed: by status, and by who could sign. */
export const approvalList: ReadModel = {
  ...approvalListVersion,
  tables,
  filter: { categories: ['approval'] },
  project,
  personal: [{ table: 'approvals', column: 'standing' }],
}

@Injectable()
export class ApprovalList {
  constructor(@Inject(READ_MODELS) readModels: ReadModels) {
    readModels.add(approvalList)
  }
}

interface Row {
  readonly id: string
  readonly requested: number
  readonly standing: Standing
}

async function project(batch: NonEmpty<Recorded>, sql: Sql, schema: string): Promise<void> {
  // Streams of approvals hold the events of approvals and no others.
  const events = batch as readonly Recorded<ApprovalEvent>[]
  const ids = [...new Set(events.map(idOf))]
  const known = await sql.query<Row>(`SELECT id, requested, standing FROM ${schema}.approvals WHERE id = ANY ($1)`, [ids])
  const rows = new Map(known.map(row => [row.id, row]))
  for (const event of events) {
    const id = idOf(event)
    const row = rows.get(id)
    const standing = evolveStanding(row?.standing, event)
    if (standing !== undefined) rows.set(id, { id, requested: row?.requested ?? event.position, standing })
  }
  await save([...rows.values()], sql, schema)
}

const idOf = ({ context }: Recorded): string => decodeURIComponent(context.subject)

async function save(rows: readonly Row[], sql: Sql, schema: string): Promise<void> {
  await sql.query(
    `INSERT INTO ${schema}.approvals (id, requested, status, about_kind, about_id, roles, signable, barred, standing)
     SELECT id, requested, status, about_kind, about_id, roles, signable, barred, standing
     FROM jsonb_to_recordset($1) AS row (id text, requested bigint, status text, about_kind text, about_id text, roles text[],
       signable boolean, barred text[], standing jsonb)
     ON CONFLICT (id) DO UPDATE SET status = excluded.status, signable = excluded.signable, barred = excluded.barred,
       standing = excluded.standing`,
    [JSON.stringify(rows.map(toColumns))],
  )
}

const toColumns = ({ id, requested, standing }: Row) => {
  const { status, about, needs, unmapped, excluded, signatures } = standing
  return {
    id,
    requested,
    status,
    about_kind: about.kind,
    about_id: about.id,
    roles: needs.map(({ role }) => role),
    signable: status === 'open' && unmapped.length === 0,
    barred: [...excluded.map(({ person }) => person), ...signatures.map(({ by }) => by)],
    standing,
  }
}

import type { PolicyEvent, PolicyView } from '@muster/contracts'
import type { Recorded } from '@muster/event-store'
import type { NonEmpty } from '@muster/kernel'
import { READ_MODELS, type ReadModels } from '@muster/nest-host'
import type { ReadModel, Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'
import { evolveView } from '../policy.view.ts'
import { policies, policyListVersion, tables } from './tables.ts'

/** Every policy in its newest version, to be listed by status and kind. */
export const policyList: ReadModel = { ...policyListVersion, tables, filter: { categories: ['policy'] }, project }

@Injectable()
export class PolicyList {
  constructor(@Inject(READ_MODELS) readModels: ReadModels) {
    readModels.add(policyList)
  }
}

interface Row {
  readonly id: string
  readonly first_published: number
  readonly view: PolicyView
}

async function project(batch: NonEmpty<Recorded>, sql: Sql): Promise<void> {
  // Streams of policies hold the events of policies and no others.
  const events = batch as readonly Recorded<PolicyEvent>[]
  const ids = [...new Set(events.map(idOf))]
  const known = await sql.query<Row>(`SELECT id, first_published, view FROM ${policies} WHERE id = ANY ($1)`, [ids])
  const rows = new Map(known.map(row => [row.id, row]))
  for (const event of events) {
    const id = idOf(event)
    const row = rows.get(id)
    const view = evolveView(row?.view, event)
    if (view !== undefined) rows.set(id, { id, first_published: row?.first_published ?? event.position, view })
  }
  await sql.query(
    `INSERT INTO ${policies} (id, first_published, status, kind, view)
     SELECT id, first_published, view ->> 'status', view ->> 'kind', view
     FROM jsonb_to_recordset($1) AS row (id text, first_published bigint, view jsonb)
     ON CONFLICT (id) DO UPDATE SET status = excluded.status, kind = excluded.kind, view = excluded.view`,
    [JSON.stringify([...rows.values()])],
  )
}

const idOf = ({ context }: Recorded): string => decodeURIComponent(context.subject)

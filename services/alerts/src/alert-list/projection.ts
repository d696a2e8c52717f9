import type { AlertEvent, AlertView } from '@muster/contracts'
import type { Recorded } from '@muster/event-store'
import type { NonEmpty } from '@muster/kernel'
import { READ_MODELS, type ReadModels } from '@muster/nest-host'
import type { ReadModel, Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'
import { evolveView } from '../alert.view.ts'
import { alertListVersion, tables } from './tables.ts'

/** Every alert as it stands, to be listed by status, kind and model. */
export const alertList: ReadModel = { ...alertListVersion, tables, filter: { categories: ['alert'] }, project }

@Injectable()
export class AlertList {
  constructor(@Inject(READ_MODELS) readModels: ReadModels) {
    readModels.add(alertList)
  }
}

interface Row {
  readonly id: string
  readonly raised: number
  readonly view: AlertView
}

async function project(batch: NonEmpty<Recorded>, sql: Sql, schema: string): Promise<void> {
  // Streams of alerts hold the events of alerts and no others.
  const events = batch as readonly Recorded<AlertEvent>[]
  const ids = [...new Set(events.map(({ context }) => context.subject))]
  const known = await sql.query<Row>(`SELECT id, raised, view FROM ${schema}.alerts WHERE id = ANY ($1)`, [ids])
  const rows = new Map(known.map(row => [row.id, row]))
  for (const recorded of events) {
    const id = recorded.context.subject
    const row = rows.get(id)
    const view = evolveView(row?.view, recorded)
    if (view === undefined) continue
    rows.set(id, { id, raised: recorded.event.type === 'alert.raised' || row === undefined ? recorded.position : row.raised, view })
  }
  await sql.query(
    `INSERT INTO ${schema}.alerts (id, raised, status, kind, model, view)
     SELECT id, raised, view ->> 'status', view ->> 'kind', view ->> 'model', view
     FROM jsonb_to_recordset($1) AS row (id text, raised bigint, view jsonb)
     ON CONFLICT (id) DO UPDATE SET raised = excluded.raised, status = excluded.status, model = excluded.model, view = excluded.view`,
    [JSON.stringify([...rows.values()])],
  )
}

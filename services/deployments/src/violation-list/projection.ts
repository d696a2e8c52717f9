import { parseSubject, type AnyEvent, type Recorded, type ViolationFound } from '@muster/contracts'
import type { NonEmpty } from '@muster/kernel'
import { READ_MODELS, type ReadModels } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'

/** What runs, or ran, without a clearance: one row for each time that it was found. */
export const violationList = { name: 'violation-list', version: 1 } as const

const tables = `
create table violations (
  position bigint primary key,
  environment text not null,
  endpoint text not null,
  kind text not null,
  running jsonb not null,
  deployment text,
  message text not null,
  found_at timestamptz not null,
  ended_at timestamptz
);
create index on violations (environment, endpoint, position desc);
create index on violations (position desc) where ended_at is null;
`

@Injectable()
export class ViolationList {
  constructor(@Inject(READ_MODELS) readModels: ReadModels) {
    readModels.add({ ...violationList, tables, filter: { categories: ['violation'] }, project })
  }
}

interface Found {
  readonly position: number
  readonly environment: string
  readonly endpoint: string
  readonly kind: string
  readonly running: ViolationFound['running']
  readonly deployment: string | null
  readonly message: string
  readonly found_at: string
  readonly ended_at: string | null
}

type Ended = Pick<Found, 'environment' | 'endpoint' | 'kind' | 'running'> & { readonly at: string }

/** Folded first: what ends is what the table has open, by the first end in the batch, and what was found before it in the same batch. */
async function project(batch: NonEmpty<Recorded<AnyEvent>>, sql: Sql, schema: string): Promise<void> {
  const found = new Map<string, Found[]>()
  const ended = new Map<string, Ended>()
  for (const { event, context, position, recordedtime: at } of batch) {
    if (event.type !== 'violation.found' && event.type !== 'violation.ended') continue
    const place = parseSubject('violation', context.subject)
    if (!place.ok) throw new RangeError(place.message)
    const [environment, endpoint] = place.parts
    const { kind, running } = event
    const key = JSON.stringify([environment, endpoint, kind, running.model, running.version, running.artifact])
    const rows = found.get(key) ?? []
    if (event.type === 'violation.ended') {
      found.set(
        key,
        rows.map(row => ({ ...row, ended_at: row.ended_at ?? at })),
      )
      if (!ended.has(key)) ended.set(key, { environment, endpoint, kind, running, at })
    } else {
      const { message, deployment = null } = event
      found.set(key, [...rows, { position, environment, endpoint, kind, running, deployment, message, found_at: at, ended_at: null }])
    }
  }
  // In this order: what was found behind the end is not ended by it.
  if (ended.size > 0)
    await sql.query(
      `update ${schema}.violations v set ended_at = e.at
         from jsonb_to_recordset($1::jsonb) as e(environment text, endpoint text, kind text, running jsonb, at timestamptz)
        where v.environment = e.environment and v.endpoint = e.endpoint and v.kind = e.kind and v.running = e.running and v.ended_at is null`,
      [JSON.stringify([...ended.values()])],
    )
  if (found.size > 0)
    await sql.query(
      `insert into ${schema}.violations
       select * from jsonb_populate_recordset(null::${schema}.violations, $1::jsonb)`,
      [JSON.stringify([...found.values()].flat())],
    )
}

import { parseSubject, type AnyEvent, type Recorded } from '@muster/contracts'
import type { NonEmpty } from '@muster/kernel'
import { READ_MODELS, type ReadModels } from '@muster/nest-host'
import { schemaOf, type Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'

/** What runs, or ran, without a clearance: one row for each time that it was found. */
export const violationList = { name: 'violation-list', version: 1 } as const
const schema = schemaOf(violationList)

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

async function project(batch: NonEmpty<Recorded<AnyEvent>>, sql: Sql): Promise<void> {
  // One by one and in order: violations are few, and one that ends must find the one that was found before it in the same batch.
  for (const { event, context, position, recordedtime } of batch) {
    const place = parseSubject('violation', context.subject)
    if (!place.ok) throw new RangeError(place.message)
    const [environment, endpoint] = place.parts
    if (event.type === 'violation.found') {
      await sql.query(
        `insert into ${schema}.violations (position, environment, endpoint, kind, running, deployment, message, found_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [position, environment, endpoint, event.kind, event.running, event.deployment ?? null, event.message, recordedtime],
      )
    } else if (event.type === 'violation.ended') {
      await sql.query(
        `update ${schema}.violations set ended_at = $5
          where environment = $1 and endpoint = $2 and kind = $3 and running = $4 and ended_at is null`,
        [environment, endpoint, event.kind, event.running, recordedtime],
      )
    }
  }
}

import type { AlertView, Page, PageQuery } from '@muster/contracts'
import { pageBelow, pageFrom } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { alerts } from './tables.ts'

interface Asked extends PageQuery {
  readonly status?: AlertView['status'] | undefined
  readonly kind?: AlertView['kind'] | undefined
  readonly model?: string | undefined
}

/** The alert that was raised last comes first. */
export async function listAlerts(sql: Sql, { limit, cursor, status, kind, model }: Asked): Promise<Page<AlertView>> {
  const rows = await sql.query<{ raised: number; view: AlertView }>(
    `SELECT raised, view FROM ${alerts}
     WHERE raised < $1 AND ($2::text IS NULL OR status = $2) AND ($3::text IS NULL OR kind = $3) AND ($4::text IS NULL OR model = $4)
     ORDER BY raised DESC LIMIT $5`,
    [pageBelow(cursor), status ?? null, kind ?? null, model ?? null, limit + 1],
  )
  return pageFrom(
    rows,
    limit,
    ({ raised }) => raised,
    ({ view }) => view,
  )
}

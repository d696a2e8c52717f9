import type { Page, PageQuery, PolicyView } from '@muster/contracts'
import { pageBelow, pageFrom } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { policies } from './tables.ts'

interface Asked extends PageQuery {
  readonly status?: PolicyView['status'] | undefined
  readonly kind?: PolicyView['kind'] | undefined
}

/** The policy that was published last for the first time comes first. */
export async function listPolicies(sql: Sql, { limit, cursor, status, kind }: Asked): Promise<Page<PolicyView>> {
  const rows = await sql.query<{ first_published: number; view: PolicyView }>(
    `SELECT first_published, view FROM ${policies}
     WHERE first_published < $1 AND ($2::text IS NULL OR status = $2) AND ($3::text IS NULL OR kind = $3)
     ORDER BY first_published DESC LIMIT $4`,
    [pageBelow(cursor), status ?? null, kind ?? null, limit + 1],
  )
  return pageFrom(
    rows,
    limit,
    row => row.first_published,
    ({ view }) => view,
  )
}

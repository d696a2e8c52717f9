import type { Page, ViolationView } from '@muster/contracts'
import { pageBelow, pageFrom } from '@muster/nest-host'
import { schemaOf, type Sql } from '@muster/projections'
import { violationList } from './projection.ts'

const schema = schemaOf(violationList)

export interface ViolationFilter {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly open?: 'true' | 'false' | undefined
  readonly environment?: string | undefined
  readonly endpoint?: string | undefined
}

type Row = Omit<ViolationView, 'deployment' | 'endedAt'> & {
  readonly deployment: string | null
  readonly endedAt: string | null
  readonly position: number
}

/** Newest first, by the position at which each was found. */
export async function listViolations(
  sql: Sql,
  { limit, cursor, open, environment, endpoint }: ViolationFilter,
): Promise<Page<ViolationView>> {
  const rows = await sql.query<Row>(
    `select position, environment, endpoint, kind, running, deployment, message, found_at as "foundAt", ended_at as "endedAt"
       from ${schema}.violations
      where position < $1
        and ($2::boolean is null or (ended_at is null) = $2)
        and ($3::text is null or environment = $3)
        and ($4::text is null or endpoint = $4)
      order by position desc limit $5`,
    [pageBelow(cursor), open === undefined ? null : open === 'true', environment ?? null, endpoint ?? null, limit + 1],
  )
  return pageFrom(
    rows,
    limit,
    ({ position }) => position,
    ({ deployment, endedAt, position: _, ...row }) => ({
      ...row,
      ...(deployment !== null && { deployment }),
      ...(endedAt !== null && { endedAt }),
    }),
  )
}

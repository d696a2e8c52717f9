import type { Page, ViolationView } from '@muster/contracts'
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

/** Newest first. The cursor is the position at which the last one of the page was found. */
export async function listViolations(
  sql: Sql,
  { limit, cursor, open, environment, endpoint }: ViolationFilter,
): Promise<Page<ViolationView>> {
  const rows = await sql.query<Row>(
    `select position, environment, endpoint, kind, running, deployment, message, found_at as "foundAt", ended_at as "endedAt"
       from ${schema}.violations
      where ($1::bigint is null or position < $1)
        and ($2::boolean is null or (ended_at is null) = $2)
        and ($3::text is null or environment = $3)
        and ($4::text is null or endpoint = $4)
      order by position desc limit $5`,
    [
      cursor !== undefined && /^\d{1,15}$/.test(cursor) ? Number(cursor) : null,
      open === undefined ? null : open === 'true',
      environment ?? null,
      endpoint ?? null,
      limit + 1,
    ],
  )
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map(({ deployment, endedAt, position: _, ...row }) => ({
      ...row,
      ...(deployment !== null && { deployment }),
      ...(endedAt !== null && { endedAt }),
    })),
    ...(rows.length > limit && last !== undefined && { next: String(last.position) }),
  }
}

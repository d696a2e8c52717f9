import type { ApprovalStatus, ApprovalSummary, Page, PageQuery } from '@muster/contracts'
import { pageBelow, pageFrom, type Caller } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { seenBy, type Standing } from '../approval.view.ts'
import { approvals } from './tables.ts'

interface Asked extends PageQuery {
  readonly status?: ApprovalStatus | undefined
  /** Only what the caller could sign now. */
  readonly mine: boolean
}

/** The newest request first. */
export async function listApprovals(sql: Sql, { limit, cursor, status, mine }: Asked, caller: Caller): Promise<Page<ApprovalSummary>> {
  const roles = caller.kind === 'person' ? caller.roles : []
  const rows = await sql.query<{ requested: number; standing: Standing }>(
    `SELECT requested, standing FROM ${approvals}
     WHERE requested < $1
       AND ($2::text IS NULL OR status = $2)
       AND ($3::text IS NULL OR (signable AND roles && $4::text[] AND NOT $3 = ANY (barred)))
     ORDER BY requested DESC LIMIT $5`,
    [pageBelow(cursor), status ?? null, mine ? caller.id : null, roles, limit + 1],
  )
  return pageFrom(
    rows,
    limit,
    ({ requested }) => requested,
    ({ standing }) => seenBy(standing, caller),
  )
}

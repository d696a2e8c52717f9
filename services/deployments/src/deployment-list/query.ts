import type { DeploymentStatus, DeploymentSummary, Page } from '@muster/contracts'
import { schemaOf, type Sql } from '@muster/projections'
import { deploymentList } from './projection.ts'

const schema = schemaOf(deploymentList)

export interface DeploymentFilter {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly status?: DeploymentStatus | undefined
  readonly model?: string | undefined
  readonly version?: string | undefined
  readonly environment?: string | undefined
  readonly endpoint?: string | undefined
}

type Row = Omit<DeploymentSummary, 'approvalId'> & { readonly approvalId: string | null; readonly openedPosition: number }

/** Newest first. The cursor is the position at which the last one of the page was opened. */
export async function listDeployments(
  sql: Sql,
  { limit, cursor, status, model, version, environment, endpoint }: DeploymentFilter,
): Promise<Page<DeploymentSummary>> {
  const rows = await sql.query<Row>(
    `select id, status, target, requested_by as "requestedBy", reasons, approval_id as "approvalId", opened_at as "openedAt",
            changed_at as "changedAt", position, opened_position as "openedPosition"
       from ${schema}.deployments
      where ($1::bigint is null or opened_position < $1)
        and ($2::text is null or status = $2)
        and ($3::text is null or target ->> 'model' = $3)
        and ($4::text is null or target ->> 'version' = $4)
        and ($5::text is null or target ->> 'environment' = $5)
        and ($6::text is null or target ->> 'endpoint' = $6)
      order by opened_position desc limit $7`,
    [positionOf(cursor), status ?? null, model ?? null, version ?? null, environment ?? null, endpoint ?? null, limit + 1],
  )
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map(({ approvalId, openedPosition: _, ...row }) => ({ ...row, ...(approvalId !== null && { approvalId }) })),
    ...(rows.length > limit && last !== undefined && { next: String(last.openedPosition) }),
  }
}

const positionOf = (cursor: string | undefined): number | null =>
  cursor !== undefined && /^\d{1,15}$/.test(cursor) ? Number(cursor) : null

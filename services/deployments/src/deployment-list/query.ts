import type { DeploymentStatus, DeploymentSummary, Page } from '@muster/contracts'
import { pageBelow, pageFrom } from '@muster/nest-host'
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

/** Newest first, by the position at which each was opened. */
export async function listDeployments(
  sql: Sql,
  { limit, cursor, status, model, version, environment, endpoint }: DeploymentFilter,
): Promise<Page<DeploymentSummary>> {
  const rows = await sql.query<Row>(
    `select id, status, target, requested_by as "requestedBy", reasons, approval_id as "approvalId", opened_at as "openedAt",
            changed_at as "changedAt", position, opened_position as "openedPosition"
       from ${schema}.deployments
      where opened_position < $1
        and ($2::text is null or status = $2)
        and ($3::text is null or target ->> 'model' = $3)
        and ($4::text is null or target ->> 'version' = $4)
        and ($5::text is null or target ->> 'environment' = $5)
        and ($6::text is null or target ->> 'endpoint' = $6)
      order by opened_position desc limit $7`,
    [pageBelow(cursor), status ?? null, model ?? null, version ?? null, environment ?? null, endpoint ?? null, limit + 1],
  )
  return pageFrom(
    rows,
    limit,
    ({ openedPosition }) => openedPosition,
    ({ approvalId, openedPosition: _, ...row }) => ({ ...row, ...(approvalId !== null && { approvalId }) }),
  )
}

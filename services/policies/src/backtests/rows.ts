import type {
  BacktestDifference,
  BacktestStatus,
  DifferenceClass,
  Page,
  PageQuery,
  PolicyDocument,
  RunningViolation,
} from '@muster/contracts'
import { emptyReport, type Report } from '@muster/domain'
import { pageBelow, pageFrom } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import type { Running } from './running-now.ts'

/* The rows of `tables.ts`. Every step on says from where it goes: of two processes that take the same step, one finds that it was taken. */

export interface Run {
  readonly entry: number
  readonly id: string
  readonly status: BacktestStatus
  readonly digest: string
  readonly documents: readonly PolicyDocument[]
  readonly follow: boolean
  readonly requestedBy: string
  readonly requestedAt: string
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly head: number
  readonly position: number
  readonly report: Report
  readonly running: number
  readonly error: string | null
}

const columns = `entry, id, status, digest, documents, follow, requested_by AS "requestedBy", requested_at AS "requestedAt",
  started_at AS "startedAt", ended_at AS "endedAt", head, position, report, running, error`

export type Asked = Pick<Run, 'id' | 'digest' | 'documents' | 'follow' | 'requestedBy' | 'requestedAt' | 'head'>

/** Ended ones beyond this many are forgotten. */
const mostEnded = 200

export async function insertRun(sql: Sql, asked: Asked): Promise<Run> {
  const { id, digest, documents, follow, requestedBy, requestedAt, head } = asked
  const [run] = await sql.query<Run>(
    `INSERT INTO backtests.runs (id, status, digest, documents, follow, requested_by, requested_at, head, position, report)
     VALUES ($1, 'queued', $2, $3, $4, $5, $6, $7, 0, $8) RETURNING ${columns}`,
    [id, digest, JSON.stringify(documents), follow, requestedBy, requestedAt, head, JSON.stringify(emptyReport)],
  )
  await sql.query(
    `DELETE FROM backtests.runs WHERE entry IN (SELECT entry FROM backtests.runs WHERE status IN ('finished', 'cancelled', 'failed')
       ORDER BY entry DESC OFFSET $1)`,
    [mostEnded],
  )
  if (run === undefined) throw new Error('a row that was inserted is not there')
  return run
}

export async function findRun(sql: Sql, id: string): Promise<Run | undefined> {
  const [run] = await sql.query<Run>(`SELECT ${columns} FROM backtests.runs WHERE id = $1`, [id])
  return run
}

/** The same question over the same history, unless it was given up. */
export async function findSame(sql: Sql, { digest, follow, head }: Pick<Run, 'digest' | 'follow' | 'head'>): Promise<Run | undefined> {
  const [run] = await sql.query<Run>(
    `SELECT ${columns} FROM backtests.runs
     WHERE digest = $1 AND follow = $2 AND (head = $3 OR status = 'following') AND status NOT IN ('cancelled', 'failed')
     ORDER BY entry DESC LIMIT 1`,
    [digest, follow, head],
  )
  return run
}

export async function countDue(sql: Sql): Promise<{ readonly waiting: number; readonly following: number }> {
  const [row] = await sql.query<{ waiting: number; following: number }>(
    `SELECT count(*) FILTER (WHERE NOT follow AND status <> 'following') AS waiting, count(*) FILTER (WHERE follow) AS following
     FROM backtests.runs WHERE status IN ('queued', 'running', 'following')`,
    [],
  )
  return row ?? { waiting: 0, following: 0 }
}

/** The newest first. */
export async function listRuns(sql: Sql, { limit, cursor }: PageQuery): Promise<{ readonly rows: readonly Run[]; readonly limit: number }> {
  const rows = await sql.query<Run>(`SELECT ${columns} FROM backtests.runs WHERE entry < $1 ORDER BY entry DESC LIMIT $2`, [
    pageBelow(cursor),
    limit + 1,
  ])
  return { rows, limit }
}

/** Those that are under way, at most so many through history at once, the oldest first; what waits begins when there is room. */
export async function takeTurn(sql: Sql, atOnce: number, at: string): Promise<readonly Run[]> {
  await sql.query(
    `UPDATE backtests.runs SET status = 'running', started_at = $2
     WHERE status = 'queued' AND entry IN (
       SELECT entry FROM backtests.runs WHERE status IN ('queued', 'running') ORDER BY status = 'running' DESC, entry LIMIT $1)`,
    [atOnce, at],
  )
  return await sql.query<Run>(`SELECT ${columns} FROM backtests.runs WHERE status IN ('running', 'following') ORDER BY entry`, [])
}

export interface Step {
  readonly position: number
  readonly head: number
  readonly report: Report
  readonly differences: readonly BacktestDifference[]
}

/** False when the run stands elsewhere by now, or was ended. */
export async function saveStep(
  sql: Sql,
  { id, status, position: from }: Run,
  { position, head, report, differences }: Step,
): Promise<boolean> {
  return await sql.transaction(async tx => {
    const moved = await tx.query(
      `UPDATE backtests.runs SET position = $4, head = $5, report = $6 WHERE id = $1 AND status = $2 AND position = $3 RETURNING id`,
      [id, status, from, position, head, JSON.stringify(report)],
    )
    if (moved.length === 0) return false
    if (differences.length > 0)
      await tx.query(
        `INSERT INTO backtests.differences (backtest, position, class, view)
         SELECT $1, position, class, view FROM json_to_recordset($2) AS row (position bigint, class text, view json)`,
        [id, JSON.stringify(differences.map(view => ({ position: view.position, class: view.class, view })))],
      )
    return true
  })
}

/** All history stands in the report: it is finished, or follows. */
export async function saveEnd(
  sql: Sql,
  { id, position: from, follow }: Run,
  { checked, violations }: Running,
  at: string,
): Promise<boolean> {
  return await sql.transaction(async tx => {
    const moved = await tx.query(
      `UPDATE backtests.runs SET position = head, running = $3, status = $4, ended_at = $5
       WHERE id = $1 AND status = 'running' AND position = $2 RETURNING id`,
      [id, from, checked, follow ? 'following' : 'finished', follow ? null : at],
    )
    if (moved.length === 0) return false
    await tx.query(
      `INSERT INTO backtests.violations (backtest, entry, view)
       SELECT $1, entry, view FROM json_to_recordset($2) AS row (entry bigint, view json)`,
      [id, JSON.stringify(violations.map((view, index) => ({ entry: index + 1, view })))],
    )
    return true
  })
}

export async function endRun(sql: Sql, id: string, status: 'cancelled' | 'failed', at: string, error: string | null): Promise<void> {
  await sql.query(
    `UPDATE backtests.runs SET status = $2, ended_at = $3, error = $4 WHERE id = $1 AND status IN ('queued', 'running', 'following')`,
    [id, status, at, error],
  )
}

export async function countViolations(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.query<{ backtest: string; count: number }>(
    'SELECT backtest, count(*) AS count FROM backtests.violations WHERE backtest = ANY ($1) GROUP BY backtest',
    [ids],
  )
  return new Map(rows.map(({ backtest, count }) => [backtest, count]))
}

/** The newest decision first. */
export async function listDifferences(
  sql: Sql,
  id: string,
  { limit, cursor, class: of }: PageQuery & { readonly class?: DifferenceClass | undefined },
): Promise<Page<BacktestDifference>> {
  const rows = await sql.query<{ position: number; view: BacktestDifference }>(
    `SELECT position, view FROM backtests.differences WHERE backtest = $1 AND position < $2 AND ($3::text IS NULL OR class = $3)
     ORDER BY position DESC LIMIT $4`,
    [id, pageBelow(cursor), of ?? null, limit + 1],
  )
  return pageFrom(
    rows,
    limit,
    ({ position }) => position,
    ({ view }) => view,
  )
}

export async function listViolations(sql: Sql, id: string, { limit, cursor }: PageQuery): Promise<Page<RunningViolation>> {
  const rows = await sql.query<{ entry: number; view: RunningViolation }>(
    'SELECT entry, view FROM backtests.violations WHERE backtest = $1 AND entry < $2 ORDER BY entry DESC LIMIT $3',
    [id, pageBelow(cursor), limit + 1],
  )
  return pageFrom(
    rows,
    limit,
    ({ entry }) => entry,
    ({ view }) => view,
  )
}

import type { Clearance } from '@muster/domain'
import type { Sql } from '@muster/projections'
import type { Place } from '../news.ts'

/* The rows of `tables.ts`. */

export type OpenStatus = 'waiting' | 'approval-required' | 'cleared' | 'revoked'

export interface OpenRow {
  readonly id: string
  readonly status: OpenStatus
  readonly model: string
  readonly version: string
  readonly environment: string
  readonly endpoint: string
  readonly artifact: string | null
  readonly streams: readonly string[]
  readonly openedAt: string
  readonly dueAt: string | null
  readonly lapsesAt: string | null
  readonly revokedAt: string | null
  readonly remediateBy: string | null
  /** Of the newest event in its stream when the row was written. */
  readonly position: number
  /** The newest recheck that had been asked for when it was checked. */
  readonly recheck: number
  /** Documents of the catalogue that applied when it was checked; null when that is not known. */
  readonly applied: readonly string[] | null
}

export const columns = `id, status, model, version, environment, endpoint, artifact, streams, opened_at as "openedAt", due_at as "dueAt",
  lapses_at as "lapsesAt", revoked_at as "revokedAt", remediate_by as "remediateBy", position, recheck, applied`

/** Those whose facts come from one of the streams, at most `limit`. */
export const rowsReading = (sql: Sql, streams: readonly string[], limit: number): Promise<OpenRow[]> =>
  sql.query<OpenRow>(`select ${columns} from deployments.open_deployments where streams && $1::text[] and status <> 'revoked' limit $2`, [
    streams,
    limit,
  ])

export const rowsOf = (sql: Sql, ids: readonly string[]): Promise<OpenRow[]> =>
  sql.query<OpenRow>(`select ${columns} from deployments.open_deployments where id = any($1::text[])`, [ids])

/** Those that are due, the longest due first. */
export const rowsDue = (sql: Sql, at: string, limit: number): Promise<OpenRow[]> =>
  sql.query<OpenRow>(`select ${columns} from deployments.open_deployments where due_at <= $1 order by due_at, id limit $2`, [at, limit])

export async function saveRows(sql: Sql, rows: readonly OpenRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql.query(
    `insert into deployments.open_deployments
       (id, status, model, version, environment, endpoint, artifact, streams, opened_at, due_at, lapses_at, revoked_at, remediate_by,
        position, recheck, applied)
     select r.id, r.status, r.model, r.version, r.environment, r.endpoint, r.artifact, r.streams, r."openedAt", r."dueAt", r."lapsesAt",
            r."revokedAt", r."remediateBy", r.position, r.recheck, r.applied
       from jsonb_to_recordset($1::jsonb) as r(id text, status text, model text, version text, environment text, endpoint text, artifact text,
            streams text[], "openedAt" timestamptz, "dueAt" timestamptz, "lapsesAt" timestamptz, "revokedAt" timestamptz, "remediateBy" timestamptz,
            position bigint, recheck bigint, applied text[])
     on conflict (id) do update set status = excluded.status, artifact = excluded.artifact, streams = excluded.streams,
       due_at = excluded.due_at, revoked_at = excluded.revoked_at, remediate_by = excluded.remediate_by,
       position = excluded.position, recheck = excluded.recheck, applied = excluded.applied`,
    [JSON.stringify(rows)],
  )
}

export async function removeRows(sql: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await sql.query('delete from deployments.open_deployments where id = any($1::text[])', [ids])
}

export async function clearancesOf(sql: Sql, models: readonly string[]): Promise<Clearance[]> {
  const rows = await sql.query<OpenRow>(
    `select ${columns} from deployments.open_deployments where model = any($1::text[]) and status in ('cleared', 'revoked') order by opened_at, id`,
    [models],
  )
  return rows.flatMap(({ id, status, model, version, environment, endpoint, artifact, revokedAt, remediateBy }) =>
    artifact === null || (status !== 'cleared' && status !== 'revoked')
      ? []
      : [
          {
            deployment: id,
            status,
            model,
            version,
            environment,
            endpoint,
            artifact,
            ...(revokedAt !== null && { revokedAt }),
            ...(remediateBy !== null && { remediateBy }),
          },
        ],
  )
}

/** Where one of the models runs and something was found wrong at the last look, or nobody has looked yet. */
export const placesInViolation = (sql: Sql, models: readonly string[]): Promise<Place[]> =>
  sql.query<Place>('select distinct environment, endpoint from deployments.running_models where model = any($1::text[]) and in_violation', [
    models,
  ])

export interface RunningAt extends Place {
  readonly models: readonly string[]
  readonly inViolation: boolean
}

export async function saveRunning(sql: Sql, places: readonly RunningAt[]): Promise<void> {
  await sql.query(
    `with places as (
       select p.environment, p.endpoint, p.models, p."inViolation" as in_violation
         from jsonb_to_recordset($1::jsonb) as p(environment text, endpoint text, models text[], "inViolation" boolean)
     ), gone as (
       delete from deployments.running_models r using places p
        where r.environment = p.environment and r.endpoint = p.endpoint and not r.model = any(p.models)
     )
     insert into deployments.running_models (environment, endpoint, model, in_violation)
     select p.environment, p.endpoint, unnest(p.models), p.in_violation from places p
     on conflict (environment, endpoint, model) do update set in_violation = excluded.in_violation`,
    [JSON.stringify(places)],
  )
}

export const postpone = async (sql: Sql, ids: readonly string[], until: string): Promise<void> => {
  if (ids.length > 0) await sql.query('update deployments.open_deployments set due_at = $2 where id = any($1::text[])', [ids, until])
}

export async function oldestUndecided(sql: Sql): Promise<string | undefined> {
  const [row] = await sql.query<{ oldest: string | null }>(
    `select min(opened_at) as oldest from deployments.open_deployments where status in ('waiting', 'approval-required')`,
    [],
  )
  return row?.oldest ?? undefined
}

/** Where the subscription stands by its cursor. Locks it, so that a table that is built meanwhile stands there too. */
export async function cursorPosition(tx: Sql): Promise<number> {
  const [cursor] = await tx.query<{ position: number }>(`select position from muster.cursors where name = 'deployments' for update`, [])
  return cursor?.position ?? 0
}

export interface Progress {
  readonly position: number
  readonly event: string
}

export async function progressOf(sql: Sql): Promise<Progress | undefined> {
  const [progress] = await sql.query<Progress>('select position, event from deployments.progress', [])
  return progress
}

/** Need not be waited for: it goes out with the commit, which fails with it. */
export const saveProgress = (sql: Sql, { position, event }: Progress): Promise<unknown> =>
  sql.query(
    `insert into deployments.progress (position, event) values ($1, $2)
     on conflict (one) do update set position = excluded.position, event = excluded.event`,
    [position, event],
  )

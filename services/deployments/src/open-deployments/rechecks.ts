import type { Glance, InForceById } from '@muster/domain'
import type { Sql } from '@muster/projections'
import { columns, type OpenRow } from './rows.ts'

/*
 * What many deployments are to be checked again for: documents of the catalogue of which something else is in force, streams that more of them
 * read than one step looks at, or everything. Each is one row that is worked through in the order of ids, behind what is new, oldest first.
 *
 * A row of the table of what is open says which recheck was the newest when it was checked, and every check is made by what stands then: so
 * what was checked meanwhile, for whatever reason, is passed by, and nothing is checked twice for one recheck. Killed in the middle, the next
 * holder goes on where the last commit stands.
 */

export interface Cause {
  readonly event: string
  readonly correlation: string
}

export interface Recheck extends Cause {
  readonly number: number
  readonly policies: readonly string[] | null
  readonly streams: readonly string[] | null
  /** The id up to which it has come. */
  readonly reached: string
}

export const newestRecheck = async (sql: Sql): Promise<number> => {
  const [row] = await sql.query<{ recheck: number }>('select recheck from deployments.considered', [])
  return row?.recheck ?? 0
}

/** Whom it concerns: with neither documents nor streams everybody. Returns its number. */
export async function askRecheck(
  sql: Sql,
  { event, correlation }: Cause,
  { policies, streams }: { readonly policies?: readonly string[]; readonly streams?: readonly string[] },
): Promise<number> {
  // One that has not begun is answered by this one too, if it asks for no more.
  if (streams !== undefined)
    await sql.query(`delete from deployments.rechecks where reached = '' and policies is null and streams <@ $1::text[]`, [streams])
  const [row] = await sql.query<{ number: number }>(
    `with next as (update deployments.considered set recheck = recheck + 1 returning recheck)
     insert into deployments.rechecks (number, policies, streams, event, correlation) select recheck, $1, $2, $3, $4 from next returning number`,
    [policies ?? null, streams ?? null, event, correlation],
  )
  if (row === undefined) throw new Error('deployments.considered has no row')
  return row.number
}

export const oldestRecheck = async (sql: Sql): Promise<Recheck | undefined> => {
  const [row] = await sql.query<Recheck>(
    'select number, policies, streams, event, correlation, reached from deployments.rechecks order by number limit 1',
    [],
  )
  return row
}

/** The next ones that it has still to look at, in its order: these columns of each. */
const behind =
  <Row extends object>(which: string) =>
  (sql: Sql, { number, streams, reached }: Recheck, limit: number): Promise<Row[]> =>
    sql.query<Row>(
      `select ${which} from deployments.open_deployments
        where id > $1 and recheck < $2 and status <> 'revoked' and ($3::text[] is null or streams && $3) order by id limit $4`,
      [reached, number, streams, limit],
    )
export const rowsBehind = behind<OpenRow>(columns)
export const glancesBehind = behind<Glance>('id, model, version, environment, endpoint, applied')

export const moveRecheck = async (sql: Sql, number: number, reached: string): Promise<void> => {
  await sql.query('update deployments.rechecks set reached = $2 where number = $1', [number, reached])
}

export const endRecheck = async (sql: Sql, number: number): Promise<void> => {
  await sql.query('delete from deployments.rechecks where number = $1', [number])
}

/** The catalogue that what is open was last measured against. */
export const inForceBefore = async (sql: Sql): Promise<InForceById> => {
  const [row] = await sql.query<{ inForce: InForceById }>('select in_force as "inForce" from deployments.considered', [])
  return row?.inForce ?? {}
}

export const saveInForce = async (sql: Sql, inForce: InForceById): Promise<void> => {
  await sql.query('update deployments.considered set in_force = $1', [JSON.stringify(inForce)])
}

/** Whether the settings are other ones than those that what is open was measured against, which they are from now on. */
export async function settingsChanged(sql: Sql, settings: string): Promise<boolean> {
  const changed = await sql.query('update deployments.considered set settings = $1 where settings <> $1 returning 1', [settings])
  return changed.length > 0
}

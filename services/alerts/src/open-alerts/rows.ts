import type { AlertKey } from '@muster/domain'
import type { Sql } from '@muster/projections'

/* The rows of `tables.ts`. */

export type OpenAlert = AlertKey & { readonly id: string }

export async function openAlertsOf(sql: Sql, subjects: readonly string[]): Promise<OpenAlert[]> {
  if (subjects.length === 0) return []
  const rows = await sql.query<{ id: string; kind: AlertKey['kind']; subject: string; rule: string | null }>(
    'SELECT id, kind, subject, rule FROM alerts.open_alerts WHERE subject = ANY ($1::text[])',
    [subjects],
  )
  return rows.map(({ rule, ...row }) => ({ ...row, ...(rule !== null && { rule }) }))
}

/** Whether there is no row though the subscription has moved. Locks its cursor, so that it waits until the transaction ends. */
export async function standsEmptyBehind(tx: Sql, subscription: string): Promise<boolean> {
  const [cursor] = await tx.query<{ position: number }>('SELECT position FROM muster.cursors WHERE name = $1 FOR UPDATE', [subscription])
  if (cursor === undefined || cursor.position === 0) return false
  return (await tx.query('SELECT 1 FROM alerts.open_alerts LIMIT 1', [])).length === 0
}

export async function saveOpenAlerts(sql: Sql, opened: readonly OpenAlert[], ended: readonly string[]): Promise<void> {
  if (ended.length > 0) await sql.query('DELETE FROM alerts.open_alerts WHERE id = ANY ($1::text[])', [ended])
  if (opened.length === 0) return
  await sql.query(
    `INSERT INTO alerts.open_alerts (id, kind, subject, rule)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) ON CONFLICT (id) DO NOTHING`,
    [
      opened.map(({ id }) => id),
      opened.map(({ kind }) => kind),
      opened.map(({ subject }) => subject),
      opened.map(({ rule }) => rule ?? null),
    ],
  )
}

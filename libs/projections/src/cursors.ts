import type { Cursor, Position } from '@muster/event-store'
import type { Sql } from './sql.ts'

/* Where each subscription stands. The row is also the fence: whoever handles a batch locks it and finds its own cursor there, or stops. */

export interface Standing {
  readonly cursor: Cursor | 'start'
  readonly position: Position
}

/** Somebody else has moved the cursor: another holder, or a rebuild. Whatever was done on the old one is rolled back. */
export class CursorMoved extends Error {
  constructor(name: string) {
    super(`the cursor of subscription ${name} was moved by somebody else`)
    this.name = 'CursorMoved'
  }
}

/** The cursor, made at the start of the log when there is none. */
export async function openCursor(sql: Sql, name: string, at: string): Promise<Standing> {
  await sql.query(`INSERT INTO muster.cursors (name, cursor, position, updated_at) VALUES ($1, 'start', 0, $2) ON CONFLICT DO NOTHING`, [
    name,
    at,
  ])
  const standing = await readCursor(sql, name)
  if (standing === undefined) throw new CursorMoved(name)
  return standing
}

export async function readCursor(sql: Sql, name: string): Promise<Standing | undefined> {
  const [row] = await sql.query<Standing>('SELECT cursor, position FROM muster.cursors WHERE name = $1', [name])
  return row
}

/** Keeps everybody else from this subscription until the transaction ends. @throws CursorMoved */
export async function lockCursor(tx: Sql, name: string, { cursor }: Standing): Promise<void> {
  const [row] = await tx.query<Standing>('SELECT cursor, position FROM muster.cursors WHERE name = $1 FOR UPDATE', [name])
  if (row?.cursor !== cursor) throw new CursorMoved(name)
}

export async function moveCursor(tx: Sql, name: string, { cursor, position }: Standing, at: string): Promise<void> {
  await tx.query('UPDATE muster.cursors SET cursor = $2, position = $3, updated_at = $4 WHERE name = $1', [name, cursor, position, at])
}

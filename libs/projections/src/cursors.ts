import type { Cursor, Position } from '@muster/event-store'
import type { Sql } from './sql.ts'

/*
 * Where each subscription stands. The row is also the fence: whoever handles a batch locks it and finds its own cursor there, or stops. A
 * rebuild may end at the very cursor at which the holder stands, so it raises the epoch: what the holder remembers of the rows is of another.
 */

export interface Standing {
  readonly cursor: Cursor | 'start'
  readonly position: Position
  readonly epoch: number
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
  const [row] = await sql.query<Standing>('SELECT cursor, position, epoch FROM muster.cursors WHERE name = $1', [name])
  return row
}

/** Waits for the batch in hand and keeps everybody else from this subscription until the transaction ends. */
export async function holdCursor(tx: Sql, name: string): Promise<Standing | undefined> {
  const [row] = await tx.query<Standing>('SELECT cursor, position, epoch FROM muster.cursors WHERE name = $1 FOR UPDATE', [name])
  return row
}

/** The cursor, there or at the start of the log, for rows that were made anew: whoever stood on those before begins again. */
export async function resetCursor(tx: Sql, name: string, { cursor, position }: Omit<Standing, 'epoch'>, at: string): Promise<Standing> {
  const [row] = await tx.query<Standing>(
    `INSERT INTO muster.cursors AS c (name, cursor, position, updated_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (name) DO UPDATE SET cursor = excluded.cursor, position = excluded.position, updated_at = excluded.updated_at,
       epoch = c.epoch + 1
     RETURNING cursor, position, epoch`,
    [name, cursor, position, at],
  )
  if (row === undefined) throw new CursorMoved(name)
  return row
}

/** Whether the holder may go on from there. */
export const isSameStanding = (one: Standing, other: Standing | undefined): boolean =>
  other !== undefined && one.cursor === other.cursor && one.epoch === other.epoch

/** Keeps everybody else from this subscription until the transaction ends. @throws CursorMoved */
export async function lockCursor(tx: Sql, name: string, standing: Standing): Promise<void> {
  if (!isSameStanding(standing, await holdCursor(tx, name))) throw new CursorMoved(name)
}

/** Need not be waited for: it goes out with the commit, which fails with it. */
export const moveCursor = (tx: Sql, name: string, { cursor, position }: Standing, at: string): Promise<unknown> =>
  tx.query('UPDATE muster.cursors SET cursor = $2, position = $3, updated_at = $4 WHERE name = $1', [name, cursor, position, at])

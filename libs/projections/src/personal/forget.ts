import { erasedText } from '@muster/contracts'
import type { Recorded } from '@muster/event-store'
import { isNonEmpty, type NonEmpty } from '@muster/kernel'
import type { Sql } from '../sql.ts'

/*
 * How a table that holds personal text loses it: at `person.erased`, in the order of the log. All that the person had written stands before
 * that event, and who reads the log has lost the keys when it sees it, so nothing can come into the table in clear again.
 */

/** A column that holds personal text: of jsonb, as `{ personal, of }` at any depth; of text, beside a column that says whose it is. */
export interface PersonalColumn {
  readonly table: string
  readonly column: string
  /** The column with the person, where this one is of text. */
  readonly of?: string
}

/** Hands the batch on in its order, and blanks the columns where somebody was erased. `wants` are the events that the table is made of. */
export async function forgetting(
  batch: NonEmpty<Recorded>,
  wants: (event: Recorded) => boolean,
  project: (batch: NonEmpty<Recorded>) => Promise<void>,
  forget: (person: string) => Promise<void>,
): Promise<void> {
  let before: Recorded[] = []
  const flush = async (): Promise<void> => {
    if (isNonEmpty(before)) await project(before)
    before = []
  }
  for (const recorded of batch) {
    if (wants(recorded)) before.push(recorded)
    if (recorded.event.type !== 'person.erased') continue
    await flush()
    await forget(recorded.event.person)
  }
  await flush()
}

/** The names are the read model's own, and no text from outside. */
export async function forgetPerson(sql: Sql, schema: string, { table, column, of }: PersonalColumn, person: string): Promise<void> {
  if (of !== undefined) {
    await sql.query(`UPDATE ${schema}.${table} SET ${column} = $2 WHERE ${of} = $1 AND ${column} IS NOT NULL`, [person, erasedText])
    return
  }
  const rows = await sql.query<{ place: string; content: unknown }>(
    `SELECT ctid::text AS place, ${column} AS content FROM ${schema}.${table}
     WHERE jsonb_path_exists(${column}, '$.** ? (@.of == $person)', jsonb_build_object('person', $1::text)) FOR UPDATE`,
    [person],
  )
  for (const { place, content } of rows)
    await sql.query(`UPDATE ${schema}.${table} SET ${column} = $2 WHERE ctid = $1::tid`, [place, JSON.stringify(blanked(content, person))])
}

function blanked(value: unknown, person: string): unknown {
  if (Array.isArray(value)) return value.map(item => blanked(item, person))
  if (typeof value !== 'object' || value === null) return value
  if ('personal' in value && 'of' in value && value.of === person) return { ...value, personal: erasedText }
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, blanked(inner, person)]))
}

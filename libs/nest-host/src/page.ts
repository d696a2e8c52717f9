import type { Page } from '@muster/contracts'
import { ProblemError } from './problem.ts'

/*
 * Pages of a list that runs from the newest to the oldest by a position of the log. Outside, a cursor is opaque; inside, it is the position
 * of the last item of the page before, so that what is added meanwhile moves nothing.
 */

/** Items of the page lie below this position. @throws a 400 problem for a text that is no cursor of ours */
export function pageBelow(cursor: string | undefined): number {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER
  const text = Buffer.from(cursor, 'base64url').toString('latin1')
  if (/^p\d{1,16}$/.test(text)) return Number(text.slice(1))
  throw notACursor()
}

/** For a list with cursors of another form. */
export function notACursor(): ProblemError {
  const message = 'a cursor is the `next` of the page before'
  return new ProblemError(400, 'invalid', `/cursor: ${message}`, {
    title: 'The query is not valid',
    errors: [{ pointer: '/cursor', message }],
  })
}

/** Of rows from the newest to the oldest: ask the database for one more than the limit, so that the last page is known. */
export function pageFrom<Row, Item>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => number,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const items = shown.map(itemOf)
  return rows.length > limit && last !== undefined ? { items, next: Buffer.from(`p${positionOf(last)}`).toString('base64url') } : { items }
}

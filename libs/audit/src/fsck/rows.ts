import { canonicalJson } from '@muster/contracts'
import { differenceOf, type Finding } from './finding.ts'

/* What a list shows, row by row, against what the log says. */

export type Row = Readonly<Record<string, unknown>>

export interface Shown {
  /** What it is a list of, for people: `the list of deployments`. */
  readonly name: string
  /** Fields that tell rows apart; of two rows with the same ones the second differs from nothing and is too many. */
  readonly key: readonly string[]
  /** All that is compared. What a row lacks is null, as a missing column is. */
  readonly fields: readonly string[]
}

/** What is missing, what is too much, and what is otherwise. */
export function compareRows(shown: Shown, is: Iterable<Row>, should: Iterable<Row>): readonly Finding[] {
  const { name, key, fields } = shown
  const differs = (message: string): Finding => ({ part: 'read-models', message: `${name}: ${message}` })
  const wanted = new Map<string, Row>()
  for (const row of should) wanted.set(keyOf(row, key), pick(row, fields))
  const seen = new Set<string>()
  const found: Finding[] = []
  for (const row of is) {
    const id = keyOf(row, key)
    const actual = pick(row, fields)
    const expected = wanted.get(id)
    if (expected === undefined) found.push(differs(`${id} is shown, and the log says nothing of it`))
    else if (seen.has(id)) found.push(differs(`${id} is shown twice`))
    else {
      const difference = differenceOf(actual, expected)
      if (difference !== undefined) found.push(differs(`${id} is shown otherwise than the log says: ${difference}`))
    }
    seen.add(id)
  }
  for (const id of wanted.keys()) if (!seen.has(id)) found.push(differs(`${id} is not shown, and the log says that it is there`))
  return found
}

const pick = (row: Row, fields: readonly string[]): Row => Object.fromEntries(fields.map(field => [field, row[field] ?? null]))

const keyOf = (row: Row, key: readonly string[]): string =>
  key.map(field => (typeof row[field] === 'string' ? row[field] : canonicalJson(row[field] ?? null))).join(' ')

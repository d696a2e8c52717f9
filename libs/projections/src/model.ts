import { parseStream } from '@muster/contracts'
import type { Filter, Recorded } from '@muster/event-store'
import type { NonEmpty } from '@muster/kernel'
import { forgetPerson, forgetting, type PersonalColumn } from './personal/forget.ts'
import type { Sql } from './sql.ts'
import type { Subscription } from './subscription.ts'

/*
 * What a read model is: tables that a subscription fills, exactly once, since rows and cursor are one transaction.
 *
 * It is told into which schema it writes, and reads its own rows from there: so the same code fills the tables that are read, and those that
 * a rebuild makes beside them.
 */

export interface ReadModel {
  /** Lower case, digits, underscores or hyphens. */
  readonly name: string
  /** Higher whenever the tables or what is written into them change. */
  readonly version: number
  /** SQL that makes the tables, without schema names: they come into the version's own schema. */
  readonly tables: string
  readonly filter: Filter
  /**
   * Writes the batch's rows through `sql`, into the schema, which is to be written before each table's name. Batches have at most 1,000
   * events: fold them first, and write each table at once. The rows MUST be the same however the log is cut into batches.
   */
  project(batch: NonEmpty<Recorded>, sql: Sql, schema: string): Promise<void>
  /** Columns that hold what people wrote: when one of them is erased, the model hears of it in its place in the log, and the text is gone. */
  readonly personal?: readonly PersonalColumn[]
  /** SQL that (re)makes what lies outside the schema and reads its tables, which it names without schema. It MUST bear to be repeated. */
  readonly publish?: string
}

export type Version = Pick<ReadModel, 'name' | 'version'>

/** The schema of the tables that are read, to write before each table's name: `${schemaOf(model)}.deployments`. */
export function schemaOf({ name, version }: Version): string {
  if (!/^[a-z][a-z0-9_-]{0,50}$/.test(name)) throw new RangeError(`"${name}" cannot be the name of a read model`)
  return `${name.replaceAll('-', '_')}_v${version}`
}

/** Between two batches, in milliseconds: tables may be so far behind, unless somebody waits for them. */
const pace = 100

/** The subscription that fills it; `caughtUp` takes it. It is called as the schema that it fills. */
export function subscriptionOf(model: ReadModel, schema: string = schemaOf(model)): Subscription {
  const { filter, personal = [] } = model
  if (personal.length === 0) return { name: schema, filter, pace, handle: (batch, sql) => model.project(batch, sql, schema) }
  const { categories } = filter
  return {
    name: schema,
    pace,
    filter: categories === undefined ? filter : { ...filter, categories: [...new Set([...categories, 'person' as const])] },
    handle: (batch, sql) =>
      forgetting(
        batch,
        ({ stream }) => categories === undefined || categories.includes(parseStream(stream).category),
        wanted => model.project(wanted, sql, schema),
        async person => {
          for (const column of personal) await forgetPerson(sql, schema, column, person)
        },
      ),
  }
}

import { decode, largestBatch, type EventStore } from '@muster/event-store'
import { isNonEmpty } from '@muster/kernel'
import { schemaOf, subscriptionOf, type ReadModel } from '../model.ts'
import { prepareReadModel } from '../read-model.ts'
import type { Database, Sql } from '../sql.ts'

interface On {
  readonly store: EventStore
  readonly database: Database
}

/** For tests of one read model: makes its tables and projects the whole log into them, in batches of `size`, without a subscription. */
export async function projectAll(on: On, model: ReadModel, size: number = largestBatch): Promise<void> {
  await prepareReadModel({ ...on, now: () => new Date().toISOString() }, model)
  await projectInto(on, model, schemaOf(model), [size])
}

/**
 * What every read model keeps: the rows are the same however the log is cut into batches. Answers all rows of all tables after the whole log
 * was projected into tables of their own, in batches of these sizes in turn. `except` are columns that two builds need not share.
 */
export async function rowsAfter(on: On, model: ReadModel, sizes: readonly number[], except: readonly string[] = []): Promise<unknown> {
  const schema = `${schemaOf(model)}_test`
  await on.database.transaction(async tx => {
    await tx.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE; CREATE SCHEMA ${schema}; SET LOCAL search_path TO ${schema}; ${model.tables}`)
  })
  await projectInto(on, model, schema, sizes)
  return await rowsOf(on.database, schema, except)
}

async function projectInto({ store, database }: On, model: ReadModel, schema: string, sizes: readonly number[]): Promise<void> {
  const { filter, handle } = subscriptionOf(model, schema)
  for (let [after, turn]: [string, number] = ['start', 0]; ; turn += 1) {
    const batch = (await store.readLog(after, filter, sizes[turn % sizes.length] ?? largestBatch)).map(decode)
    if (!isNonEmpty(batch)) return
    await database.transaction(sql => handle(batch, sql))
    after = batch.at(-1)?.cursor ?? after
  }
}

async function rowsOf(sql: Sql, schema: string, except: readonly string[]): Promise<Record<string, readonly string[]>> {
  const tables = await sql.query<{ name: string }>(
    'SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = $1 ORDER BY 1',
    [schema],
  )
  const all: Record<string, readonly string[]> = {}
  for (const { name } of tables) {
    const rows = await sql.query<{ row: string }>(`SELECT (to_jsonb(t) - $1::text[])::text AS row FROM ${schema}.${name} t ORDER BY 1`, [
      except,
    ])
    all[name] = rows.map(({ row }) => row)
  }
  return all
}

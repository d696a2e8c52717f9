import { resetCursor } from './cursors.ts'
import { schemaOf, type ReadModel } from './model.ts'
import { tellReleased } from './parking.ts'
import type { RunnerDeps } from './runner.ts'
import type { Sql } from './sql.ts'

/* The tables of a read model, as they are made, published and forgotten. All of it is done within a transaction that holds `lockModels`. */

export type ReadModelDeps = Pick<RunnerDeps, 'store' | 'database' | 'now'>

/** One at a time makes, swaps or drops the tables of read models. */
export const lockModels = (tx: Sql): Promise<unknown> => tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('muster read models', 0))`)

/** Empty tables, and a cursor at the start of the log. */
export async function makeTables(deps: ReadModelDeps, tx: Sql, model: ReadModel): Promise<void> {
  const schema = schemaOf(model)
  await forgetParked(deps, tx, schema)
  await makeSchema(tx, schema, model)
  await resetCursor(tx, schema, { cursor: 'start', position: 0 }, deps.now())
}

/** The tables, empty, in a schema of that name and no other's. */
export async function makeSchema(tx: Sql, schema: string, { tables }: ReadModel): Promise<void> {
  await tx.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE; CREATE SCHEMA ${schema}`)
  await inSchema(tx, schema, tables)
}

/** What was parked is built anew with all the rest, or gone. Killed before the commit, the rows stand and the next holder enters them again. */
export async function forgetParked(deps: ReadModelDeps, tx: Sql, subscription: string): Promise<void> {
  await tellReleased(deps, tx, subscription)
  await tx.query('DELETE FROM muster.parked WHERE subscription = $1', [subscription])
}

export async function publish(tx: Sql, model: ReadModel): Promise<void> {
  if (model.publish !== undefined) await inSchema(tx, schemaOf(model), model.publish)
  await tx.query('UPDATE muster.read_models SET published = $3 WHERE name = $1 AND version = $2', [
    model.name,
    model.version,
    model.publish ?? '',
  ])
}

async function inSchema(tx: Sql, schema: string, text: string): Promise<void> {
  await tx.query(`SET LOCAL search_path TO ${schema}`)
  await tx.query(text)
  await tx.query('SET LOCAL search_path TO DEFAULT')
}

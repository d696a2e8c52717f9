import type { Sql } from './sql.ts'

/** The database was made by a newer release than this one. */
export class NewerSchema extends Error {
  constructor(name: string, version: number, known: number) {
    super(
      `the tables "${name}" in this database have version ${version}, and this release of Muster knows versions up to ${known}: ` +
        'start the newer release, or restore the backup that was made before it ran',
    )
    this.name = 'NewerSchema'
  }
}

/**
 * Brings the tables of that name up to date: applies each migration (SQL text) once, in order, all or none. Several processes may do so at
 * once. Which were applied is kept in `muster.schema_versions`. @throws NewerSchema
 */
export async function migrate(sql: Sql, name: string, migrations: readonly string[]): Promise<void> {
  await sql.transaction(async tx => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('muster migrations', 0))`)
    await tx.query(`CREATE SCHEMA IF NOT EXISTS muster;
      CREATE TABLE IF NOT EXISTS muster.schema_versions (name text PRIMARY KEY, version integer NOT NULL)`)
    const [row] = await tx.query<{ version: number }>('SELECT version FROM muster.schema_versions WHERE name = $1', [name])
    const version = row?.version ?? 0
    if (version > migrations.length) throw new NewerSchema(name, version, migrations.length)
    if (version === migrations.length) return
    for (const migration of migrations.slice(version)) await tx.query(migration)
    await tx.query(
      `INSERT INTO muster.schema_versions (name, version) VALUES ($1, $2)
       ON CONFLICT (name) DO UPDATE SET version = excluded.version`,
      [name, migrations.length],
    )
  })
}

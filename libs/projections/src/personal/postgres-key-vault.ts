import type { KeyVault, Logger, PersonKey } from '@muster/event-store'
import { randomBytes, randomUUID } from 'node:crypto'
import { migrate } from '../migrate.ts'
import type { Sql } from '../sql.ts'
import type { MasterKey } from './master-key.ts'
import { keyTables } from './tables.ts'

/*
 * The keys in PostgreSQL, wrapped. One that was destroyed stays as a row without a key, so that everybody knows it is gone and not missing.
 *
 * The old version of that row goes with the table's file: it is written anew at once, and is small. WAL and backups are out of reach.
 */

/** The keys in this database are wrapped by another master key than ours. */
export class OtherMasterKey extends Error {
  constructor(theirs: string, ours: string) {
    super(
      `personal text in this database is encrypted under the master key with fingerprint ${theirs}, and this process has ${ours}: ` +
        'set MUSTER_PERSONAL_KEY_FILE to the file that every Muster of this database uses',
    )
    this.name = 'OtherMasterKey'
  }
}

export interface KeyVaultParts {
  readonly sql: Sql
  readonly master: MasterKey
  readonly logger: Logger
}

/** Makes the tables where there are none. @throws OtherMasterKey, NewerSchema */
export async function postgresKeyVault({ sql, master, logger }: KeyVaultParts): Promise<KeyVault> {
  await migrate(sql, 'personal', keyTables)
  // Whoever starts first on this database says which it is.
  await sql.query('INSERT INTO personal.master (fingerprint) VALUES ($1) ON CONFLICT DO NOTHING', [master.fingerprint])
  const [row] = await sql.query<{ fingerprint: string }>('SELECT fingerprint FROM personal.master', [])
  if (row?.fingerprint !== master.fingerprint) throw new OtherMasterKey(String(row?.fingerprint), master.fingerprint)

  const opened = ({ id, wrapped }: { readonly id: string; readonly wrapped: Buffer }): PersonKey => ({
    id,
    bytes: master.unwrap(id, wrapped),
  })

  return {
    async current(people) {
      const known = await currentOf(sql, people)
      // In one order whoever asks, so that two who make keys for the same people do not wait for each other.
      const missing = people.filter(person => !known.some(each => each.person === person)).toSorted()
      if (missing.length === 0) return new Map(known.map(each => [each.person, opened(each)]))
      const made = missing.map(() => randomUUID())
      await sql.query(
        `INSERT INTO personal.keys (id, person, wrapped) SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[])
         ON CONFLICT (person) WHERE wrapped IS NOT NULL DO NOTHING`,
        [made, missing, made.map(id => master.wrap(id, randomBytes(32)))],
      )
      return new Map((await currentOf(sql, people)).map(each => [each.person, opened(each)]))
    },

    async find(ids) {
      const rows = await sql.query<{ id: string; wrapped: Buffer | null }>(
        'SELECT id, wrapped FROM personal.keys WHERE id = ANY ($1::uuid[])',
        [ids],
      )
      return new Map(
        rows.flatMap(({ id, wrapped }): [string, PersonKey | 'destroyed'][] => {
          if (wrapped === null) return [[id, 'destroyed']]
          try {
            return [[id, opened({ id, wrapped })]]
          } catch (error) {
            logger.error({ err: error, key: id }, 'the key of personal text is damaged: restore the row of personal.keys')
            return []
          }
        }),
      )
    },

    async keysOf(person) {
      return (await currentOf(sql, [person])).map(({ id }) => id)
    },

    async destroy(person, ids) {
      const changed = await sql.query(
        `INSERT INTO personal.keys AS kept (id, person, destroyed_at) SELECT id, $2, now() FROM unnest($1::uuid[]) AS id
         ON CONFLICT (id) DO UPDATE SET wrapped = NULL, destroyed_at = now() WHERE kept.wrapped IS NOT NULL
         RETURNING 1`,
        [ids.toSorted(), person],
      )
      if (changed.length === 0) return
      // No part of the erasure: what a reader of the files could find is gone a little later without it.
      await sql
        .query('VACUUM FULL personal.keys')
        .catch((error: unknown) =>
          logger.warn({ err: error }, 'the table of personal keys could not be vacuumed: run VACUUM FULL personal.keys'),
        )
    },
  }
}

const currentOf = (sql: Sql, people: readonly string[]): Promise<{ id: string; person: string; wrapped: Buffer }[]> =>
  sql.query('SELECT id, person, wrapped FROM personal.keys WHERE person = ANY ($1::text[]) AND wrapped IS NOT NULL', [people])

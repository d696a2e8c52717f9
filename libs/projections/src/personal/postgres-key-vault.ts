import type { KeyVault, Logger, PersonKey } from '@muster/event-store'
import type { NonEmpty } from '@muster/kernel'
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

/** Keys in this database are wrapped by a master key that we do not have. */
export class OtherMasterKey extends Error {
  constructor(theirs: string, ours: readonly MasterKey[]) {
    super(
      `personal text in this database is encrypted under the master key with fingerprint ${theirs}, and this process has ` +
        `${ours.map(({ fingerprint }) => fingerprint).join(', ')}: set MUSTER_PERSONAL_KEY_FILE to the file that every Muster of this database uses`,
    )
    this.name = 'OtherMasterKey'
  }
}

export interface KeyVaultParts {
  readonly sql: Sql
  /** The first one wraps; what the others wrapped is wrapped anew by it at the start. */
  readonly masters: NonEmpty<MasterKey>
  readonly logger: Logger
}

/** Makes the tables where there are none. @throws OtherMasterKey, NewerSchema */
export async function postgresKeyVault({ sql, masters, logger }: KeyVaultParts): Promise<KeyVault> {
  await migrate(sql, 'personal', keyTables)
  await sql.transaction(tx => wrapAnew(tx, masters))
  const [master] = masters
  const opened = ({ id, wrapped, by }: Wrapped): PersonKey => ({ id, bytes: masterOf(masters, by).unwrap(id, wrapped) })

  return {
    async current(people) {
      const known = await currentOf(sql, people)
      // In one order whoever asks, so that two who make keys for the same people do not wait for each other.
      const missing = people.filter(person => !known.some(each => each.person === person)).toSorted()
      if (missing.length === 0) return new Map(known.map(each => [each.person, opened(each)]))
      const made = missing.map(() => randomUUID())
      await sql.query(
        `INSERT INTO personal.keys (id, person, wrapped, wrapped_by)
         SELECT id, person, wrapped, $4 FROM unnest($1::uuid[], $2::text[], $3::bytea[]) AS made (id, person, wrapped)
         ON CONFLICT (person) WHERE wrapped IS NOT NULL DO NOTHING`,
        [made, missing, made.map(id => master.wrap(id, randomBytes(32))), master.fingerprint],
      )
      return new Map((await currentOf(sql, people)).map(each => [each.person, opened(each)]))
    },

    async find(ids) {
      const rows = await sql.query<Wrapped | { id: string; wrapped: null; by: null }>(
        'SELECT id, wrapped, wrapped_by AS by FROM personal.keys WHERE id = ANY ($1::uuid[])',
        [ids],
      )
      return new Map(
        rows.flatMap((row): [string, PersonKey | 'destroyed'][] => {
          const { id } = row
          if (row.wrapped === null) return [[id, 'destroyed']]
          try {
            return [[id, opened(row)]]
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

interface Wrapped {
  readonly id: string
  readonly wrapped: Buffer
  readonly by: string
}

const currentOf = (sql: Sql, people: readonly string[]): Promise<(Wrapped & { readonly person: string })[]> =>
  sql.query('SELECT id, person, wrapped, wrapped_by AS by FROM personal.keys WHERE person = ANY ($1::text[]) AND wrapped IS NOT NULL', [
    people,
  ])

function masterOf(masters: NonEmpty<MasterKey>, fingerprint: string): MasterKey {
  const found = masters.find(master => master.fingerprint === fingerprint)
  if (found === undefined) throw new OtherMasterKey(fingerprint, masters)
  return found
}

/** Whoever starts first on a database says which master key it is; later, one who has that and puts another one first changes it. */
async function wrapAnew(tx: Sql, masters: NonEmpty<MasterKey>): Promise<void> {
  const [master] = masters
  await tx.query('INSERT INTO personal.master (fingerprint) VALUES ($1) ON CONFLICT DO NOTHING', [master.fingerprint])
  const [standing] = await tx.query<{ fingerprint: string }>('SELECT fingerprint FROM personal.master FOR UPDATE', [])
  masterOf(masters, String(standing?.fingerprint))
  const others = await tx.query<Wrapped>(
    'SELECT id, wrapped, wrapped_by AS by FROM personal.keys WHERE wrapped IS NOT NULL AND wrapped_by <> $1 FOR UPDATE',
    [master.fingerprint],
  )
  if (others.length > 0)
    await tx.query(
      `UPDATE personal.keys AS k SET wrapped = anew.wrapped, wrapped_by = $3
       FROM unnest($1::uuid[], $2::bytea[]) AS anew (id, wrapped) WHERE k.id = anew.id`,
      [
        others.map(({ id }) => id),
        others.map(({ id, wrapped, by }) => master.wrap(id, masterOf(masters, by).unwrap(id, wrapped))),
        master.fingerprint,
      ],
    )
  await tx.query('UPDATE personal.master SET fingerprint = $1 WHERE fingerprint <> $1', [master.fingerprint])
}

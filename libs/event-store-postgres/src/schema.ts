import type { ClientBase } from 'pg'

/*
 * The tables of the log, in the schema `log`. Each migration is applied once, in order, under an advisory lock, so that several processes may
 * start at once.
 *
 * `head` is one row: the position of the newest event. Whoever appends moves it first and holds its lock until the commit, so that
 * positions have no gaps and are committed in their order.
 */

const migrations = [
  `
CREATE TABLE log.head (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  position bigint NOT NULL,
  recordedtime timestamptz NOT NULL
);
INSERT INTO log.head (position, recordedtime) VALUES (0, '-infinity');

CREATE TABLE log.events (
  position bigint PRIMARY KEY,
  stream text COLLATE "C" NOT NULL,
  revision integer NOT NULL,
  id uuid NOT NULL,
  category text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  recordedtime timestamptz NOT NULL,
  context text NOT NULL,
  data text NOT NULL,
  CONSTRAINT one_event_per_revision UNIQUE (stream, revision),
  CONSTRAINT one_event_per_id UNIQUE (id)
);
CREATE INDEX events_of_category ON log.events (category, position);
-- PostgreSQL would first try to compress, which costs more than the space is worth.
ALTER TABLE log.events ALTER COLUMN data SET STORAGE EXTERNAL;

COMMENT ON TABLE log.events IS 'Everything that happened, in order. Only ever added to.';
COMMENT ON COLUMN log.events.data IS 'Canonical JSON (RFC 8785), to the byte.';
COMMENT ON COLUMN log.events.context IS 'CloudEvents attributes, a JSON object.';

CREATE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log is only ever added to';
END $$;
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON log.events
  FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
`,
] as const

/** Any number, but always the same one. */
const migrationLock = 7_206_110_001

/** The database was made by a newer release than this one. */
export class NewerLog extends Error {
  constructor(version: number) {
    super(
      `the log in this database has schema version ${version}, and this release of Muster knows versions up to ${migrations.length}: ` +
        'start the newer release, or restore the backup that was made before it ran',
    )
    this.name = 'NewerLog'
  }
}

/** @throws NewerLog */
export async function migrate(client: ClientBase): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [migrationLock])
    await client.query('CREATE SCHEMA IF NOT EXISTS log')
    await client.query('CREATE TABLE IF NOT EXISTS log.schema_version (version integer NOT NULL)')
    const { rows } = await client.query<{ version: number }>('SELECT version FROM log.schema_version')
    const version = rows[0]?.version ?? 0
    if (version > migrations.length) throw new NewerLog(version)
    if (version < migrations.length) {
      for (const migration of migrations.slice(version)) await client.query(migration)
      await client.query('DELETE FROM log.schema_version')
      await client.query('INSERT INTO log.schema_version VALUES ($1)', [migrations.length])
    }
    await client.query('COMMIT')
  } catch (error) {
    // The error that ended the transaction is the one to tell, also when the connection is gone by now.
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

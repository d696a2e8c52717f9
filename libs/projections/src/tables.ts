/* Muster's own tables, in the schema `muster`. Never change a migration that was released: add one. */

export const tables = [
  `
CREATE TABLE muster.cursors (
  name text PRIMARY KEY,
  cursor text NOT NULL,
  position bigint NOT NULL,
  updated_at timestamptz NOT NULL
);
COMMENT ON TABLE muster.cursors IS 'Where each subscription stands in the log.';

CREATE TABLE muster.parked (
  subscription text NOT NULL,
  position bigint NOT NULL,
  key text NOT NULL,
  stream text NOT NULL,
  event_id uuid NOT NULL,
  type text NOT NULL,
  correlation text NOT NULL,
  reason text,
  since timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  retry_requested boolean NOT NULL DEFAULT false,
  PRIMARY KEY (subscription, position)
);
CREATE INDEX parked_by_key ON muster.parked (subscription, key, position);
COMMENT ON TABLE muster.parked IS 'Events that a subscription could not process, and all of the same key behind them. The contents stand in the log.';
COMMENT ON COLUMN muster.parked.reason IS 'Why it failed; null for those that wait behind one that failed.';

CREATE TABLE muster.read_models (
  name text NOT NULL,
  version integer NOT NULL,
  tables text NOT NULL,
  live boolean NOT NULL,
  PRIMARY KEY (name, version)
);
COMMENT ON TABLE muster.read_models IS 'Which versions of each read model have tables, and which one is published.';
`,
  `
ALTER TABLE muster.read_models ADD COLUMN published text;
COMMENT ON COLUMN muster.read_models.published IS 'The SQL by which the version was published last: it is not published again while that is the same.';
`,
  `
ALTER TABLE muster.cursors ADD COLUMN epoch integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN muster.cursors.epoch IS 'Higher each time that what the subscription fills was built anew: who handled what was there before begins again.';
ALTER TABLE muster.read_models ADD COLUMN rebuild boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN muster.read_models.rebuild IS 'Somebody asks for a rebuild: a process that runs the read model does it, and clears this in the same transaction.';
`,
] as const

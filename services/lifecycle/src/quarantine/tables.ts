/* What was never accepted stands outside the log. Never change a migration that was released: add one. */

export const quarantineTables = [
  `
CREATE SCHEMA IF NOT EXISTS lifecycle;

CREATE TABLE lifecycle.quarantine (
  sha256 text PRIMARY KEY,
  entry bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  value bytea,
  headers json NOT NULL,
  key bytea,
  topic text NOT NULL,
  partition integer NOT NULL,
  "offset" bigint NOT NULL,
  code text NOT NULL,
  message text NOT NULL,
  path text,
  claimed jsonb NOT NULL,
  times integer NOT NULL,
  seen jsonb NOT NULL,
  first_seen timestamptz NOT NULL,
  last_seen timestamptz NOT NULL,
  released_at timestamptz,
  released_outcome text,
  released_by text
);
CREATE INDEX quarantine_by_entry ON lifecycle.quarantine (entry);
CREATE INDEX quarantine_open ON lifecycle.quarantine (entry) WHERE released_at IS NULL;
COMMENT ON TABLE lifecycle.quarantine IS 'Messages from Kafka that were not taken: as they came, and why.';
COMMENT ON COLUMN lifecycle.quarantine.entry IS 'The order in which they were first seen; it may have gaps.';
COMMENT ON COLUMN lifecycle.quarantine.value IS 'The bytes as they came; null for a tombstone.';
COMMENT ON COLUMN lifecycle.quarantine.headers IS 'By name, the bytes as they came, in base64.';
COMMENT ON COLUMN lifecycle.quarantine."offset" IS 'Of the newest message with these bytes, in its partition.';
COMMENT ON COLUMN lifecycle.quarantine.seen IS 'By topic/partition, the highest offset that was counted: what Kafka brings again is not counted again.';
`,
] as const

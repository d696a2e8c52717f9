/* The keys of people's texts. Never change a migration that was released: add one. */

export const keyTables = [
  `
CREATE SCHEMA IF NOT EXISTS personal;

CREATE TABLE personal.master (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  fingerprint text NOT NULL
);
COMMENT ON TABLE personal.master IS 'Which master key new keys are wrapped by: a process that does not have it refuses to start.';

CREATE TABLE personal.keys (
  id uuid PRIMARY KEY,
  person text COLLATE "C" NOT NULL,
  wrapped bytea,
  wrapped_by text,
  made_at timestamptz NOT NULL DEFAULT now(),
  destroyed_at timestamptz,
  CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL)),
  CHECK (wrapped IS NULL OR wrapped_by IS NOT NULL)
);
CREATE UNIQUE INDEX one_key_per_person ON personal.keys (person) WHERE wrapped IS NOT NULL;
COMMENT ON TABLE personal.keys IS 'Under which the texts of each person are encrypted in the log. Destroy a key by muster erase and by nothing else.';
COMMENT ON COLUMN personal.keys.wrapped IS 'The key, encrypted under the master key; null once it is destroyed.';
COMMENT ON COLUMN personal.keys.wrapped_by IS 'Fingerprint of that master key.';
`,
] as const

import { schemaOf } from '@muster/projections'

export const policyListVersion = { name: 'policy-list', version: 3 } as const

export const tables = `
CREATE TABLE policies (
  id text PRIMARY KEY,
  first_seen bigint NOT NULL UNIQUE,
  status text NOT NULL,
  change text,
  tags text[] NOT NULL,
  controls text[] NOT NULL,
  words tsvector NOT NULL,
  standing jsonb NOT NULL,
  view jsonb NOT NULL
);
CREATE INDEX ON policies USING gin (words);
COMMENT ON TABLE policies IS 'Every policy and approval rule: what decides, what is tried, what is proposed.';
COMMENT ON COLUMN policies.first_seen IS 'Position of its first event in the log.';
COMMENT ON COLUMN policies.tags IS 'Each tag as key:value and as value.';
COMMENT ON COLUMN policies.words IS 'What it is found by.';
COMMENT ON COLUMN policies.standing IS 'The fold of its events.';
COMMENT ON COLUMN policies.view IS 'The policy as it is shown.';
`

export const policies = `${schemaOf(policyListVersion)}.policies`

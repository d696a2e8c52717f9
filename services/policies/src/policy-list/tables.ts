import { schemaOf } from '@muster/projections'

export const policyListVersion = { name: 'policy-list', version: 1 } as const

export const tables = `
CREATE TABLE policies (
  id text PRIMARY KEY,
  first_published bigint NOT NULL UNIQUE,
  status text NOT NULL,
  kind text NOT NULL,
  view jsonb NOT NULL
);
COMMENT ON TABLE policies IS 'The newest version of every policy and approval rule.';
COMMENT ON COLUMN policies.first_published IS 'Position of its first version in the log.';
COMMENT ON COLUMN policies.view IS 'The policy as it is shown.';
`

export const policies = `${schemaOf(policyListVersion)}.policies`

import { schemaOf } from '@muster/projections'

export const approvalListVersion = { name: 'approval-list', version: 1 } as const

export const tables = `
CREATE TABLE approvals (
  id text PRIMARY KEY,
  requested bigint NOT NULL UNIQUE,
  status text NOT NULL,
  about_kind text NOT NULL,
  about_id text NOT NULL,
  roles text[] NOT NULL,
  signable boolean NOT NULL,
  barred text[] NOT NULL,
  standing jsonb NOT NULL
);
COMMENT ON TABLE approvals IS 'Who is asked to agree to what, and who did.';
COMMENT ON COLUMN approvals.requested IS 'Position of the request in the log.';
COMMENT ON COLUMN approvals.roles IS 'Roles that it asks for.';
COMMENT ON COLUMN approvals.signable IS 'It is open, and every name of who did the work maps to a person.';
COMMENT ON COLUMN approvals.barred IS 'Who cannot sign: those who did the work, and those who have signed.';
COMMENT ON COLUMN approvals.standing IS 'The approval as it is shown.';
`

export const approvals = `${schemaOf(approvalListVersion)}.approvals`

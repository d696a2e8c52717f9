import { schemaOf } from '@muster/projections'

export const alertListVersion = { name: 'alert-list', version: 1 } as const

export const tables = `
CREATE TABLE alerts (
  id text PRIMARY KEY,
  raised bigint NOT NULL UNIQUE,
  status text NOT NULL,
  kind text NOT NULL,
  model text,
  view jsonb NOT NULL
);
COMMENT ON TABLE alerts IS 'Every alert, open or resolved.';
COMMENT ON COLUMN alerts.raised IS 'Position in the log at which it was raised last.';
COMMENT ON COLUMN alerts.view IS 'The alert as it is shown.';
CREATE INDEX alerts_by_status ON alerts (status, raised);
CREATE INDEX alerts_by_model ON alerts (model, raised) WHERE model IS NOT NULL;
`

export const alerts = `${schemaOf(alertListVersion)}.alerts`

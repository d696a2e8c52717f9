/*
 * Alerts that stand open, by what ends them: the facts that end an alert name its kind and subject, and not its id.
 *
 * The table is written in the transaction that moves the cursor of the subscription `alerts`, so it stands where the cursor stands; it
 * can be rebuilt from the log (`rebuild.ts`). Never change a migration that was released: add one.
 */

export const migrations = [
  `
CREATE SCHEMA IF NOT EXISTS alerts;

CREATE TABLE alerts.open_alerts (
  id text PRIMARY KEY,
  kind text NOT NULL,
  subject text NOT NULL,
  rule text
);
COMMENT ON TABLE alerts.open_alerts IS 'Alerts that stand open, by what ends them.';
CREATE INDEX open_alerts_by_subject ON alerts.open_alerts (subject, kind);
`,
] as const

/* Backtests stand outside the log: they are questions, and change nothing. Never change a migration that was released: add one. */

export const backtestTables = [
  `
CREATE SCHEMA IF NOT EXISTS backtests;

CREATE TABLE backtests.runs (
  entry bigint NOT NULL GENERATED ALWAYS AS IDENTITY UNIQUE,
  id text PRIMARY KEY,
  status text NOT NULL,
  digest text NOT NULL,
  documents json NOT NULL,
  follow boolean NOT NULL,
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  started_at timestamptz,
  ended_at timestamptz,
  head bigint NOT NULL,
  position bigint NOT NULL,
  report json NOT NULL,
  running integer NOT NULL DEFAULT 0,
  error text
);
CREATE INDEX runs_due ON backtests.runs (entry) WHERE status IN ('queued', 'running', 'following');
CREATE INDEX runs_by_digest ON backtests.runs (digest, entry);
COMMENT ON TABLE backtests.runs IS 'What drafts would have decided: each question, how far it is answered, and the answer so far.';
COMMENT ON COLUMN backtests.runs.head IS 'Position up to which it goes.';
COMMENT ON COLUMN backtests.runs.position IS 'Everything up to here stands in the report; it goes on from here after a restart.';
COMMENT ON COLUMN backtests.runs.running IS 'What ran under a clearance at the end of history.';

CREATE TABLE backtests.differences (
  backtest text NOT NULL REFERENCES backtests.runs (id) ON DELETE CASCADE,
  position bigint NOT NULL,
  class text NOT NULL,
  view json NOT NULL,
  PRIMARY KEY (backtest, position)
);
CREATE INDEX differences_by_class ON backtests.differences (backtest, class, position);
COMMENT ON TABLE backtests.differences IS 'Every recorded decision that would have come out otherwise, or may have.';

CREATE TABLE backtests.violations (
  backtest text NOT NULL REFERENCES backtests.runs (id) ON DELETE CASCADE,
  entry bigint NOT NULL,
  view json NOT NULL,
  PRIMARY KEY (backtest, entry)
);
COMMENT ON TABLE backtests.violations IS 'What ran at the end of history and would violate the draft.';
`,
] as const

/*
 * What may still change by itself or by news: waiting, asking, cleared; and what was revoked, for violations are measured against it.
 *
 * It is written in the transaction that moves the cursor of the subscription `deployments`, so it stands where the cursor stands. It can be
 * rebuilt from the log at any time; rebuilt rows are due at once. Never change a migration that was released: add one.
 */

export const migrations = [
  `
create schema if not exists deployments;

create table deployments.open_deployments (
  id text primary key,
  status text not null check (status in ('waiting', 'approval-required', 'cleared', 'revoked')),
  model text not null,
  version text not null,
  environment text not null,
  endpoint text not null,
  artifact text,
  streams text[] not null,
  opened_at timestamptz not null,
  due_at timestamptz,
  lapses_at timestamptz,
  revoked_at timestamptz,
  remediate_by timestamptz
);
comment on column deployments.open_deployments.streams is 'The streams that its facts are folded from: news on one of them concern it.';
comment on column deployments.open_deployments.due_at is 'When it must be looked at again at the latest. Null: never by the clock.';
create index open_deployments_streams on deployments.open_deployments using gin (streams);
create index open_deployments_due on deployments.open_deployments (due_at) where due_at is not null;
create index open_deployments_model on deployments.open_deployments (model);

create table deployments.running_models (
  environment text not null,
  endpoint text not null,
  model text not null,
  primary key (environment, endpoint, model)
);
comment on table deployments.running_models is 'Where something runs, so that a clearance that comes or goes is measured against it.';

create table deployments.progress (
  one boolean primary key default true check (one),
  position bigint not null,
  event uuid not null
);
comment on table deployments.progress is 'The event that the subscription stands at: what a check by the clock is made as of.';
`,
] as const

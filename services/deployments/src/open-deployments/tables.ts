/*
 * What may still change by itself or by news: waiting, asking, cleared; and what was revoked, for violations are measured against it.
 *
 * It is written in the transaction that moves the cursor of the subscription `deployments`, so it stands where the cursor stands. It can be
 * rebuilt from the log at any time; rebuilt rows are due at once. Whatever concerns many is asked for by one row of `rechecks`, so that it costs
 * the step in which it comes nothing, however many are open. Never change a migration that was released: add one.
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
  `
alter table deployments.open_deployments
  add column position bigint not null default 0,
  add column recheck bigint not null default 0,
  add column applied text[];
comment on column deployments.open_deployments.position is 'Of the newest event in its stream when the row was written: while it is that, the row is right.';
comment on column deployments.open_deployments.recheck is 'The newest recheck that had been asked for when it was checked: it is done with that one and all before.';
comment on column deployments.open_deployments.applied is 'Documents of the catalogue that applied when it was checked, certainly or perhaps. Null: not known.';

create table deployments.rechecks (
  number bigint primary key,
  policies text[],
  streams text[],
  event text not null,
  correlation text not null,
  reached text not null default ''
);
comment on table deployments.rechecks is 'What many are to be checked again for, oldest first: documents of the catalogue, streams of facts, or neither, which is everything.';
comment on column deployments.rechecks.reached is 'The id up to which it has come.';

create table deployments.considered (
  one boolean primary key default true check (one),
  recheck bigint not null default 0,
  in_force jsonb not null default '{}',
  settings text not null default ''
);
insert into deployments.considered default values;
comment on table deployments.considered is 'The newest recheck that was asked for, and the catalogue and the settings that what is open was last measured against.';
`,
  `
alter table deployments.running_models add column in_violation boolean not null default true;
create index running_models_in_violation on deployments.running_models (model) where in_violation;
comment on column deployments.running_models.in_violation is 'Whether the last look found something wrong at the place; true before there was one. Only then does it depend on what is cleared elsewhere.';
`,
  `
-- What is new would else stand on a list that each look reads from its beginning.
alter index deployments.open_deployments_streams set (fastupdate = off);
select gin_clean_pending_list('deployments.open_deployments_streams');
create index open_deployments_undecided on deployments.open_deployments (opened_at) where status in ('waiting', 'approval-required');
`,
] as const

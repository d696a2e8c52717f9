import { publishView } from '../analysts.ts'

/*
 * Days are days of UTC, by the instant of the decision. A version that did not apply has a row of its days and none of its rules: which rules
 * it has stands in its document.
 */

export const tables = `
create table versions (
  policy text not null,
  policy_version integer not null,
  kind text not null,
  severity text,
  digest text not null,
  document jsonb not null,
  rules text[] not null,
  primary key (policy, policy_version)
);
create table version_days (
  day date not null,
  policy text not null,
  policy_version integer not null,
  mode text not null,
  checks bigint not null,
  not_applied bigint not null,
  primary key (day, policy, policy_version, mode)
);
create table rule_days (
  day date not null,
  policy text not null,
  policy_version integer not null,
  mode text not null,
  rule text not null,
  ran bigint not null,
  passed bigint not null,
  failed bigint not null,
  unknown bigint not null,
  error bigint not null,
  timed bigint not null,
  nanoseconds double precision not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (day, policy, policy_version, mode, rule)
);
create table deployment_days (
  day date not null,
  policy text not null,
  policy_version integer not null,
  mode text not null,
  deployment_id text not null,
  primary key (policy, policy_version, mode, day, deployment_id)
);
create table warnings (
  deployment_id text not null,
  policy text not null,
  policy_version integer not null,
  rule text not null,
  since timestamptz not null,
  ended_at timestamptz,
  primary key (deployment_id, policy, policy_version, rule)
);
create index on warnings (policy, policy_version, rule);
`

export const view = publishView({
  name: 'policy_performance',
  comment: 'How each rule of each policy did on each day (UTC), by recorded checks. A re-check that found nothing new is not recorded.',
  select: `select p.day, p.policy, p.policy_version, v.kind, p.mode, v.severity, r.rule, p.checks, p.not_applied,
    coalesce(d.ran, 0) as ran, coalesce(d.passed, 0) as passed, coalesce(d.failed, 0) as failed, coalesce(d.unknown, 0) as unknown,
    coalesce(d.error, 0) as error,
    (select count(*) from deployment_days x where x.policy = p.policy and x.policy_version = p.policy_version and x.mode = p.mode
        and x.day = p.day) as deployments,
    d.first_at, d.last_at, coalesce(d.timed, 0) as timed, d.nanoseconds / nullif(d.timed, 0) / 1000 as microseconds
    from version_days p join versions v using (policy, policy_version) cross join lateral unnest(v.rules) as r(rule)
    left join rule_days d on d.day = p.day and d.policy = p.policy and d.policy_version = p.policy_version and d.mode = p.mode
      and d.rule = r.rule`,
  columns: {
    day: 'The day of the decision, UTC.',
    policy: 'The policy or approval rule.',
    policy_version: 'Its version.',
    kind: 'Policy or ApprovalRule.',
    mode: 'enforce, warn or shadow: the mode in which it was checked.',
    severity: 'Severity of the policy; null of an approval rule.',
    rule: 'The rule; `when` of an approval rule.',
    checks: 'Recorded checks in which the version was in force.',
    not_applied: 'Of these, those to which it certainly did not apply.',
    ran: 'How often the rule was evaluated.',
    passed: 'How often it passed; of an approval rule: asked nobody.',
    failed: 'How often it failed; of an approval rule: asked people.',
    unknown: 'How often it was unknown, since facts were missing.',
    error: 'How often it could not be evaluated.',
    deployments:
      'Distinct deployments on that day to which the policy applied. Days do not add up: one deployment may be checked on several.',
    first_at: 'When it ran first on that day.',
    last_at: 'When it ran last on that day.',
    timed: 'How many checks were timed: those whose event id begins with 0, one in sixteen.',
    microseconds:
      'Mean over these of the time of the rule and its appliesTo, evaluated alone on the recorded facts, the best of three runs, on the machine that built the table and while it did. Not the time of the decision: there, what rules share is evaluated once. Another build gives other figures.',
  },
})

import type { AnyEvent, Recorded } from '@muster/contracts'
import type { NonEmpty } from '@muster/kernel'
import { READ_MODELS, type ReadModels } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'
import { publishView } from '../analysts.ts'

/** `compliance.check_results`: each rule of each recorded check. */
const model = { name: 'compliance-check-results', version: 2 } as const

const tables = `
create table check_results (
  position bigint not null,
  ordinal integer not null,
  event_id uuid not null,
  deployment_id text not null,
  checked_at timestamptz not null,
  decision_point text not null,
  verdict text not null,
  model text not null,
  version text not null,
  environment text not null,
  endpoint text not null,
  policy text not null,
  policy_version integer not null,
  policy_digest text not null,
  mode text not null,
  severity text not null,
  rule text not null,
  outcome text not null,
  message text,
  missing text[] not null,
  primary key (position, ordinal)
);
create index on check_results (policy, rule, checked_at);
create index on check_results (deployment_id);
`

const view = publishView({
  name: 'check_results',
  comment: 'Each rule of each recorded check. A re-check that found nothing new is not recorded.',
  select: `select deployment_id, checked_at, decision_point, verdict, model, version, environment, endpoint, policy, policy_version,
    policy_digest, mode, severity, rule, outcome, message, missing, event_id, position from check_results`,
  columns: {
    deployment_id: 'The deployment that was checked.',
    checked_at: 'The instant of the decision: the clock that the rules saw.',
    decision_point: 'intent, rollout or signal.',
    verdict: 'What followed from the whole check: cleared, blocked or approval-required.',
    model: 'The governed model.',
    version: 'The version that was checked.',
    environment: 'Where it shall run.',
    endpoint: 'The endpoint that shall serve it.',
    policy: 'The policy.',
    policy_version: 'Its version.',
    policy_digest: 'Digest of that version.',
    mode: 'enforce, warn or shadow: only enforced rules decide.',
    severity: 'Severity of the policy.',
    rule: 'The rule.',
    outcome: 'pass, fail, unknown or error.',
    message: 'What the rule tells people when it does not pass; null when it passes.',
    missing: 'Facts that were missing, where it is unknown.',
    event_id: 'The event deployment.checked that holds the evidence.',
    position: 'Its position of the log.',
  },
})

@Injectable()
export class ComplianceCheckResults {
  constructor(@Inject(READ_MODELS) readModels: ReadModels) {
    readModels.add({ ...model, tables, publish: view, filter: { categories: ['deployment'] }, project })
  }
}

/** What all rules of a check share is sent once, and not with each of them. */
async function project(batch: NonEmpty<Recorded<AnyEvent>>, sql: Sql, schema: string): Promise<void> {
  const checks = batch.flatMap(({ event, context, position, id }) => {
    if (event.type !== 'deployment.checked') return []
    const { at, point, verdict, target } = event
    const { model: name, version, environment, endpoint } = target
    const deployment = decodeURIComponent(context.subject)
    const digests = new Map(event.policies.map(applied => [`${applied.version} ${applied.policy}`, applied.digest]))
    const rules = event.rules.map((found, ordinal) => {
      const { policy, version: policyVersion, mode, severity, rule, outcome } = found
      const digest = digests.get(`${policyVersion} ${policy}`)
      const { message, missing } = found.outcome === 'pass' ? { message: null, missing: [] } : found
      return { ordinal, policy, policyVersion, digest, mode, severity, rule, outcome, message, missing }
    })
    return [{ position, event: id, deployment, at, point, verdict, model: name, version, environment, endpoint, rules }]
  })
  if (checks.length === 0) return
  await sql.query(
    `insert into ${schema}.check_results
     select c.position, r.ordinal, c.event, c.deployment, c.at, c.point, c.verdict, c.model, c.version, c.environment, c.endpoint, r.policy,
            r."policyVersion", r.digest, r.mode, r.severity, r.rule, r.outcome, r.message, r.missing
       from jsonb_to_recordset($1::jsonb) as c(position bigint, event uuid, deployment text, at timestamptz, point text, verdict text,
            model text, version text, environment text, endpoint text, rules jsonb)
      cross join lateral jsonb_to_recordset(c.rules) as r(ordinal integer, policy text, "policyVersion" integer, digest text, mode text,
            severity text, rule text, outcome text, message text, missing text[])`,
    [JSON.stringify(checks)],
  )
}

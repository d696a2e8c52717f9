import type { AnyEvent, DeploymentEvent, PolicyDocument, Recorded } from '@muster/contracts'
import type { NonEmpty } from '@muster/kernel'
import { READ_MODELS, type ReadModels } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'
import { tables, view } from './tables.ts'
import { tallyOf, type Tally } from './tally.ts'
import { timerOf, type Timer } from './timing.ts'

/** `compliance.policy_performance`: what the checks of each day say of each rule, for the review of the catalogue. */
export const model = { name: 'policy-performance', version: 3 } as const

@Injectable()
export class PolicyPerformanceModel {
  private readonly timers = new Map<string, Timer>()

  constructor(@Inject(READ_MODELS) readModels: ReadModels) {
    readModels.add({
      ...model,
      tables,
      publish: view,
      filter: { categories: ['deployment', 'policy'] },
      project: (batch, sql, schema) => this.project(batch, sql, schema),
    })
  }

  private async project(batch: NonEmpty<Recorded<AnyEvent>>, sql: Sql, schema: string): Promise<void> {
    await saveVersions(batch, sql, schema)
    const events = batch.filter((recorded): recorded is Recorded<DeploymentEvent> => recorded.event.type.startsWith('deployment.'))
    await this.makeTimers(events, sql, schema)
    await save(
      tallyOf(events, (policy, version) => this.timers.get(`${policy} ${version}`)),
      sql,
      schema,
    )
  }

  /** For the versions that are timed in this batch and are not known yet. */
  private async makeTimers(events: readonly Recorded<DeploymentEvent>[], sql: Sql, schema: string): Promise<void> {
    const wanted = new Set<string>()
    for (const { event, id } of events) {
      if (event.type !== 'deployment.checked' || !id.startsWith('0')) continue
      for (const { policy, version } of event.policies) if (!this.timers.has(`${policy} ${version}`)) wanted.add(`${policy} ${version}`)
    }
    if (wanted.size === 0) return
    const rows = await sql.query<{ policy: string; version: number; digest: string; document: PolicyDocument }>(
      `select policy, policy_version as version, digest, document from ${schema}.versions where policy || ' ' || policy_version = any($1::text[])`,
      [[...wanted]],
    )
    for (const { policy, version, digest, document } of rows) this.timers.set(`${policy} ${version}`, timerOf(document, version, digest))
  }
}

async function saveVersions(batch: readonly Recorded<AnyEvent>[], sql: Sql, schema: string): Promise<void> {
  const rows = batch.flatMap(({ event }) => {
    if (event.type !== 'policy.published') return []
    const { version, digest, document } = event
    const isPolicy = document.kind === 'Policy'
    const severity = isPolicy ? document.severity : null
    return [
      {
        policy: document.id,
        version,
        kind: document.kind,
        severity,
        digest,
        document,
        rules: isPolicy ? document.rules.map(({ id }) => id) : ['when'],
      },
    ]
  })
  if (rows.length === 0) return
  await sql.query(
    `insert into ${schema}.versions
     select r.policy, r.version, r.kind, r.severity, r.digest, r.document, r.rules
       from jsonb_to_recordset($1::jsonb) as r(policy text, version integer, kind text, severity text, digest text, document jsonb, rules text[])
     on conflict do nothing`,
    [JSON.stringify(rows)],
  )
}

async function save({ versionDays, ruleDays, deploymentDays, warnings, over }: Tally, sql: Sql, schema: string): Promise<void> {
  if (versionDays.length > 0)
    await sql.query(
      `insert into ${schema}.version_days as d
       select r.day, r.policy, r.version, r.mode, r.checks, r."notApplied"
         from jsonb_to_recordset($1::jsonb) as r(day date, policy text, version integer, mode text, checks bigint, "notApplied" bigint)
       on conflict (day, policy, policy_version, mode) do update set checks = d.checks + excluded.checks,
         not_applied = d.not_applied + excluded.not_applied`,
      [JSON.stringify(versionDays)],
    )
  if (ruleDays.length > 0)
    await sql.query(
      `insert into ${schema}.rule_days as d
       select r.day, r.policy, r.version, r.mode, r.rule, r.ran, r.passed, r.failed, r.unknown, r.error, r.timed, r.nanoseconds, r.first, r.last
         from jsonb_to_recordset($1::jsonb) as r(day date, policy text, version integer, mode text, rule text, ran bigint, passed bigint,
              failed bigint, unknown bigint, error bigint, timed bigint, nanoseconds double precision, first timestamptz, last timestamptz)
       on conflict (day, policy, policy_version, mode, rule) do update set ran = d.ran + excluded.ran, passed = d.passed + excluded.passed,
         failed = d.failed + excluded.failed, unknown = d.unknown + excluded.unknown, error = d.error + excluded.error,
         timed = d.timed + excluded.timed, nanoseconds = d.nanoseconds + excluded.nanoseconds,
         first_at = least(d.first_at, excluded.first_at), last_at = greatest(d.last_at, excluded.last_at)`,
      [JSON.stringify(ruleDays)],
    )
  if (deploymentDays.length > 0)
    await sql.query(
      `insert into ${schema}.deployment_days
       select r.day, r.policy, r.version, r.mode, r.deployment
         from jsonb_to_recordset($1::jsonb) as r(day date, policy text, version integer, mode text, deployment text)
       on conflict do nothing`,
      [JSON.stringify(deploymentDays)],
    )
  const passed = warnings.filter(({ since }) => since === null)
  if (passed.length > 0)
    await sql.query(
      `update ${schema}.warnings w set ended_at = r.ended
         from jsonb_to_recordset($1::jsonb) as r(deployment text, policy text, version integer, rule text, ended timestamptz)
        where w.ended_at is null and w.deployment_id = r.deployment and w.policy = r.policy and w.policy_version = r.version
          and w.rule = r.rule`,
      [JSON.stringify(passed)],
    )
  if (over.length > 0)
    await sql.query(
      `update ${schema}.warnings w set ended_at = r.at from jsonb_to_recordset($1::jsonb) as r(deployment text, at timestamptz)
        where w.deployment_id = r.deployment and w.ended_at is null`,
      [JSON.stringify(over)],
    )
  // Last: what warned in this batch knows how it stands at its end.
  const warned = warnings.filter(({ since }) => since !== null)
  if (warned.length > 0)
    await sql.query(
      `insert into ${schema}.warnings
       select r.deployment, r.policy, r.version, r.rule, r.since, r.ended
         from jsonb_to_recordset($1::jsonb)
           as r(deployment text, policy text, version integer, rule text, since timestamptz, ended timestamptz)
       on conflict (deployment_id, policy, policy_version, rule) do update set ended_at = excluded.ended_at`,
      [JSON.stringify(warned)],
    )
}

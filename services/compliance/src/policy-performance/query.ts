import type { PolicyPerformance, PolicyPerformancePage } from '@muster/contracts'
import { notACursor } from '@muster/nest-host'
import { schemaOf, type Sql } from '@muster/projections'
import { model } from './projection.ts'

const schema = schemaOf(model)

export interface PerformanceQuery {
  readonly from: string
  readonly until: string
  readonly policy?: string | undefined
  /** The share of runs that do not pass from which on a rule is noisy. */
  readonly noisy: number
  readonly finding?: PolicyPerformance['findings'][number] | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** So many runs say something. */
const enough = 10

interface Row extends Omit<PolicyPerformance, 'severity' | 'firstAt' | 'lastAt' | 'microseconds'> {
  readonly severity: PolicyPerformance['severity'] | null
  readonly firstAt: string | null
  readonly lastAt: string | null
  readonly microseconds: number | null
}

/** By policy, version, mode and rule, in this order. Only versions that were in force in the window, by recorded checks. */
export async function readPerformance(
  sql: Sql,
  { from, until, policy, noisy, finding, limit, cursor }: PerformanceQuery,
): Promise<PolicyPerformancePage> {
  const after = cursor === undefined ? null : positionFrom(cursor)
  const rows = await sql.query<Row>(
    `with days as (
       select policy, policy_version, mode, sum(checks)::bigint as checks, sum(not_applied)::bigint as not_applied
         from ${schema}.version_days where day >= $1::date and day < $2::date and ($3::text is null or policy = $3)
        group by policy, policy_version, mode
     ), rules as (
       select policy, policy_version, mode, rule, sum(ran)::bigint as ran, sum(passed)::bigint as passed, sum(failed)::bigint as failed,
              sum(unknown)::bigint as unknown, sum(error)::bigint as error, sum(timed)::bigint as timed, sum(nanoseconds) as nanoseconds,
              min(first_at) as first_at, max(last_at) as last_at
         from ${schema}.rule_days where day >= $1::date and day < $2::date and ($3::text is null or policy = $3)
        group by policy, policy_version, mode, rule
     ), warned as (
       select policy, policy_version, rule, count(*)::bigint as warned, count(ended_at)::bigint as ended
         from ${schema}.warnings where since >= $1::date and since < $2::date and ($3::text is null or policy = $3)
        group by policy, policy_version, rule
     ), told as (
       select d.policy, d.policy_version as version, v.kind, d.mode, v.severity, one.rule, d.checks, d.not_applied as "notApplied",
              coalesce(r.ran, 0)::bigint as ran, coalesce(r.passed, 0)::bigint as passed, coalesce(r.failed, 0)::bigint as failed,
              coalesce(r.unknown, 0)::bigint as unknown, coalesce(r.error, 0)::bigint as error, r.first_at as "firstAt", r.last_at as "lastAt",
              coalesce(r.timed, 0)::bigint as timed, r.nanoseconds / nullif(r.timed, 0) / 1000 as microseconds,
              case when d.mode = 'warn' then coalesce(w.warned, 0) else 0 end::bigint as warned,
              case when d.mode = 'warn' then coalesce(w.ended, 0) else 0 end::bigint as "warningsEnded"
         from days d join ${schema}.versions v using (policy, policy_version) cross join lateral unnest(v.rules) as one(rule)
         left join rules r on r.policy = d.policy and r.policy_version = d.policy_version and r.mode = d.mode and r.rule = one.rule
         left join warned w on w.policy = d.policy and w.policy_version = d.policy_version and w.rule = one.rule
     ), found as (
       select *, array_remove(array[
         case when ran = 0 then 'never-applied' end,
         case when ran >= $5 and ran = passed then 'never-failed' end,
         case when ran >= $5 and ran - passed >= $4::double precision * ran and kind = 'Policy' then 'noisy' end,
         case when warned > 0 and "warningsEnded" = 0 then 'ignored-warnings' end], null) as findings
         from told
     ), page as (
       select * from found
        where ($6::text is null or $6 = any(findings)) and ($7::jsonb is null
           or (policy collate "C", version, mode collate "C", rule collate "C")
            > ($7->>0, ($7->>1)::integer, $7->>2, $7->>3))
        order by policy collate "C", version, mode collate "C", rule collate "C" limit $8
     )
     select page.*, (select count(distinct x.deployment_id) from ${schema}.deployment_days x where x.policy = page.policy
         and x.policy_version = page.version and x.mode = page.mode and x.day >= $1::date and x.day < $2::date) as deployments
       from page order by policy collate "C", version, mode collate "C", rule collate "C"`,
    [from, until, policy ?? null, noisy, enough, finding ?? null, after === null ? null : JSON.stringify(after), limit + 1],
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = rows.length > limit && last !== undefined ? { next: cursorOf([last.policy, last.version, last.mode, last.rule]) } : {}
  return { from, until, items: shown.map(itemOf), ...next }
}

const itemOf = ({ severity, firstAt, lastAt, microseconds, ...row }: Row): PolicyPerformance => ({
  ...row,
  ...(severity !== null && { severity }),
  ...(firstAt !== null && { firstAt }),
  ...(lastAt !== null && { lastAt }),
  ...(microseconds !== null && { microseconds: Number(microseconds.toPrecision(3)) }),
})

type Place = readonly [policy: string, version: number, mode: string, rule: string]

const cursorOf = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url')

/** Outside, a cursor is opaque. Inside, it is the last item of the page before. */
function positionFrom(cursor: string): Place {
  const place = parsed(Buffer.from(cursor, 'base64url').toString('utf8'))
  if (!Array.isArray(place) || place.length !== 4) throw notACursor()
  const [policy, version, mode, rule]: readonly unknown[] = place
  if (typeof policy !== 'string' || !Number.isInteger(version) || typeof mode !== 'string' || typeof rule !== 'string') throw notACursor()
  return [policy, Number(version), mode, rule]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw notACursor()
  }
}

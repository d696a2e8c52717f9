import { modeOf, type AnyEvent, type Recorded } from '@muster/contracts'
import type { NonEmpty } from '@muster/kernel'
import { READ_MODELS, type ReadModels } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'
import { publishView } from '../analysts.ts'

/** `compliance.policy_changes`: who changed what of the catalogue, when. What people wrote as reasons and comments stays in the log. */
const model = { name: 'compliance-policy-changes', version: 1 } as const

const tables = `
create table policy_changes (
  position bigint primary key,
  event_id uuid not null,
  policy text not null,
  change text not null,
  changed_at timestamptz not null,
  actor_kind text,
  actor text,
  policy_version integer,
  digest text,
  kind text,
  mode text,
  effective_from timestamptz,
  effective_until timestamptz,
  reviewed boolean,
  approval_id text
);
create index on policy_changes (policy, position);
create index on policy_changes (changed_at);
`

const view = publishView({
  name: 'policy_changes',
  comment: 'Who changed what of the catalogue of policies, when: one row for each event of a policy.',
  select: `select policy, change, changed_at, actor_kind, actor, policy_version, digest, kind, mode, effective_from, effective_until, reviewed,
    approval_id, event_id, position from policy_changes`,
  columns: {
    policy: 'The policy or approval rule.',
    change: 'drafted, revised, submitted, changes-requested, approved, published, activated, retired, discarded or commented.',
    changed_at: 'When it was recorded.',
    actor_kind: 'user or service_account.',
    actor: 'Who did it: a person, or a service.',
    policy_version: 'The version, once there is one: of published, activated and retired.',
    digest: 'Digest of the content that it is about.',
    kind: 'Policy or ApprovalRule, where the event holds the document.',
    mode: 'The mode in which it is checked from then on; of a draft, the mode that the document asks for.',
    effective_from: 'From when the version is in effect.',
    effective_until: 'Until when, if it ends by itself.',
    reviewed: 'Of published: whether peers agreed to it.',
    approval_id: 'The approval by which peers were asked, or agreed.',
    event_id: 'The event in the log.',
    position: 'Its position of the log.',
  },
})

@Injectable()
export class CompliancePolicyChanges {
  constructor(@Inject(READ_MODELS) readModels: ReadModels) {
    readModels.add({ ...model, tables, publish: view, filter: { categories: ['policy'] }, project })
  }
}

async function project(batch: NonEmpty<Recorded<AnyEvent>>, sql: Sql, schema: string): Promise<void> {
  const rows = batch.flatMap(recorded => {
    const change = changeOf(recorded.event)
    if (change === undefined) return []
    const { event, id, position, recordedtime: at, context } = recorded
    const { subject, authid: actor, authtype: actorKind } = context
    return [
      { position, id, policy: decodeURIComponent(subject), change: event.type.slice('policy.'.length), at, actorKind, actor, ...change },
    ]
  })
  await sql.query(
    `insert into ${schema}.policy_changes
     select r.position, r.id, r.policy, r.change, r.at, r."actorKind", r.actor, r.version, r.digest, r.kind, r.mode, r."from", r.until,
            r.reviewed, r."approvalId"
       from jsonb_to_recordset($1::jsonb) as r(position bigint, id uuid, policy text, change text, at timestamptz, "actorKind" text, actor text,
            version integer, digest text, kind text, mode text, "from" timestamptz, until timestamptz, reviewed boolean, "approvalId" text)`,
    [JSON.stringify(rows)],
  )
}

interface Change {
  readonly version?: number
  readonly digest?: string
  readonly kind?: string
  readonly mode?: string
  readonly from?: string
  readonly until?: string | undefined
  readonly reviewed?: boolean
  readonly approvalId?: string
}

function changeOf(event: AnyEvent): Change | undefined {
  switch (event.type) {
    case 'policy.drafted':
    case 'policy.revised':
      return { digest: event.digest, kind: event.document.kind, mode: modeOf(event.document) }
    case 'policy.submitted':
    case 'policy.changes-requested':
    case 'policy.approved':
      return { digest: event.digest, approvalId: event.approvalId }
    case 'policy.published': {
      const { version, digest, document, mode, effectiveFrom: from, effectiveUntil: until, reviewed } = event
      return { version, digest, kind: document.kind, mode, from, until, reviewed }
    }
    case 'policy.activated':
      return { version: event.version, mode: event.mode, from: event.effectiveFrom, until: event.effectiveUntil }
    case 'policy.retired':
      return { version: event.version }
    case 'policy.discarded':
    case 'policy.commented':
      return { digest: event.digest }
    default:
      return undefined
  }
}

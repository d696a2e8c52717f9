import type { List, Row, Shown } from '@muster/audit'
import type { Sql } from '@muster/projections'

/* Lists and views as PostgreSQL holds them. The views are read as analysts read them: in the role that can do nothing else. */

export interface SqlList extends Shown {
  readonly list: List
  readonly select: string
}

const id = ['id']

export const sqlLists: readonly SqlList[] = [
  {
    name: 'deployment-list',
    list: 'deployments',
    key: id,
    fields: ['id', 'status', 'position', 'model', 'requestedBy', 'reasons'],
    select: `SELECT id, status, position, target ->> 'model' AS model, requested_by AS "requestedBy", reasons FROM deployment_list_v1.deployments`,
  },
  {
    name: 'compliance.deployments',
    list: 'deployments',
    key: id,
    fields: ['id', 'status', 'position', 'model'],
    select: 'SELECT deployment_id AS id, status, position, model FROM compliance.deployments',
  },
  {
    name: 'compliance.check_results',
    list: 'check-results',
    key: ['id', 'position', 'policy', 'rule'],
    fields: ['id', 'position', 'policy', 'rule', 'outcome', 'verdict'],
    select: 'SELECT deployment_id AS id, position, policy, rule, outcome, verdict FROM compliance.check_results',
  },
  {
    name: 'approval-list',
    list: 'approvals',
    key: id,
    fields: ['id', 'status', 'position', 'signed'],
    select: `SELECT id, status, (standing ->> 'position')::bigint AS position,
      ARRAY(SELECT signature ->> 'by' FROM jsonb_array_elements(standing -> 'signatures') AS signature ORDER BY 1) AS signed
      FROM approval_list_v1.approvals`,
  },
  {
    name: 'compliance.approvals',
    list: 'approvals',
    key: id,
    fields: ['id', 'status', 'position', 'signed'],
    select: `SELECT approval_id AS id, status, position, ARRAY(SELECT unnest(approved_by || rejected_by) ORDER BY 1) AS signed
      FROM compliance.approvals`,
  },
  {
    name: 'policy-list',
    list: 'policies',
    key: id,
    fields: ['id', 'status', 'version', 'digest', 'position', 'comments'],
    select: `SELECT view ->> 'id' AS id, view ->> 'status' AS status, (view ->> 'version')::int AS version, view ->> 'digest' AS digest,
      (view ->> 'position')::bigint AS position, (view ->> 'comments')::int AS comments FROM policy_list_v3.policies`,
  },
  {
    name: 'alert-list',
    list: 'alerts',
    key: id,
    fields: ['id', 'status', 'raised', 'position'],
    select: `SELECT id, status, raised, (view ->> 'position')::bigint AS position FROM alert_list_v1.alerts`,
  },
  {
    name: 'violation-list',
    list: 'violations',
    key: ['position'],
    fields: ['position', 'kind', 'running', 'open'],
    select: 'SELECT position, kind, running, ended_at IS NULL AS open FROM violation_list_v1.violations',
  },
]

export const rowsOf = (database: Sql, { name, select }: SqlList): Promise<readonly Row[]> =>
  database.transaction(async tx => {
    if (name.startsWith('compliance.')) await tx.query('SET LOCAL ROLE muster_analyst')
    return await tx.query<Row>(select)
  })

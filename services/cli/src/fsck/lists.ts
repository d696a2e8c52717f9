import {
  type AlertView,
  type ApprovalSummary,
  type DeploymentSummary,
  type Page,
  type PolicyPerformance,
  type PolicyView,
  type ViolationView,
} from '@muster/contracts'
import type { List, Row, Shown } from '@muster/audit'
import type { Client } from '../client.ts'

/* The lists that a Muster shows over HTTP, as rows that the log can be asked about. */

export interface HttpList extends Shown {
  readonly list: List
  read(client: Client, after: number): Promise<readonly Row[]>
}

const list = <Item>(
  shown: Shown & { readonly list: List },
  path: string,
  rowOf: (item: Item) => Row,
  query: Readonly<Record<string, string>> = {},
): HttpList => ({
  ...shown,
  async read(client, after) {
    const rows: Row[] = []
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const { body }: { readonly body: Page<Item> } = await client.get<Page<Item>>(path, { ...query, after, limit: 500, cursor })
      rows.push(...body.items.map(rowOf))
      cursor = body.next
    }
    return rows
  },
})

/** A rule that never ran is listed too, by what the policy says and not by what happened. */
const whatRan = (performance: HttpList): HttpList => ({
  ...performance,
  read: async (client, after) => (await performance.read(client, after)).filter(({ ran }) => ran !== 0),
})

export const httpLists: readonly HttpList[] = [
  list<DeploymentSummary>(
    {
      name: 'GET /v1/deployments',
      list: 'deployments',
      key: ['id'],
      fields: ['id', 'status', 'target', 'requestedBy', 'openedAt', 'changedAt', 'position', 'reasons', 'approvalId'],
    },
    '/v1/deployments',
    item => ({ ...item }),
  ),
  list<ApprovalSummary>(
    {
      name: 'GET /v1/approvals',
      list: 'approvals',
      key: ['id'],
      fields: [
        'id',
        'status',
        'about',
        'digest',
        'needs',
        'excluded',
        'unmapped',
        'requestedAt',
        'endedAt',
        'position',
        'signed',
        'refused',
      ],
    },
    '/v1/approvals',
    ({ signatures, refusals, ...item }) => ({
      ...item,
      signed: signatures.map(({ by }) => by).toSorted(),
      refused: refusals.map(({ by }) => by).toSorted(),
    }),
  ),
  list<PolicyView>(
    { name: 'GET /v1/policies', list: 'policies', key: ['id'], fields: ['id', 'status', 'version', 'digest', 'position', 'comments'] },
    '/v1/policies',
    item => ({ ...item }),
  ),
  list<ViolationView>(
    {
      name: 'GET /v1/violations',
      list: 'violations',
      key: ['environment', 'endpoint', 'kind', 'running', 'foundAt'],
      fields: ['deployment', 'message', 'endedAt'],
    },
    '/v1/violations',
    item => ({ ...item }),
  ),
  list<AlertView>(
    {
      name: 'GET /v1/alerts',
      list: 'alerts',
      key: ['id'],
      fields: ['status', 'kind', 'subject', 'cause', 'severity', 'title', 'raisedAt', 'resolvedAt', 'resolvedBecause', 'position'],
    },
    '/v1/alerts',
    item => ({ ...item }),
  ),
  whatRan(
    list<PolicyPerformance>(
      {
        name: 'GET /v1/policy-performance',
        list: 'policy-performance',
        key: ['policy', 'version', 'mode', 'rule'],
        fields: ['checks', 'notApplied', 'ran', 'passed', 'failed', 'unknown', 'error'],
      },
      '/v1/policy-performance',
      item => ({ ...item }),
      // Every day that there can be.
      { from: '1970-01-01', until: '9999-12-31' },
    ),
  ),
]

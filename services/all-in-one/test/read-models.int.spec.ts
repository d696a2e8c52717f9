import { memoryEventStore, decode, type Recorded } from '@muster/event-store'
import { isNonEmpty } from '@muster/kernel'
import { openSql, prepareReadModel, schemaOf, subscriptionOf, type Database, type ReadModel } from '@muster/projections'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { freshDatabase } from '../../../infra/test/database.ts'
import { history } from '../../../libs/audit/src/testing/history.ts'
import { take } from '../../../libs/audit/src/testing/ledger.ts'
import { tour } from '../../../libs/audit/src/testing/tour.ts'
import { AlertList } from '../../alerts/src/alert-list/projection.ts'
import { ApprovalList } from '../../approvals/src/approval-list/projection.ts'
import { ComplianceApprovals } from '../../compliance/src/approvals/projection.ts'
import { ComplianceCheckResults } from '../../compliance/src/check-results/projection.ts'
import { ComplianceDeployments } from '../../compliance/src/deployments/projection.ts'
import { CompliancePolicyChanges } from '../../compliance/src/policy-changes/projection.ts'
import { PolicyPerformanceModel } from '../../compliance/src/policy-performance/projection.ts'
import { DeploymentList } from '../../deployments/src/deployment-list/projection.ts'
import { ViolationList } from '../../deployments/src/violation-list/projection.ts'
import { PolicyList } from '../../policies/src/policy-list/projection.ts'

/* Every read model of every service: the rows are those of one event at a time, wherever the log is cut into batches. */

const silent = { debug() {}, info() {}, warn() {}, error() {} }
const now = (): string => '2026-11-25T12:00:00.000Z'
const models: ReadModel[] = []
const readModels = { add: (model: ReadModel) => void models.push(model) }
const makers = [
  AlertList,
  ApprovalList,
  DeploymentList,
  ViolationList,
  PolicyList,
  ComplianceApprovals,
  ComplianceCheckResults,
  ComplianceDeployments,
  CompliancePolicyChanges,
  PolicyPerformanceModel,
]
for (const Maker of makers) Reflect.construct(Maker, [readModels])

const logs: Readonly<Record<string, readonly Recorded[]>> = Object.fromEntries(
  Object.entries({ 'the tour': tour, 'a history that might have been': take(history(11), 400).map(({ event }) => event) }).map(
    ([what, events]) => [
      what,
      events.map((event, index) =>
        decode({ ...event, stream: event.stream as Recorded['stream'], position: index + 1, cursor: String(index + 1) }),
      ),
    ],
  ),
)

describe.each(Object.entries(logs))('Of %s', (_, log) => {
  let fresh: Awaited<ReturnType<typeof freshDatabase>>
  let database: Database
  beforeAll(async () => {
    fresh = await freshDatabase(inject('databaseUrl'))
    database = await openSql(fresh.url, { logger: silent })
  })
  afterAll(async () => {
    await database.close()
    await fresh.drop()
  })

  it.each(models.map(model => [model.name, model] as const))(
    '%s has the same rows, however the log is cut into batches',
    async (__, model) => {
      const alone = await rowsOf(model, log.length)
      expect(await rowsOf(model, 0)).toEqual(alone)
      await fc.assert(
        fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: log.length - 1 }), { maxLength: 12 }), async cuts => {
          expect(await rowsOf(model, cuts)).toEqual(alone)
        }),
        { numRuns: 5 },
      )
    },
  )

  /** `cuts`: where a batch ends; all of them, or none. */
  async function rowsOf(model: ReadModel, cuts: number | readonly number[]): Promise<readonly (readonly string[])[]> {
    const schema = schemaOf(model)
    await database.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
    await prepareReadModel(
      { store: memoryEventStore({ now }), database, now },
      { ...model, tables: `${model.tables} -- ${(version += 1)}` },
    )
    const { filter, handle } = subscriptionOf(model)
    const ends = typeof cuts === 'number' ? Array.from({ length: cuts }, (__, index) => index + 1) : cuts.toSorted((a, b) => a - b)
    let from = 0
    for (const end of [...ends, log.length]) {
      const batch = log.slice(from, end).filter(({ stream, event }) => isWanted(stream, event.type, filter))
      if (isNonEmpty(batch)) await database.transaction(sql => handle(batch, sql))
      from = end
    }
    const tables = await database.query<{ name: string }>('SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 ORDER BY 1', [
      schema,
    ])
    return await Promise.all(
      tables.map(async ({ name }) =>
        // How long a rule took is no function of the log.
        (
          await database.query<{ row: string }>(`SELECT (to_jsonb(t) - 'nanoseconds')::text AS row FROM ${schema}.${name} t ORDER BY 1`)
        ).map(({ row }) => row),
      ),
    )
  }
})

let version = 0

const isWanted = (stream: string, type: string, { categories, except = [] }: ReadModel['filter']): boolean =>
  (categories === undefined || categories.some(category => stream.startsWith(`${category}-`))) && !except.includes(type)

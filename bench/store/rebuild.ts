import { randomUUID } from 'node:crypto'
import { streamName, type AnyEvent } from '@muster/contracts'
import { decode, memoryEventStore, type Recorded } from '@muster/event-store'
import { isNonEmpty } from '@muster/kernel'
import { openSql, type Sql } from '@muster/projections'
import { freshDatabase } from '../../infra/test/database.ts'
import { record } from '../../infra/test/log.ts'
import { digestOf, target } from '../../infra/test/deployments.ts'
import { projectDeployments, tablesOfDeployments } from '../../services/deployments/src/deployment-list/projection.ts'

/* A read model built from the log: folded by batches as the subscription does it, beside a row written for each event in a transaction of its own. */

export interface Rebuilt {
  readonly perSecond: number
  readonly upsertsPerSecond: number
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const batch = 1_000

export async function rebuild(server: string, deployments: number): Promise<Rebuilt> {
  const events = await lifeOf(deployments)
  const database = await freshDatabase(server)
  const sql = await openSql(database.url, { logger: quiet })
  try {
    const timed = async (portion: number, some: readonly Recorded[]): Promise<number> => {
      await sql.query(
        `drop schema if exists deployment_list_v1 cascade; create schema deployment_list_v1; set search_path to deployment_list_v1; ${tablesOfDeployments}`,
      )
      const began = performance.now()
      for (let from = 0; from < some.length; from += portion) {
        const part = some.slice(from, from + portion)
        if (isNonEmpty(part)) await sql.transaction((tx: Sql) => projectDeployments(part, tx, 'deployment_list_v1'))
      }
      return (some.length * 1_000) / (performance.now() - began)
    }
    // Upserts are slow: a part of the events is enough to know how slow.
    const upsertsPerSecond = await timed(1, events.slice(0, 2_000))
    return { perSecond: await timed(batch, events), upsertsPerSecond }
  } finally {
    await sql.close()
    await database.drop()
  }
}

/** Opened and cleared, a thousand at a time: as they come in a log where many are under way at once. */
async function lifeOf(deployments: number): Promise<readonly Recorded[]> {
  const store = memoryEventStore({ now: () => new Date().toISOString() })
  const all = Array.from({ length: deployments }, (_, n) => ({ stream: streamName('deployment', `d${n}-${randomUUID()}`), n }))
  const opened = (n: number): AnyEvent => ({
    type: 'deployment.opened',
    id: `d${n}`,
    target,
    requestedBy: 'rita@example.org',
    missing: [],
    lapsesAt: '2026-12-01T00:00:00Z',
  })
  const cleared: AnyEvent = { type: 'deployment.cleared', target, materialDigest: digestOf('material') }
  for (let from = 0; from < all.length; from += 500) {
    const some = all.slice(from, from + 500)
    for (const { stream, n } of some) await record(store, stream, 'credit', opened(n))
    for (const { stream } of some) await record(store, stream, 'credit', cleared)
  }
  return (await store.readLog('start', {}, 1_000_000)).map(decode)
}

import type { DeploymentRejection, PersonOf } from '@muster/domain'
import { inForce } from '@muster/domain'
import type { EventStore, Outcome } from '@muster/event-store'
import { isNonEmpty, type Sha256 } from '@muster/kernel'
import type { Commands } from '@muster/nest-host'
import { parkedStreams, type Sql } from '@muster/projections'
import type { Logger } from 'pino'
import type { CatalogueReader } from './catalogue.reader.ts'
import { ordersFor, type Concern, type Step } from './checking.ts'
import { DeploymentMessage, type DeploymentOrder } from './deployment.handler.ts'
import type { EvidenceReader, Gathered } from './evidence.reader.ts'
import type { Place } from './news.ts'
import { newestRecheck } from './open-deployments/rechecks.ts'
import { postpone, removeRows, saveRows, type OpenRow, type Progress } from './open-deployments/rows.ts'
import { standingAfter, unchangedRow, type Looked } from './standing.ts'

/* Each deployment that a step concerns is checked, what follows is recorded, and the table of what is open says where each stands then. */

/** What a step works with; evidence and catalogue stand where the step does. */
export interface Tools {
  readonly store: EventStore
  readonly evidence: EvidenceReader
  readonly catalogue: CatalogueReader
  readonly commands: Commands
  readonly personOf: PersonOf
  readonly sha256: Sha256
  readonly logger: Logger
}

/** The position that a step is made as of, and its instant. */
export interface When {
  readonly asOf: Progress
  readonly at: string
}

/** A deployment whose clearance came or went. */
export interface Moved extends Place {
  readonly model: string
}

/** How many are checked and recorded at once: a step of many neither holds up everything else in the process nor fills its memory. */
const portion = 100
/** When to look again at a deployment that could not be checked. */
const later = 60_000

/** Returns those whose clearance came or went. */
export async function decide(sql: Sql, tools: Tools, concerns: readonly Concern[], when: When): Promise<readonly Moved[]> {
  const moved: Moved[] = []
  for (let from = 0; from < concerns.length; from += portion)
    moved.push(...(await decidePortion(sql, tools, concerns.slice(from, from + portion), when)))
  return moved
}

async function decidePortion(sql: Sql, tools: Tools, concerns: readonly Concern[], { asOf, at }: When): Promise<readonly Moved[]> {
  const evidence = await tools.evidence.evidenceOf(
    concerns.map(({ id }) => id),
    asOf.position,
  )
  const streams = [...evidence.values()].flatMap(found => found.streams)
  const [parked, recheck, published] = await Promise.all([
    parkedStreams(sql, 'deployments', streams),
    newestRecheck(sql),
    tools.catalogue.at(asOf.position),
  ])
  const catalogue = inForce(published, at)
  const step: Step = { asOf, at, catalogue, personOf: tools.personOf, sha256: tools.sha256 }
  const nextChecks = new Map<string, string>()
  const applied = new Map<string, readonly string[]>()
  const orders = concerns.flatMap(concern => {
    const found = evidence.get(concern.id)
    if (found === undefined) return []
    const held = [...new Set([...found.unreadable, ...found.streams.filter(stream => parked.has(stream))])]
    const told = toldTo(tools, concern, found, held, step)
    if (told?.nextCheckAt !== undefined && held.length === 0) nextChecks.set(concern.id, told.nextCheckAt)
    if (told?.applied !== undefined) applied.set(concern.id, told.applied)
    return told?.orders ?? []
  })
  // The decider refuses an answer to what is no longer asked; that is no fault, and stands in the approval's own stream.
  const outcomes = isNonEmpty(orders)
    ? await tools.commands.send(new DeploymentMessage('batch', { type: 'command-deployments', orders }, orders[0].origin))
    : []

  const looked: Looked = { nextChecks, applied, otherwise: instantAfter(at, later), recheck }
  const rows = new Map(concerns.flatMap(({ id, row }) => (row === undefined ? [] : [[id, row]])))
  const same = unchangedOf(orders, outcomes, rows)
  const { open, closed } = await standingAfter(tools.store, new Map([...evidence].filter(([id]) => !same.has(id))), looked)
  const still = [...evidence].flatMap(([id, found]) => {
    const row = same.get(id)
    return row === undefined ? [] : [unchangedRow(row, found, looked)]
  })
  // A row whose intent cannot be found is not due again at once.
  const lost = [...rows.keys()].filter(id => !evidence.has(id))
  await Promise.all([saveRows(sql, [...open, ...still]), removeRows(sql, closed), postpone(sql, lost, looked.otherwise)])
  return open.filter(({ id, status }) => status !== rows.get(id)?.status && (status === 'cleared' || status === 'revoked'))
}

/**
 * What the decider is told; nothing when that cannot be said and only shared news asked for it: then it is looked at again in a while, and
 * holds up no other that reads the same streams. What concerns it alone must not be lost, and parks its own key.
 */
function toldTo(
  { logger }: Tools,
  concern: Concern,
  found: Gathered,
  held: readonly string[],
  step: Step,
): ReturnType<typeof ordersFor> | undefined {
  try {
    return ordersFor(concern, found, held, step)
  } catch (error) {
    if (concern.row === undefined || concern.answers.length > 0 || found.withdrawn) throw error
    logger.error({ err: error, deployment: concern.id }, 'a deployment cannot be checked, and is looked at again in a while')
    return undefined
  }
}

/** The rows of those who were told something, and whose stream holds what it held when the row was written. */
function unchangedOf(
  orders: readonly DeploymentOrder[],
  outcomes: readonly Outcome<DeploymentRejection>[],
  rows: ReadonlyMap<string, OpenRow>,
): ReadonlyMap<string, OpenRow> {
  const same = new Map<string, OpenRow>()
  const changed = new Set<string>()
  for (const [index, { id }] of orders.entries()) {
    const [row, outcome] = [rows.get(id), outcomes[index]]
    if (row !== undefined && outcome?.kind === 'unchanged' && outcome.position === row.position) same.set(id, row)
    else changed.add(id)
  }
  for (const id of changed) same.delete(id)
  return same
}

/** When a deployment that cannot be checked now is looked at again. */
export const nextLook = (at: string): string => instantAfter(at, later)

const instantAfter = (at: string, milliseconds: number): string => new Date(Date.parse(at) + milliseconds).toISOString()

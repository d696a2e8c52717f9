import { parseSubject, streamName, type AnyEvent, type Recorded as RecordedAs, type StreamName } from '@muster/contracts'
import { changedDocuments, inForce, inForceById, violationOf, type DeploymentRejection, type PersonOf } from '@muster/domain'
import type { EventStore, Outcome, Recorded } from '@muster/event-store'
import { groupBy, isNonEmpty, type Clock, type NonEmpty, type Sha256 } from '@muster/kernel'
import {
  causedBy,
  CLOCK,
  Commands,
  EVENT_STORE,
  LOGGER,
  METRICS,
  PEOPLE,
  SHA256,
  SUBSCRIPTIONS,
  type Origin,
  type People,
  type Subscriptions,
} from '@muster/nest-host'
import { isTransient, parkedStreams, type Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'
import type { Logger } from 'pino'
import { Counter, type Registry } from 'prom-client'
import { CatalogueReader } from './catalogue.reader.ts'
import { isAffectedBy, ordersFor, type Concern, type Step } from './checking.ts'
import { DeploymentMessage, type DeploymentOrder } from './deployment.handler.ts'
import { EvidenceReader, type Gathered } from './evidence.reader.ts'
import { newsOf, type News, type Place } from './news.ts'
import {
  askRecheck,
  endRecheck,
  inForceBefore,
  moveRecheck,
  newestRecheck,
  oldestRecheck,
  rowsBehind,
  saveInForce,
  type Cause,
} from './open-deployments/rechecks.ts'
import {
  clearancesOf,
  placesRunning,
  postpone,
  progressOf,
  removeRows,
  rowsDue,
  rowsOf,
  rowsReading,
  saveProgress,
  saveRows,
  saveRunning,
  type OpenRow,
  type Progress,
} from './open-deployments/rows.ts'
import { standingAfter, unchangedRow, type Looked } from './standing.ts'
import { ViolationMessage } from './violation.handler.ts'

/*
 * The reactor of deployments: what the log says, in order, becomes checks, and what the clock says becomes checks again.
 *
 * Each batch is one step. `newsOf` says what it means; each deployment that it concerns becomes a `Concern`; evidence and catalogue are
 * brought to the batch's newest event; `ordersFor` makes of each concern what its decider is told; all orders of a portion go out as one
 * message and one append; `standingAfter` reads where each stands then; and the table of what is open follows in the transaction that moves
 * the cursor. A crash between the append and the cursor repeats the step: the decider answers `unchanged` to what stands already, and to a
 * check that is older than what it decided on.
 *
 * Batches and ticks come one at a time, to the one process that holds the subscription. What is kept in memory belongs to one position: when
 * the table stands at another one (a step was rolled back, or another process held the subscription meanwhile), it is forgotten.
 */

/** How many deployments one step looks at; what is beyond follows in pages, behind what is new. */
const most = 200
/** How many are checked and recorded at once: a step of many neither holds up everything else in the process nor fills its memory. */
const portion = 100
/** For how long the clock's work goes on before new events have their turn: in milliseconds of real time, whatever the injected clock says. */
const turn = 25
/** How many it takes at once: as many as the turn has time for, by how long the last ones took. */
const [smallestPage, largestPage] = [4, 64]
/** When to look again at a deployment that could not be checked. */
const later = 60_000

@Injectable()
export class DeploymentsReactor {
  private evidence: EvidenceReader
  private catalogue: CatalogueReader
  /** The position that evidence and catalogue stand at; nothing while a step is under way. */
  private stands: number | undefined
  private readonly checks: Counter<'for'>
  private page = smallestPage
  /** When something else is in force by the clock alone; nothing while that is not known. */
  private changesAt: number | undefined

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SHA256) private readonly sha256: Sha256,
    @Inject(PEOPLE) private readonly people: People,
    @Inject(Commands) private readonly commands: Commands,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(METRICS) registry: Registry,
    @Inject(SUBSCRIPTIONS) subscriptions: Subscriptions,
  ) {
    this.evidence = new EvidenceReader(store)
    this.catalogue = new CatalogueReader(store)
    this.checks = new Counter({
      name: 'muster_deployment_checks_total',
      help: 'Checks of deployments: for news of the log, since the clock said so, or again for a change that concerns many.',
      labelNames: ['for'],
      registers: [registry],
    })
    subscriptions.add({
      name: 'deployments',
      filter: { categories: ['model', 'version', 'dataset', 'endpoint', 'intent', 'policy', 'approval'] },
      // Nothing may be decided by a catalogue of which something cannot be read.
      essential: ['policy'],
      handle: (batch, sql) => this.handle(batch, sql),
      tick: sql => this.tick(sql),
    })
  }

  private async handle(batch: NonEmpty<Recorded>, sql: Sql): Promise<void> {
    const standing = await progressOf(sql)
    this.begin(standing)
    this.evidence.observe(batch)
    const news = newsOf(batch)
    const newest = batch.at(-1) ?? batch[0]
    const asOf = laterOf(standing, { position: newest.position, event: newest.id })
    const at = this.clock()

    if (news.policiesChanged) this.changesAt = undefined
    await this.considerCatalogue(sql, asOf, at, causeOf(batch.findLast(({ stream }) => stream.startsWith('policy-')) ?? newest))
    const concerns = await this.concernsOf(sql, news, newest, at)
    const moved = await this.decide(sql, concerns, asOf, at)
    this.checks.inc({ for: 'news' }, concerns.length)
    await this.assess(sql, [...news.places.values()], moved, asOf, at, { ...causedBy(newest, 'deployments'), occasion: at })
    await saveProgress(sql, asOf)
    this.stands = asOf.position
  }

  /** What is due by the clock, and then what many are to be checked again for, as of where the subscription stands. */
  private async tick(sql: Sql): Promise<'more' | undefined> {
    const asOf = await progressOf(sql)
    if (asOf === undefined) return undefined
    this.begin(asOf)
    const byClock = { event: asOf.event, correlation: asOf.event }
    await this.considerCatalogue(sql, asOf, this.clock(), byClock)
    const until = performance.now() + turn
    let more = true
    do {
      const began = performance.now()
      const at = this.clock()
      const rows = await rowsDue(sql, at, this.page)
      if (rows.length > 0) {
        await this.checkDue(sql, rows, asOf, at, byClock)
        this.checks.inc({ for: 'clock' }, rows.length)
      } else more = await this.recheck(sql, asOf, at)
      const fitting = (this.page * turn) / Math.max(1, performance.now() - began)
      this.page = Math.round(Math.min(largestPage, this.page * 2, Math.max(smallestPage, fitting)))
    } while (more && performance.now() < until)
    this.stands = asOf.position
    return more ? 'more' : undefined
  }

  /** Asks for those whom it affects to be checked again when something else is in force than before: published, retired, begun or over. */
  private async considerCatalogue(sql: Sql, asOf: Progress, at: string, cause: Cause): Promise<void> {
    if (this.changesAt !== undefined && Date.parse(at) < this.changesAt) return
    const catalogue = inForce(await this.catalogue.at(asOf.position), at)
    const now = inForceById(catalogue)
    const policies = changedDocuments(await inForceBefore(sql), now)
    if (policies.length > 0) {
      await askRecheck(sql, cause, { policies })
      await saveInForce(sql, now)
    }
    this.changesAt = catalogue.changesAt === undefined ? Infinity : Date.parse(catalogue.changesAt)
  }

  /** Goes on with the oldest recheck by one page. Whether there may be more to do. */
  private async recheck(sql: Sql, asOf: Progress, at: string): Promise<boolean> {
    const recheck = await oldestRecheck(sql)
    if (recheck === undefined) return false
    const rows = await rowsBehind(sql, recheck, this.page)
    const last = rows.at(-1)
    if (last === undefined) await endRecheck(sql, recheck.number)
    else {
      const affected = recheck.policies === null ? rows : await this.affectedBy(recheck.policies, rows, asOf, at)
      if (affected.length > 0) await this.checkDue(sql, affected, asOf, at, recheck)
      this.checks.inc({ for: 'change' }, affected.length)
      await moveRecheck(sql, recheck.number, last.id)
    }
    return true
  }

  private async affectedBy(policies: readonly string[], rows: readonly OpenRow[], asOf: Progress, at: string): Promise<readonly OpenRow[]> {
    const changed = new Set(policies)
    const catalogue = inForce(await this.catalogue.at(asOf.position), at)
    const step = { at, catalogue, personOf: this.personOf }
    const certain = (row: OpenRow): boolean => row.applied === null || row.applied.some(id => changed.has(id))
    const evidence = await this.evidence.evidenceOf(
      rows.filter(row => !certain(row)).map(({ id }) => id),
      asOf.position,
    )
    return rows.filter(row => {
      const found = evidence.get(row.id)
      return found === undefined || isAffectedBy(changed, row, found, step)
    })
  }

  /** A deployment whose check fails by its own fault holds up no other: it is told of, and looked at again in a while. */
  private async checkDue(sql: Sql, rows: readonly OpenRow[], asOf: Progress, at: string, cause: Cause): Promise<void> {
    try {
      await sql.transaction(savepoint => this.checkTogether(savepoint, rows, asOf, at, cause))
    } catch (error) {
      if (isTransient(error)) throw error
      const [row] = rows
      if (row === undefined) return
      if (rows.length > 1) for (const one of rows) await this.checkDue(sql, [one], asOf, at, cause)
      else {
        this.logger.error({ err: error, deployment: row.id }, 'a deployment that is due cannot be checked')
        await postpone(sql, [row.id], instantAfter(at, later))
      }
    }
  }

  private async checkTogether(
    sql: Sql,
    rows: readonly OpenRow[],
    asOf: Progress,
    at: string,
    { event, correlation }: Cause,
  ): Promise<void> {
    const origin: Origin = { cause: event, causedBy: 'event', correlation, actor: { kind: 'service', id: 'deployments' }, occasion: at }
    const open = rows.filter(({ status }) => status !== 'revoked')
    const moved = await this.decide(
      sql,
      open.map(row => ({ id: row.id, row, origin, answers: [] })),
      asOf,
      at,
    )
    const revoked = rows.filter(({ status }) => status === 'revoked')
    // What is cleared is measured too: a table that was built again may have seen a clearance that nobody measured yet.
    const cleared = open.filter(({ status }) => status === 'cleared').map(({ model }) => model)
    await this.assess(sql, revoked, new Set([...moved, ...cleared]), asOf, at, origin)
    await saveRows(
      sql,
      revoked.map(row => ({
        ...row,
        dueAt: row.remediateBy !== null && Date.parse(row.remediateBy) > Date.parse(at) ? row.remediateBy : null,
      })),
    )
  }

  /** What is kept in memory counts only if the table stands where it does. */
  private begin(standing: Progress | undefined): void {
    if (this.stands === undefined || this.stands !== standing?.position) {
      this.evidence = new EvidenceReader(this.store)
      this.catalogue = new CatalogueReader(this.store)
      this.changesAt = undefined
    }
    this.stands = undefined
  }

  private readonly personOf: PersonOf = (name, source) => this.people.personOf(name, source)

  /** Every deployment that the news is about, once, with the event that it is looked at for. */
  private async concernsOf(sql: Sql, news: News, newest: RecordedAs<AnyEvent>, at: string): Promise<readonly Concern[]> {
    const streams = [...news.streams.keys()]
    const reading = await rowsReading(sql, streams, most + 1)
    const many = reading.length > most
    if (many) await askRecheck(sql, causeOf(newest), { streams })

    const causes = new Map<string, RecordedAs<AnyEvent>>([
      ...news.answers.map((answer): [string, RecordedAs<AnyEvent>] => [answer.deployment, answer.cause]),
      ...news.declared,
      ...news.withdrawn,
    ])
    const rows = new Map<string, OpenRow>()
    for (const row of many ? [] : reading) {
      rows.set(row.id, row)
      const cause = row.streams.flatMap(stream => news.streams.get(stream) ?? []).toSorted((a, b) => b.position - a.position)[0]
      if (!causes.has(row.id)) causes.set(row.id, cause ?? newest)
    }
    const unknown = [...causes.keys()].filter(id => !rows.has(id))
    for (const row of unknown.length === 0 ? [] : await rowsOf(sql, unknown)) rows.set(row.id, row)

    const answers = groupBy(news.answers, answer => answer.deployment)
    return [...causes].map(([id, cause]) => ({
      id,
      row: rows.get(id),
      origin: { ...causedBy(cause, 'deployments'), occasion: at },
      answers: answers.get(id) ?? [],
    }))
  }

  /** Checks each, records what follows, and saves where each stands. Returns the models whose clearances came or went. */
  private async decide(sql: Sql, concerns: readonly Concern[], asOf: Progress, at: string): Promise<ReadonlySet<string>> {
    const moved = new Set<string>()
    for (let from = 0; from < concerns.length; from += portion) {
      for (const model of await this.decidePortion(sql, concerns.slice(from, from + portion), asOf, at)) moved.add(model)
    }
    return moved
  }

  private async decidePortion(sql: Sql, concerns: readonly Concern[], asOf: Progress, at: string): Promise<readonly string[]> {
    const evidence = await this.evidence.evidenceOf(
      concerns.map(({ id }) => id),
      asOf.position,
    )
    const parked = await parkedStreams(
      sql,
      'deployments',
      [...evidence.values()].flatMap(({ streams }) => streams),
    )
    const step: Step = {
      asOf,
      at,
      catalogue: inForce(await this.catalogue.at(asOf.position), at),
      personOf: this.personOf,
      sha256: this.sha256,
    }
    const nextChecks = new Map<string, string>()
    const applied = new Map<string, readonly string[]>()
    const recheck = await newestRecheck(sql)
    const orders = concerns.flatMap(concern => {
      const found = evidence.get(concern.id)
      if (found === undefined) return []
      const held = [...new Set([...found.unreadable, ...found.streams.filter(stream => parked.has(stream))])]
      const told = this.told(concern, found, held, step)
      if (told?.nextCheckAt !== undefined && held.length === 0) nextChecks.set(concern.id, told.nextCheckAt)
      if (told?.applied !== undefined) applied.set(concern.id, told.applied)
      return told?.orders ?? []
    })
    // The decider refuses an answer to what is no longer asked; that is no fault, and stands in the approval's own stream.
    const outcomes = isNonEmpty(orders)
      ? await this.commands.send(new DeploymentMessage('batch', { type: 'command-deployments', orders }, orders[0].origin))
      : []

    const looked: Looked = { nextChecks, applied, otherwise: instantAfter(at, later), recheck }
    const rows = new Map(concerns.flatMap(({ id, row }) => (row === undefined ? [] : [[id, row]])))
    const same = unchangedOf(orders, outcomes, rows)
    const { open, closed } = await standingAfter(this.store, new Map([...evidence].filter(([id]) => !same.has(id))), looked)
    const still = [...evidence].flatMap(([id, found]) => {
      const row = same.get(id)
      return row === undefined ? [] : [unchangedRow(row, found, looked)]
    })
    await saveRows(sql, [...open, ...still])
    await removeRows(sql, closed)
    // A row whose intent cannot be found is not due again at once.
    const lost = [...rows.keys()].filter(id => !evidence.has(id))
    if (lost.length > 0) await postpone(sql, lost, looked.otherwise)
    const moved = open.filter(({ id, status }) => status !== rows.get(id)?.status && (status === 'cleared' || status === 'revoked'))
    return moved.map(({ model }) => model)
  }

  /**
   * What the decider is told; nothing when that cannot be said and only shared news asked for it: then it is looked at again in a while, and
   * holds up no other that reads the same streams. What concerns it alone must not be lost, and parks its own key.
   */
  private told(concern: Concern, found: Gathered, held: readonly string[], step: Step): ReturnType<typeof ordersFor> | undefined {
    try {
      return ordersFor(concern, found, held, step)
    } catch (error) {
      if (concern.row === undefined || concern.answers.length > 0 || found.withdrawn) throw error
      this.logger.error({ err: error, deployment: concern.id }, 'a deployment cannot be checked, and is looked at again in a while')
      return undefined
    }
  }

  /** Measures what runs at the places, and wherever one of the models runs, against the clearances as they stand now. */
  private async assess(
    sql: Sql,
    places: readonly Place[],
    models: ReadonlySet<string>,
    asOf: Progress,
    at: string,
    origin: Origin,
  ): Promise<void> {
    const touched = [...places, ...(models.size === 0 ? [] : await placesRunning(sql, [...models]))]
    if (touched.length === 0) return
    const streams = [...new Set(touched.map(({ environment, endpoint }) => streamName('endpoint', environment, endpoint)))]
    const endpoints = await this.evidence.endpointsOf(streams, asOf.position)
    const runningModels = [...new Set([...endpoints.values()].flatMap(({ running }) => running.map(({ model }) => model)))]
    const clearances = groupBy(await clearancesOf(sql, runningModels), ({ model }) => model)

    const assessments = [...endpoints].map(([stream, { running }]) => {
      const place = placeOf(stream)
      const found = running.flatMap(rollout => violationOf(rollout, place, clearances.get(rollout.model) ?? [], at) ?? [])
      return { ...place, origin, command: { type: 'assess-endpoint' as const, found, running } }
    })
    await saveRunning(
      sql,
      assessments.map(({ environment, endpoint, command }) => ({
        environment,
        endpoint,
        models: [...new Set(command.running.map(({ model }) => model))],
      })),
    )
    if (isNonEmpty(assessments)) await this.commands.send(new ViolationMessage('batch', { type: 'assess-endpoints', assessments }, origin))
  }
}

function placeOf(stream: StreamName): Place {
  const place = parseSubject('endpoint', stream.slice('endpoint-'.length))
  if (!place.ok) throw new RangeError(place.message)
  const [environment, endpoint] = place.parts
  return { environment, endpoint }
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

const causeOf = ({ id, context }: RecordedAs<AnyEvent>): Cause => ({ event: id, correlation: context.correlationid })

const instantAfter = (at: string, milliseconds: number): string => new Date(Date.parse(at) + milliseconds).toISOString()

/** A retry of what was parked brings old events: they are news, but the subscription stands where it stood. */
const laterOf = (standing: Progress | undefined, newest: Progress): Progress =>
  standing !== undefined && standing.position > newest.position ? standing : newest

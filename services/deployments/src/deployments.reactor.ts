import { parseSubject, streamName, type AnyEvent, type Recorded as RecordedAs, type StreamName } from '@muster/contracts'
import { inForce, violationOf } from '@muster/domain'
import type { EventStore, Recorded } from '@muster/event-store'
import { groupBy, isNonEmpty, type Clock, type NonEmpty, type Sha256 } from '@muster/kernel'
import {
  causedBy,
  CLOCK,
  Commands,
  EVENT_STORE,
  LOGGER,
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
import { CatalogueReader } from './catalogue.reader.ts'
import { ordersFor, type Concern, type Step } from './checking.ts'
import { DeploymentMessage } from './deployment.handler.ts'
import { EvidenceReader, type Gathered } from './evidence.reader.ts'
import { newsOf, type News, type Place } from './news.ts'
import {
  clearancesOf,
  makeAllDue,
  makeReadersDue,
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
import { standingAfter } from './standing.ts'
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

/** How many deployments one step looks at; what is beyond comes due and follows in pages, behind what is new. */
const page = 200
/** How many are checked and recorded at once: a step of many neither holds up everything else in the process nor fills its memory. */
const portion = 100
/** How long ticks may go on before new events have their turn, in milliseconds of real time, whatever the injected clock says. */
const turn = 250
/** When to look again at a deployment that could not be checked. */
const later = 60_000

@Injectable()
export class DeploymentsReactor {
  private evidence: EvidenceReader
  private catalogue: CatalogueReader
  /** The position that evidence and catalogue stand at; nothing while a step is under way. */
  private stands: number | undefined

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SHA256) private readonly sha256: Sha256,
    @Inject(PEOPLE) private readonly people: People,
    @Inject(Commands) private readonly commands: Commands,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(SUBSCRIPTIONS) subscriptions: Subscriptions,
  ) {
    this.evidence = new EvidenceReader(store)
    this.catalogue = new CatalogueReader(store)
    subscriptions.add({
      name: 'deployments',
      filter: { categories: ['model', 'version', 'dataset', 'endpoint', 'intent', 'policy', 'approval'] },
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

    if (news.policiesChanged) await makeAllDue(sql, at)
    const concerns = await this.concernsOf(sql, news, newest, at)
    const moved = await this.decide(sql, concerns, asOf, at)
    await this.assess(sql, [...news.places.values()], moved, asOf, at, { ...causedBy(newest, 'deployments'), occasion: at })
    await saveProgress(sql, asOf)
    this.stands = asOf.position
  }

  /** What is due by the clock, as of where the subscription stands. */
  private async tick(sql: Sql): Promise<void> {
    const asOf = await progressOf(sql)
    if (asOf === undefined) return
    this.begin(asOf)
    const until = Date.now() + turn
    do {
      const at = this.clock()
      const rows = await rowsDue(sql, at, page)
      if (rows.length === 0) break
      await this.checkDue(sql, rows, asOf, at)
    } while (Date.now() < until)
    this.stands = asOf.position
  }

  /** A deployment whose check fails by its own fault holds up no other: it is told of, and looked at again in a while. */
  private async checkDue(sql: Sql, rows: readonly OpenRow[], asOf: Progress, at: string): Promise<void> {
    try {
      await sql.transaction(savepoint => this.checkTogether(savepoint, rows, asOf, at))
    } catch (error) {
      if (isTransient(error)) throw error
      const [row] = rows
      if (row === undefined) return
      if (rows.length > 1) for (const one of rows) await this.checkDue(sql, [one], asOf, at)
      else {
        this.logger.error({ err: error, deployment: row.id }, 'a deployment that is due cannot be checked')
        await postpone(sql, [row.id], instantAfter(at, later))
      }
    }
  }

  private async checkTogether(sql: Sql, rows: readonly OpenRow[], asOf: Progress, at: string): Promise<void> {
    const { event } = asOf
    const origin: Origin = {
      cause: event,
      causedBy: 'event',
      correlation: event,
      actor: { kind: 'service', id: 'deployments' },
      occasion: at,
    }
    // Whatever becomes of them, they are not due again at once.
    await postpone(
      sql,
      rows.map(({ id }) => id),
      instantAfter(at, later),
    )
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
    }
    this.stands = undefined
  }

  /** Every deployment that the news is about, once, with the event that it is looked at for. */
  private async concernsOf(sql: Sql, news: News, newest: RecordedAs<AnyEvent>, at: string): Promise<readonly Concern[]> {
    const streams = [...news.streams.keys()]
    const reading = await rowsReading(sql, streams, page + 1)
    const many = reading.length > page
    if (many) await makeReadersDue(sql, streams, at)

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
      personOf: (name, source) => this.people.personOf(name, source),
      sha256: this.sha256,
    }
    const nextChecks = new Map<string, string>()
    const orders = concerns.flatMap(concern => {
      const found = evidence.get(concern.id)
      if (found === undefined) return []
      const held = [...new Set([...found.unreadable, ...found.streams.filter(stream => parked.has(stream))])]
      const told = this.told(concern, found, held, step)
      if (told?.nextCheckAt !== undefined && held.length === 0) nextChecks.set(concern.id, told.nextCheckAt)
      return told?.orders ?? []
    })
    // The decider refuses an answer to what is no longer asked; that is no fault, and stands in the approval's own stream.
    if (isNonEmpty(orders))
      await this.commands.send(new DeploymentMessage('batch', { type: 'command-deployments', orders }, orders[0].origin))

    const before = new Map(concerns.map(({ id, row }) => [id, row?.status]))
    const { open, closed } = await standingAfter(this.store, evidence, nextChecks, instantAfter(at, later))
    await saveRows(sql, open)
    await removeRows(sql, closed)
    const moved = open.filter(({ id, status }) => status !== before.get(id) && (status === 'cleared' || status === 'revoked'))
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

const instantAfter = (at: string, milliseconds: number): string => new Date(Date.parse(at) + milliseconds).toISOString()

/** A retry of what was parked brings old events: they are news, but the subscription stands where it stood. */
const laterOf = (standing: Progress | undefined, newest: Progress): Progress =>
  standing !== undefined && standing.position > newest.position ? standing : newest

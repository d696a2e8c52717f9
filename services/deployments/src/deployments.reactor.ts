import type { AnyEvent, Recorded as RecordedAs } from '@muster/contracts'
import { changedDocuments, inForce, inForceById } from '@muster/domain'
import type { EventStore, Recorded } from '@muster/event-store'
import { groupBy, type Clock, type NonEmpty, type Sha256 } from '@muster/kernel'
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
  type People,
  type Subscriptions,
} from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'
import type { Logger } from 'pino'
import { Counter, type Registry } from 'prom-client'
import { CatalogueReader } from './catalogue.reader.ts'
import type { Concern } from './checking.ts'
import { decide, type Tools } from './deciding.ts'
import { EvidenceReader } from './evidence.reader.ts'
import { measure } from './measuring.ts'
import { causesOf, newsOf, sharedStreams, type News } from './news.ts'
import { askRecheck, inForceBefore, saveInForce, type Cause } from './open-deployments/rechecks.ts'
import { progressOf, rowsDue, rowsOf, rowsReading, saveProgress, type OpenRow, type Progress } from './open-deployments/rows.ts'
import { checkAgain, recheckPage } from './rechecking.ts'

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
/** For how long the clock's work goes on before its transaction ends: in milliseconds of real time, whatever the injected clock says. */
const turn = 50
/** How long a page of it takes, and so how long what is new may have to wait for it. */
const pageTime = 8
/**
 * While something new came a short while ago, the clock's work stands back after each page for several times as long as that took: what comes
 * next rarely meets it, neither here nor at the database. It always goes on, so that it ends.
 */
const [recent, share] = [2_000, 4]
/** How many it takes at once: as many as a page has time for, by how long the last ones took. */
const [smallestPage, largestPage] = [4, 64]
/** Where nothing new comes, statements cost more than they keep waiting. */
const quietPage = 16

@Injectable()
export class DeploymentsReactor {
  private evidence: EvidenceReader
  private catalogue: CatalogueReader
  /** The position that evidence and catalogue stand at; nothing while a step is under way. */
  private stands: number | undefined
  private readonly checks: Counter<'for'>
  private page = smallestPage
  private newsAt = -Infinity
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
      tick: (sql, isBatchHere) => this.tick(sql, isBatchHere),
    })
  }

  private async handle(batch: NonEmpty<Recorded>, sql: Sql): Promise<void> {
    const news = newsOf(batch)
    const [standing, rows] = await Promise.all([progressOf(sql), rowsFor(sql, news)])
    this.begin(standing)
    this.evidence.observe(batch, standing?.position)
    const newest = batch.at(-1) ?? batch[0]
    const asOf = laterOf(standing, { position: newest.position, event: newest.id })
    const at = this.clock()
    // What a sweep asks of people comes back as news of approvals, and must not hold up the sweep.
    if (news.answers.length > 0 || batch.some(({ stream }) => !stream.startsWith('approval-'))) this.newsAt = performance.now()

    if (news.policiesChanged) this.changesAt = undefined
    await this.considerCatalogue(sql, asOf, at, causeOf(batch.findLast(({ stream }) => stream.startsWith('policy-')) ?? newest))
    const concerns = await this.concernsOf(sql, news, rows, newest, at)
    const moved = await decide(sql, this.tools, concerns, { asOf, at })
    this.checks.inc({ for: 'news' }, concerns.length)
    const origin = { ...causedBy(newest, 'deployments'), occasion: at }
    await measure(sql, this.tools, [...news.places.values()], moved, { asOf, at }, origin)
    void saveProgress(sql, asOf)
    this.stands = asOf.position
  }

  /** What is due by the clock, and then what many are to be checked again for, as of where the subscription stands. */
  private async tick(sql: Sql, isBatchHere: () => boolean): Promise<number | undefined> {
    const asOf = await progressOf(sql)
    if (asOf === undefined) return undefined
    this.begin(asOf)
    const byClock = { event: asOf.event, correlation: asOf.event }
    await this.considerCatalogue(sql, asOf, this.clock(), byClock)
    const started = performance.now()
    const isQuiet = started - this.newsAt > recent
    const until = isQuiet ? started + turn : started
    let more = true
    do {
      const began = performance.now()
      const page = isQuiet ? Math.max(quietPage, this.page) : this.page
      const when = { asOf, at: this.clock() }
      const rows = await rowsDue(sql, when.at, page)
      if (rows.length > 0) {
        await checkAgain(sql, this.tools, rows, when, byClock)
        this.checks.inc({ for: 'clock' }, rows.length)
      } else {
        const checked = await recheckPage(sql, this.tools, page, when)
        more = checked !== undefined
        this.checks.inc({ for: 'change' }, checked ?? 0)
      }
      const fitting = (page * pageTime) / Math.max(1, performance.now() - began)
      this.page = Math.round(Math.min(largestPage, page * 2, Math.max(smallestPage, fitting)))
    } while (more && performance.now() < until && !isBatchHere())
    this.stands = asOf.position
    return more ? (isQuiet ? 0 : (performance.now() - started) * (share - 1)) : undefined
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

  /** What is kept in memory counts only if the table stands where it does. */
  private begin(standing: Progress | undefined): void {
    if (this.stands === undefined || this.stands !== standing?.position) {
      this.evidence = new EvidenceReader(this.store)
      this.catalogue = new CatalogueReader(this.store)
      this.changesAt = undefined
    }
    this.stands = undefined
  }

  private get tools(): Tools {
    const { store, evidence, catalogue, commands, people, sha256, logger } = this
    return { store, evidence, catalogue, commands, personOf: (name, source) => people.personOf(name, source), sha256, logger }
  }

  /** Every deployment that the news is about, once, with the event that it is looked at for. */
  private async concernsOf(
    sql: Sql,
    news: News,
    { reading, named }: RowsFor,
    newest: RecordedAs<AnyEvent>,
    at: string,
  ): Promise<readonly Concern[]> {
    const many = reading.length > most
    if (many) await askRecheck(sql, causeOf(newest), { streams: sharedStreams(news) })

    const causes = causesOf(news)
    const rows = new Map(named.map(row => [row.id, row]))
    for (const row of many ? [] : reading) {
      rows.set(row.id, row)
      const cause = row.streams.flatMap(stream => news.streams.get(stream) ?? []).toSorted((a, b) => b.position - a.position)[0]
      if (!causes.has(row.id)) causes.set(row.id, cause ?? newest)
    }

    const answers = groupBy(news.answers, answer => answer.deployment)
    return [...causes].map(([id, cause]) => ({
      id,
      row: rows.get(id),
      origin: { ...causedBy(cause, 'deployments'), occasion: at },
      answers: answers.get(id) ?? [],
    }))
  }
}

/** What is open and reads what is new, one more than a step looks at; and what is open and named. */
interface RowsFor {
  readonly reading: readonly OpenRow[]
  readonly named: readonly OpenRow[]
}

async function rowsFor(sql: Sql, news: News): Promise<RowsFor> {
  const [streams, ids] = [sharedStreams(news), [...causesOf(news).keys()]]
  const [reading, named] = await Promise.all([
    streams.length === 0 ? [] : rowsReading(sql, streams, most + 1),
    ids.length === 0 ? [] : rowsOf(sql, ids),
  ])
  return { reading, named }
}

const causeOf = ({ id, context }: RecordedAs<AnyEvent>): Cause => ({ event: id, correlation: context.correlationid })

/** A retry of what was parked brings old events: they are news, but the subscription stands where it stood. */
const laterOf = (standing: Progress | undefined, newest: Progress): Progress =>
  standing !== undefined && standing.position > newest.position ? standing : newest

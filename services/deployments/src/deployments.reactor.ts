import { streamName, type AnyEvent, type Recorded } from '@muster/contracts'
import { inForce, violationOf } from '@muster/domain'
import type { EventStore } from '@muster/event-store'
import { groupBy, isNonEmpty, type Clock, type NonEmpty, type Sha256 } from '@muster/kernel'
import {
  causedBy,
  CLOCK,
  Commands,
  EVENT_STORE,
  PEOPLE,
  SHA256,
  SUBSCRIPTIONS,
  type Origin,
  type People,
  type Subscriptions,
} from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'
import { CatalogueReader } from './catalogue.reader.ts'
import { ordersFor, type Concern, type Step } from './checking.ts'
import { DeploymentMessage } from './deployment.handler.ts'
import { EvidenceReader } from './evidence.reader.ts'
import { newsOf, type Place } from './news.ts'
import {
  clearancesOf,
  countReading,
  makeAllDue,
  makeReadersDue,
  placesRunning,
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
import { standingOf } from './standing.ts'
import { ViolationMessage, type Assessment } from './violation.handler.ts'

/*
 * The reactor of deployments: what the log says, in order, becomes checks, and what the clock says becomes checks again.
 *
 * Each batch is one step: evidence and catalogue are brought to the batch's newest event, every deployment that it concerns is checked once
 * as of that event, their commands go out in portions, and the table of what is open follows in the transaction that moves the cursor. A
 * crash between an append and the cursor repeats the step: the decider answers `unchanged` to what stands already.
 *
 * Batches and ticks come one at a time, to the one replica that holds the subscription, so that what it keeps in memory stands where the
 * cursor stands.
 */

/** How many deployments one step looks at; what is beyond comes due and follows in pages, behind what is new. */
const page = 200
/** How many are checked and recorded at once: a step of many neither holds up everything else in the process nor fills its memory. */
const portion = 100
/** How long ticks may go on before new events have their turn, in milliseconds. */
const turn = 250

@Injectable()
export class DeploymentsReactor {
  private readonly evidence: EvidenceReader
  private readonly catalogue: CatalogueReader

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SHA256) private readonly sha256: Sha256,
    @Inject(PEOPLE) private readonly people: People,
    @Inject(Commands) private readonly commands: Commands,
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

  private async handle(batch: NonEmpty<Recorded<AnyEvent>>, sql: Sql): Promise<void> {
    this.evidence.observe(batch)
    const news = newsOf(batch)
    const newest = batch.at(-1) ?? batch[0]
    const asOf = laterOf(await progressOf(sql), { position: newest.position, event: newest.id })
    const at = this.clock()

    const streams = [...news.streams.keys()]
    const many = (await countReading(sql, streams)) > page
    if (many) await makeReadersDue(sql, streams, at)
    if (news.policiesChanged) await makeAllDue(sql, at)

    const answers = groupBy(news.answers, answer => answer.deployment)
    const causes = new Map<string, Recorded<AnyEvent>>([
      ...news.answers.map((answer): [string, Recorded<AnyEvent>] => [answer.deployment, answer.cause]),
      ...news.declared,
      ...news.withdrawn,
    ])
    const rows = new Map<string, OpenRow>()
    for (const row of many ? [] : await rowsReading(sql, streams)) {
      rows.set(row.id, row)
      const cause = row.streams.flatMap(stream => news.streams.get(stream) ?? []).toSorted((a, b) => b.position - a.position)[0]
      if (!causes.has(row.id)) causes.set(row.id, cause ?? newest)
    }
    for (const row of await rowsOf(sql, [...causes.keys()])) rows.set(row.id, row)

    const concerns = [...causes].map(([id, cause]): Concern => ({
      id,
      row: rows.get(id),
      origin: { ...causedBy(cause, 'deployments'), occasion: at },
      answers: answers.get(id) ?? [],
    }))
    const moved = await this.decide(sql, concerns, asOf, at)
    await this.assess(sql, [...news.places.values()], moved, asOf, at, { ...causedBy(newest, 'deployments'), occasion: at })
    await saveProgress(sql, asOf)
  }

  /** What is due by the clock, as of where the subscription stands. */
  private async tick(sql: Sql): Promise<void> {
    const asOf = await progressOf(sql)
    if (asOf === undefined) return
    const until = Date.now() + turn
    do {
      const at = this.clock()
      const rows = await rowsDue(sql, at, page)
      if (rows.length === 0) return
      const origin: Origin = {
        cause: asOf.event,
        causedBy: 'event',
        correlation: asOf.event,
        actor: { kind: 'service', id: 'deployments' },
        occasion: at,
      }
      const open = rows.filter(({ status }) => status !== 'revoked')
      const moved = await this.decide(
        sql,
        open.map(row => ({ id: row.id, row, origin, answers: [] })),
        asOf,
        at,
      )
      const overdue = rows.filter(({ status }) => status === 'revoked')
      await this.assess(sql, overdue, moved, asOf, at, origin)
      await saveRows(
        sql,
        overdue.map(row => ({ ...row, dueAt: null })),
      )
    } while (Date.now() < until)
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
      const { orders: told, nextCheckAt } = ordersFor(concern, found, step)
      if (nextCheckAt !== undefined) nextChecks.set(concern.id, nextCheckAt)
      return told
    })
    if (!isNonEmpty(orders)) return []
    // The decider refuses an answer to what is no longer asked; that is no fault, and stands in the approval's own stream.
    await this.commands.send(new DeploymentMessage('batch', { type: 'command-deployments', orders }, orders[0].origin))

    const before = new Map(concerns.map(({ id, row }) => [id, row?.status]))
    const { open, closed } = await standingOf(this.store, evidence, nextChecks)
    await saveRows(sql, open)
    await removeRows(sql, closed)
    const moved = open.filter(({ id, status }) => status !== before.get(id) && (status === 'cleared' || status === 'revoked'))
    return moved.map(({ model }) => model)
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
    const assessments: Assessment[] = []
    for (const { environment, endpoint } of new Map(
      touched.map(place => [JSON.stringify([place.environment, place.endpoint]), place]),
    ).values()) {
      const { running } = await this.evidence.endpointOf(streamName('endpoint', environment, endpoint), asOf.position)
      const runningModels = [...new Set(running.map(({ model }) => model))]
      await saveRunning(sql, { environment, endpoint }, runningModels)
      const clearances = await clearancesOf(sql, runningModels)
      const found = running.flatMap(rollout => {
        const ofModel = clearances.filter(({ model }) => model === rollout.model)
        return violationOf(rollout, { environment, endpoint }, ofModel, at) ?? []
      })
      assessments.push({ environment, endpoint, origin, command: { type: 'assess-endpoint', found, running } })
    }
    if (!isNonEmpty(assessments)) return
    await this.commands.send(new ViolationMessage('batch', { type: 'assess-endpoints', assessments }, origin))
  }
}

/** A retry of what was parked brings old events: they are news, but the subscription stands where it stood. */
const laterOf = (standing: Progress | undefined, newest: Progress): Progress =>
  standing !== undefined && standing.position > newest.position ? standing : newest

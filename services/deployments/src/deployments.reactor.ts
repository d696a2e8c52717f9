import { streamName, type AnyEvent, type DeploymentEvent, type Recorded, type StreamName, type Target } from '@muster/contracts'
import {
  datasetsOf,
  deployment,
  inForce,
  isSameRollout,
  missingRegistrations,
  factsOf,
  peopleOf,
  performCheck,
  remediationOf,
  subjectsOf,
  violationOf,
  type CheckInput,
  type DeploymentCommand,
  type DeploymentState,
  type Evidence,
  type InForce,
} from '@muster/domain'
import { decode, type EventStore } from '@muster/event-store'
import { fold, groupBy, isNonEmpty, type Clock, type NonEmpty, type Sha256 } from '@muster/kernel'
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
import { DeploymentMessage, type DeploymentOrder } from './deployment.handler.ts'
import { EvidenceReader } from './evidence.reader.ts'
import { newsOf, type Answer, type Place } from './news.ts'
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
import { ViolationMessage, type Assessment } from './violation.handler.ts'

/*
 * The reactor of deployments: what the log says, in order, becomes checks, and what the clock says becomes checks again.
 *
 * Each batch is one step: evidence and catalogue are brought to the batch's newest event, every deployment that it concerns is checked once
 * as of that event, all commands go out as one, and the table of what is open follows in the transaction that moves the cursor. A crash
 * between the append and the cursor repeats the step: the decider answers `unchanged` to what stands already.
 *
 * Batches and ticks come one at a time, to the one replica that holds the subscription, so that what it keeps in memory stands where the
 * cursor stands.
 */

const day = 24 * 60 * 60 * 1000
/** How many deployments one step looks at; what is beyond comes due and follows in pages, behind what is new. */
const page = 200
/** How long ticks may go on before new events have their turn, in milliseconds. */
const turn = 250

interface Concern {
  readonly id: string
  readonly row?: OpenRow | undefined
  readonly origin: Origin
  readonly answers: readonly Answer[]
}
type AsOf = Progress

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
  private async decide(sql: Sql, concerns: readonly Concern[], asOf: AsOf, at: string): Promise<ReadonlySet<string>> {
    const evidence = await this.evidence.evidenceOf(
      concerns.map(({ id }) => id),
      asOf.position,
    )
    const catalogue = inForce(await this.catalogue.at(asOf.position), at)
    const nextChecks = new Map<string, string>()
    const orders = concerns.flatMap(concern => {
      const found = evidence.get(concern.id)
      return found === undefined ? [] : this.ordersFor(concern, found, catalogue, asOf, at, nextChecks)
    })
    if (!isNonEmpty(orders)) return new Set()
    const outcomes = await this.commands.send(new DeploymentMessage('batch', { type: 'command-deployments', orders }, orders[0].origin))
    // The deciders refuse an answer to what is no longer asked; that is no fault, and stands in the approval's own stream.
    if (outcomes.length !== orders.length) throw new Error('an order went without an outcome')

    const before = new Map(concerns.map(({ id, row }) => [id, row?.status]))
    const after = await this.standing(
      concerns.filter(({ id }) => evidence.has(id)).map(({ id }) => id),
      evidence,
      nextChecks,
    )
    await saveRows(sql, after.open)
    await removeRows(sql, after.closed)
    return new Set(
      after.open
        .filter(({ id, status }) => status !== before.get(id) && (status === 'cleared' || status === 'revoked'))
        .map(({ model }) => model),
    )
  }

  private ordersFor(
    { id, row, origin, answers }: Concern,
    evidence: Evidence & { readonly withdrawn: boolean },
    catalogue: InForce,
    asOf: AsOf,
    at: string,
    nextChecks: Map<string, string>,
  ): DeploymentOrder[] {
    const { intent } = evidence
    const missing = missingRegistrations(evidence)
    const lapsesAt = new Date(Date.parse(intent.recordedAt) + day).toISOString()
    const target = targetOf(evidence)
    const commands: DeploymentCommand[] = []
    if (row === undefined) {
      commands.push({ type: 'open-deployment', id, target, requestedBy: intent.requestedBy, missing: [...missing], lapsesAt })
    }
    if (evidence.withdrawn) commands.push({ type: 'withdraw-deployment', at })
    else if (missing.length === 0) {
      const result = performCheck(this.checkInput(id, row, evidence, target, catalogue, asOf, at), this.sha256)
      nextChecks.set(id, result.check.nextCheckAt)
      commands.push({ type: 'check-deployment', ...result, remediation: remediationOf(result, catalogue) })
    } else if (Date.parse(at) >= Date.parse(lapsesAt)) commands.push({ type: 'lapse-deployment', at, missing: [...missing] })
    for (const { approvalId, deployment: about, digest, answer } of answers) {
      commands.push({ type: 'answer-deployment', approvalId, deployment: about, digest, answer })
    }
    return commands.map(command => ({ id, model: intent.model, command, origin }))
  }

  private checkInput(
    id: string,
    row: OpenRow | undefined,
    evidence: Evidence,
    target: Target,
    catalogue: InForce,
    asOf: AsOf,
    at: string,
  ): CheckInput {
    const { model, version, artifact = '' } = target
    const runs =
      row?.status === 'cleared' && evidence.endpoint.running.some(rollout => isSameRollout(rollout, { model, version, artifact }))
    const point = runs ? 'rollout' : 'intent'
    const people = peopleOf(evidence, (name, source) => this.people.personOf(name, source))
    return { target, people, facts: factsOf(evidence, people, point, id, at), catalogue, asOf, at, point }
  }

  /** Where each stands after its commands, read from its own stream: right whether this step wrote it, or one before a crash did. */
  private async standing(
    ids: readonly string[],
    evidence: ReadonlyMap<string, Evidence>,
    nextChecks: ReadonlyMap<string, string>,
  ): Promise<{ readonly open: OpenRow[]; readonly closed: string[] }> {
    const streams = ids.map(id => streamName('deployment', id))
    const histories = isNonEmpty(streams) ? groupBy(await this.store.read(streams), event => event.stream) : new Map<StreamName, never>()
    const open: OpenRow[] = []
    const closed: string[] = []
    for (const id of ids) {
      const history = (histories.get(streamName('deployment', id)) ?? []).map(event => decode(event) as Recorded<DeploymentEvent>)
      const state = fold(
        deployment,
        history.map(({ event }) => event),
      )
      const found = evidence.get(id)
      const row = found === undefined ? undefined : openRow(id, state, history, found, nextChecks.get(id))
      if (row === undefined) closed.push(id)
      else open.push(row)
    }
    return { open, closed }
  }

  /** Measures what runs at the places, and wherever one of the models runs, against the clearances as they stand now. */
  private async assess(
    sql: Sql,
    places: readonly Place[],
    models: ReadonlySet<string>,
    asOf: AsOf,
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
const laterOf = (standing: AsOf | undefined, newest: AsOf): AsOf =>
  standing !== undefined && standing.position > newest.position ? standing : newest

const targetOf = ({ intent, version }: Evidence): Target => {
  const { model, version: name, environment, endpoint } = intent
  return { model, version: name, environment, endpoint, ...(version.artifact !== undefined && { artifact: version.artifact.digest }) }
}

/** The row of what is open; nothing for what is over for good. */
function openRow(
  id: string,
  state: DeploymentState,
  history: readonly Recorded<DeploymentEvent>[],
  evidence: Evidence,
  nextCheckAt: string | undefined,
): OpenRow | undefined {
  const [opened] = history
  if (opened === undefined || state.status === 'none') return undefined
  const { status, target } = state
  if (status === 'blocked' || status === 'refused' || status === 'lapsed') return undefined
  const names = subjectsOf(target)
  const datasets = datasetsOf(evidence.version).map(({ name }) => streamName('dataset', name))
  const revoked = history.find(({ event }) => event.type === 'deployment.revoked')
  const remediateBy = revoked?.event.type === 'deployment.revoked' ? revoked.event.remediation.by : null
  const due = { waiting: state.lapsesAt, 'approval-required': nextCheckAt, cleared: nextCheckAt, revoked: remediateBy }
  return {
    id,
    status,
    model: target.model,
    version: target.version,
    environment: target.environment,
    endpoint: target.endpoint,
    artifact: target.artifact ?? null,
    streams: [...new Set([streamName('intent', id), names.model, names.version, names.endpoint, ...datasets])],
    openedAt: opened.recordedtime,
    dueAt: due[status] ?? null,
    lapsesAt: state.lapsesAt,
    revokedAt: revoked?.recordedtime ?? null,
    remediateBy,
  }
}

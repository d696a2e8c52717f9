import {
  canonicalJson,
  type BacktestDifference,
  type BacktestSummary,
  type BacktestView,
  type DifferenceClass,
  type Page,
  type PageQuery,
  type PolicyDocument,
  type RunningViolation,
} from '@muster/contracts'
import { compileDraft } from '@muster/domain'
import type { EventStore, Logger } from '@muster/event-store'
import { digestOf, type Clock, type Sha256 } from '@muster/kernel'
import {
  CLOCK,
  EVENT_STORE,
  LOGGER,
  pageFrom,
  PEOPLE,
  ProblemError,
  SHA256,
  SQL,
  START_WORK,
  TICKS,
  type People,
  type StartWork,
  type Ticks,
} from '@muster/nest-host'
import { migrate, type Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'
import { randomUUID } from 'node:crypto'
import { refuseWrong, wrongAt } from '../good-documents.ts'
import { summaryOf, viewOf } from './backtest.view.ts'
import * as rows from './rows.ts'
import { Runner } from './runner.ts'
import { readerOf, type LogReader } from './sandbox.ts'
import { backtestTables } from './tables.ts'

export interface Ask {
  readonly documents: readonly PolicyDocument[]
  readonly follow?: boolean | undefined
  /** The name of the caller. */
  readonly by: string
}

const milliseconds = 500
const mostWaiting = 100
const mostFollowing = 20
const shownViolations = 20

/** Questions to the whole history: what would drafts have decided? The answers change nothing; they stand in tables of their own. */
@Injectable()
export class Backtests {
  private readonly log: LogReader

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(SQL) private readonly sql: Sql,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SHA256) private readonly sha256: Sha256,
    @Inject(PEOPLE) people: People,
    @Inject(LOGGER) logger: Logger,
    @Inject(START_WORK) startWork: StartWork,
    @Inject(TICKS) ticks: Ticks,
  ) {
    this.log = readerOf(store)
    const personOf = (name: string, source: string) => people.personOf(name, source)
    const runner = new Runner({ log: this.log, sql, clock, personOf, logger })
    startWork.add('backtest tables', () => migrate(sql, 'backtests', backtestTables))
    ticks.every('backtests', milliseconds, signal => runner.work(signal))
  }

  /** Of these documents, in whatever order. */
  digestOf(documents: readonly PolicyDocument[]): string {
    return digestOf(this.sha256, canonicalJson(documents.toSorted((a, b) => (a.id < b.id ? -1 : 1))))
  }

  /** The same question over the same history is asked once. @throws a problem when a document is not good, or too much waits */
  async ask({ documents, follow = false, by }: Ask): Promise<BacktestView> {
    refuseUnlessGood(documents)
    const digest = this.digestOf(documents)
    const head = await this.log.head()
    const same = await rows.findSame(this.sql, { digest, follow, head })
    if (same !== undefined) return await this.viewOf(same)
    const { waiting, following } = await rows.countDue(this.sql)
    if (follow ? following >= mostFollowing : waiting >= mostWaiting)
      throw new ProblemError(
        409,
        'too-many-backtests',
        follow ? `${following} experiments are under way: cancel one first` : `${waiting} backtests wait: ask again later`,
      )
    const asked = { id: randomUUID(), digest, documents, follow, requestedBy: by, requestedAt: this.clock(), head }
    return await this.viewOf(await rows.insertRun(this.sql, asked))
  }

  /** Asks on behalf of Muster itself, and answers with the id; with nothing while too many wait. @throws when a document is not good */
  async startIfRoom(documents: readonly PolicyDocument[]): Promise<string | undefined> {
    try {
      return (await this.ask({ documents, by: 'service:muster' })).id
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status === 409) return undefined
      throw error
    }
  }

  /** @throws a 404 problem */
  async read(id: string): Promise<BacktestView> {
    return await this.viewOf(await this.find(id))
  }

  async list(query: PageQuery): Promise<Page<BacktestView>> {
    const { rows: runs, limit } = await rows.listRuns(this.sql, query)
    const counts = await rows.countViolations(
      this.sql,
      runs.map(({ id }) => id),
    )
    return pageFrom(
      runs,
      limit,
      ({ entry }) => entry,
      run => viewOf(run, { count: counts.get(run.id) ?? 0, first: [] }),
    )
  }

  /** Of one that has ended it changes nothing. @throws a 404 problem */
  async cancel(id: string): Promise<BacktestView> {
    await rows.endRun(this.sql, id, 'cancelled', this.clock(), null)
    return await this.read(id)
  }

  /** @throws a 404 problem */
  async differences(id: string, query: PageQuery & { readonly class?: DifferenceClass | undefined }): Promise<Page<BacktestDifference>> {
    const run = await this.find(id)
    return await rows.listDifferences(this.sql, run.id, query)
  }

  /** @throws a 404 problem */
  async violations(id: string, query: PageQuery): Promise<Page<RunningViolation>> {
    const run = await this.find(id)
    return await rows.listViolations(this.sql, run.id, query)
  }

  /** What a backtest of exactly these documents found; undefined while it is not through all history, or for any other. */
  async summaryOf(id: string, documents: readonly PolicyDocument[]): Promise<BacktestSummary | undefined> {
    const run = await rows.findRun(this.sql, id)
    if (run === undefined || run.digest !== this.digestOf(documents)) return undefined
    return run.status === 'finished' || run.status === 'following' ? await this.summarised(run) : undefined
  }

  private async summarised(run: rows.Run): Promise<BacktestSummary> {
    return summaryOf(run, (await rows.countViolations(this.sql, [run.id])).get(run.id) ?? 0)
  }

  private async find(id: string): Promise<rows.Run> {
    const run = await rows.findRun(this.sql, id)
    if (run === undefined) throw new ProblemError(404, 'not-found', `there is no backtest "${id}"`)
    return run
  }

  private async viewOf(run: rows.Run): Promise<BacktestView> {
    const count = (await rows.countViolations(this.sql, [run.id])).get(run.id) ?? 0
    const { items } = count === 0 ? { items: [] } : await rows.listViolations(this.sql, run.id, { limit: shownViolations })
    return viewOf(run, { count, first: items })
  }
}

/** @throws a 422 problem with every place that is wrong. */
function refuseUnlessGood(documents: readonly PolicyDocument[]): void {
  const errors = documents.flatMap(({ id }, index) =>
    documents.findIndex(document => document.id === id) < index
      ? [{ pointer: `/documents/${index}/id`, message: `"${id}" is there twice` }]
      : [],
  )
  const compilation = compileDraft(documents)
  if (!compilation.ok) errors.push(...compilation.diagnostics.map(one => wrongAt(`/documents/${one.document}`, one)))
  refuseWrong(errors)
}

import type { Cursor, Logger } from '@muster/event-store'
import { compileDraft, type Draft, type PersonOf } from '@muster/domain'
import type { Clock } from '@muster/kernel'
import { isTransient, type Sql } from '@muster/projections'
import { decisionsOf, noDecisions, type Decisions } from './decisions.ts'
import { endRun, saveEnd, saveStep, takeTurn, type Run } from './rows.ts'
import { runningViolations } from './running-now.ts'
import type { LogReader } from './sandbox.ts'

/*
 * Takes backtests on, a page of decisions at a time, those under way in turn. Where each stands is in its row, together with all that it has
 * found: killed at any moment, it goes on from there and comes to the same.
 */

export interface RunnerParts {
  readonly log: LogReader
  readonly sql: Sql
  readonly clock: Clock
  readonly personOf: PersonOf
  readonly logger: Logger
  /** Recorded decisions in a page; 500 when left out. */
  readonly page?: number
}

/** Through history at once. */
const atOnce = 2

export class Runner {
  private readonly drafts = new Map<string, Draft>()
  private decisions: Decisions | undefined

  constructor(private readonly parts: RunnerParts) {}

  /** Until nothing is left to do now, or the signal aborts. On one process at a time; on two, one of them does nothing twice. */
  async work(signal: AbortSignal): Promise<void> {
    const { sql, clock } = this.parts
    while (!signal.aborted) {
      const runs = await takeTurn(sql, atOnce, clock())
      this.forget(runs)
      let moved = false
      for (const run of runs) {
        if (signal.aborted) return
        if (await this.advance(run, signal)) moved = true
      }
      if (!moved) return
    }
  }

  /** Whether it may have more to do. What is the backtest's own fault ends it; everything else comes again. */
  private async advance(run: Run, signal: AbortSignal): Promise<boolean> {
    const { sql, clock, logger } = this.parts
    try {
      return await this.step(run, signal)
    } catch (error) {
      if (signal.aborted) return false
      if (isTransient(error)) {
        logger.warn({ err: error, backtest: run.id }, 'a backtest waits and goes on from where it stands')
        return false
      }
      logger.error({ err: error, backtest: run.id }, 'a backtest failed')
      await endRun(sql, run.id, 'failed', clock(), error instanceof Error ? error.message : String(error))
      return true
    }
  }

  private async step(run: Run, signal: AbortSignal): Promise<boolean> {
    const { log, sql, clock, personOf, page = 500 } = this.parts
    const head = run.status === 'following' ? await log.head() : run.head
    if (run.status === 'following' && head === run.position) return false
    const after: Cursor | 'start' = run.position === 0 ? 'start' : log.cursorAt(run.position)
    const events = await log.readLog(after, { categories: ['deployment'], except: noDecisions }, page)
    const wanted = events.filter(({ position }) => position <= head)
    if (wanted.length === 0 && run.status === 'running') {
      const running = await runningViolations(log, this.draftOf(run), { through: head, at: clock(), personOf }, signal)
      return await saveEnd(sql, run, running, clock())
    }
    this.decisions ??= decisionsOf(log)
    const found = await this.decisions.evaluate(this.draftOf(run), run.report, wanted, head)
    const isLast = events.length < page || wanted.length < events.length
    // The step after the last page of history ends it.
    const position = isLast && run.status === 'following' ? head : (wanted.at(-1)?.position ?? run.position)
    return (await saveStep(sql, run, { position, head, ...found })) && !(isLast && run.status === 'following')
  }

  private draftOf({ id, documents }: Run): Draft {
    const known = this.drafts.get(id)
    if (known !== undefined) return known
    const compilation = compileDraft(documents)
    if (!compilation.ok)
      throw new Error(`this release cannot read the draft: ${compilation.diagnostics.map(({ message }) => message).join('; ')}`)
    this.drafts.set(id, compilation.draft)
    return compilation.draft
  }

  /** What nobody needs now takes no memory. */
  private forget(runs: readonly Run[]): void {
    const ids = new Set(runs.map(({ id }) => id))
    for (const id of this.drafts.keys()) if (!ids.has(id)) this.drafts.delete(id)
    if (!runs.some(({ status }) => status === 'running')) this.decisions = undefined
  }
}

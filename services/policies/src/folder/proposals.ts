import { randomUUID } from 'node:crypto'
import type { Author, BacktestSummary, PolicyCases, PolicyDocument } from '@muster/contracts'
import { unknownAuthor, type PolicyCommand, type PolicyRejection } from '@muster/domain'
import type { EventStore, Logger, Outcome } from '@muster/event-store'
import {
  Commands,
  EVENT_STORE,
  LOGGER,
  ownSource,
  PEOPLE,
  SETTINGS,
  TICKS,
  type People,
  type Settings,
  type Ticks,
} from '@muster/nest-host'
import { Inject, Injectable } from '@nestjs/common'
import { Backtests } from '../backtests/backtests.ts'
import { PolicyMessage } from '../policy.handler.ts'
import { readState } from '../policy.query.ts'
import { submissionOf } from '../submission.ts'

export interface Proposal {
  readonly document: PolicyDocument
  readonly digest: string
  readonly cases: PolicyCases
}

/*
 * Changed files of the folder, on their way to reviewers: drafted at start, and submitted when their backtest is finished, which may take
 * longer than a start should. What a crash leaves a draft is taken up by the next start, for the file still says what nobody published.
 */
@Injectable()
export class Proposals {
  private readonly waiting = new Map<string, Proposal & { readonly backtest?: string }>()

  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(Backtests) private readonly backtests: Backtests,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(PEOPLE) private readonly people: People,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(TICKS) ticks: Ticks,
  ) {
    // A name of its own: each process submits what its own start drafted, whichever others run.
    ticks.every(`policy-proposals ${randomUUID()}`, 1_000, () => this.submitWhatIsReady())
  }

  async propose(dir: string, proposals: readonly Proposal[], loaded: number): Promise<void> {
    const author = this.author()
    for (const proposal of proposals) {
      const { document, digest, cases } = proposal
      const before = await readState(this.store, document.id)
      if (before.change !== undefined && before.change.digest !== digest && before.written.has(digest)) {
        this.logger.warn(
          { policy: document.id },
          `policy ${document.id} was revised since its file was written: its change is left as it is`,
        )
        continue
      }
      const outcome = await this.send(document.id, {
        type: 'draft-policy',
        document,
        digest,
        authors: [author],
        ...(cases.cases.length > 0 && { cases }),
      })
      if (outcome.kind === 'rejected') {
        this.logger.warn({ policy: document.id, rejection: outcome.rejection }, `the file of policy ${document.id} is no draft`)
        continue
      }
      const { change } = await readState(this.store, document.id)
      if (change === undefined || change.approvalId !== undefined || change.sentBack === true) continue
      this.waiting.set(document.id, proposal)
    }
    if (proposals.length > 0) this.tell(dir, proposals, author)
    this.logger.info(
      { dir, policies: loaded, proposed: proposals.length },
      `${loaded} policies are read, ${proposals.length} of them say something new`,
    )
  }

  private tell(dir: string, proposals: readonly Proposal[], author: Author): void {
    const ids = proposals.map(({ document }) => document.id)
    const nobody =
      author.person === undefined
        ? ` Nobody can review them until it is known who wrote them: set MUSTER_POLICIES_AUTHOR to one of your people, or let a person send them by muster policies sync ${dir}.`
        : ''
    this.logger.warn(
      { policies: ids },
      `changed files of ${dir} are drafts, and take effect when their reviewers agreed and somebody activated them: ${ids.join(', ')}. See: muster approvals list, muster policies activate.${nobody}`,
    )
  }

  private async submitWhatIsReady(): Promise<void> {
    for (const [id, proposal] of this.waiting) {
      const { change } = await readState(this.store, id)
      const [submitter] = change?.authors ?? []
      if (change === undefined || submitter === undefined || change.digest !== proposal.digest || change.approvalId !== undefined) {
        this.waiting.delete(id)
        continue
      }
      const backtest = await this.backtestOf(proposal)
      if (backtest === 'not yet') continue
      this.waiting.delete(id)
      if (typeof backtest === 'string') {
        this.logger.warn({ policy: id }, `policy ${id} stays a draft: its backtest is ${backtest}. The next start runs another`)
        continue
      }
      const { command, failures } = await submissionOf(id, change, submitter, backtest)
      const outcome = await this.send(id, command)
      if (outcome.kind !== 'rejected') this.logger.info({ policy: id }, `policy ${id} is submitted to its reviewers`)
      else
        this.logger.warn(
          { policy: id, rejection: outcome.rejection, failures },
          `policy ${id} stays a draft (${outcome.rejection}): ${failures[0] ?? 'write cases for it beside its file'}`,
        )
    }
  }

  /** Asked for when there is room for it: a folder may bring more files than backtests may wait. */
  private async backtestOf(
    proposal: Proposal & { readonly backtest?: string },
  ): Promise<BacktestSummary | 'not yet' | 'failed' | 'cancelled'> {
    const { document, backtest } = proposal
    if (backtest === undefined) {
      const started = await this.backtests.startIfRoom([document])
      if (started !== undefined) this.waiting.set(document.id, { ...proposal, backtest: started })
      return 'not yet'
    }
    const { status } = await this.backtests.read(backtest)
    if (status === 'failed' || status === 'cancelled') return status
    return (await this.backtests.summaryOf(backtest, [document])) ?? 'not yet'
  }

  private author(): Author {
    const { author } = this.settings.policies
    if (author === undefined) return unknownAuthor
    const person = this.people.personOf(author, ownSource)
    return person === undefined ? { name: author } : { name: author, person }
  }

  private send(id: string, command: PolicyCommand): Promise<Outcome<PolicyRejection>> {
    const cause = randomUUID()
    const actor = { kind: 'service', id: 'policies' } as const
    return this.commands.send(new PolicyMessage(id, command, { cause, causedBy: 'request', correlation: cause, actor }))
  }
}

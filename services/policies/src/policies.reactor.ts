import type { ApprovalEvent } from '@muster/contracts'
import type { Logger, Recorded } from '@muster/event-store'
import { groupBy, type Clock, type NonEmpty } from '@muster/kernel'
import { causedBy, CLOCK, Commands, LOGGER, SUBSCRIPTIONS, type Subscriptions } from '@muster/nest-host'
import { Inject, Injectable } from '@nestjs/common'
import { PolicyMessage } from './policy.handler.ts'

/** Brings the answers of reviewers to the policies that they were asked about. */
@Injectable()
export class PoliciesReactor {
  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(SUBSCRIPTIONS) subscriptions: Subscriptions,
  ) {
    subscriptions.add({ name: 'policies', filter: { categories: ['approval'] }, handle: batch => this.handle(batch) })
  }

  /** In order for each policy, side by side for different ones. */
  private async handle(batch: NonEmpty<Recorded>): Promise<void> {
    const messages = groupBy(
      batch.flatMap(recorded => this.messagesFor(recorded)),
      ({ id }) => id,
    )
    await Promise.all([...messages.values()].map(ofOne => this.send(ofOne)))
  }

  private messagesFor(recorded: Recorded): PolicyMessage[] {
    // Streams of approvals hold the events of approvals and no others.
    const event = recorded.event as ApprovalEvent
    if (event.type !== 'approval.granted' && event.type !== 'approval.rejected') return []
    const { about, digest, type } = event
    if (about.kind !== 'policy') return []
    const approvalId = decodeURIComponent(recorded.context.subject)
    const answer = type === 'approval.granted' ? 'granted' : 'rejected'
    const command = { type: 'answer-review', approvalId, digest, answer, at: this.clock() } as const
    return [new PolicyMessage(about.id, command, causedBy(recorded, 'policies'))]
  }

  private async send(messages: NonEmpty<PolicyMessage>): Promise<void> {
    for (const message of messages) {
      const outcome = await this.commands.send(message)
      // What is asked no longer is no fault: the answer stands in the approval's own stream.
      if (outcome.kind === 'rejected')
        this.logger.info({ policy: message.id, cause: message.origin.cause, rejection: outcome.rejection }, 'an answer moved no policy')
    }
  }
}

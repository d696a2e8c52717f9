import type { DeploymentEvent, PolicyEvent } from '@muster/contracts'
import { reactForApprovals } from '@muster/domain'
import type { Logger, Recorded } from '@muster/event-store'
import { groupBy, type NonEmpty } from '@muster/kernel'
import { causedBy, Commands, LOGGER, SUBSCRIPTIONS, type Subscriptions } from '@muster/nest-host'
import { Inject, Injectable } from '@nestjs/common'
import { ApprovalMessage } from './approval.handler.ts'

/** Opens the questions that deployments and policies ask, and withdraws those that they ask no longer. */
@Injectable()
export class ApprovalsReactor {
  constructor(
    @Inject(Commands) private readonly commands: Commands,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(SUBSCRIPTIONS) subscriptions: Subscriptions,
  ) {
    subscriptions.add({
      name: 'approvals',
      filter: { categories: ['deployment', 'policy'], except: ['deployment.checked'] },
      handle: batch => this.handle(batch),
    })
  }

  /** In order for each approval, side by side for different ones. */
  private async handle(batch: NonEmpty<Recorded>): Promise<void> {
    const messages = groupBy(batch.flatMap(messagesFor), ({ id }) => id)
    await Promise.all([...messages.values()].map(ofOne => this.send(ofOne)))
  }

  private async send(messages: NonEmpty<ApprovalMessage>): Promise<void> {
    for (const message of messages) {
      const outcome = await this.commands.send(message)
      if (outcome.kind !== 'rejected') continue
      const { id: approval, command, origin } = message
      this.logger.info({ approval, command: command.type, cause: origin.cause, rejection: outcome.rejection }, 'an approval was not moved')
    }
  }
}

function messagesFor(recorded: Recorded): ApprovalMessage[] {
  const origin = causedBy(recorded, 'approvals')
  // Streams of deployments and policies hold the events of these and no others.
  return reactForApprovals(recorded.event as DeploymentEvent | PolicyEvent).map(
    ({ approval, command }) => new ApprovalMessage(approval, command, origin, recorded.context.partitionkey),
  )
}

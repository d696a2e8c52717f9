import { streamName, subjectOf } from '@muster/contracts'
import { policy, type PolicyCommand, type PolicyRejection } from '@muster/domain'
import { execute, type EventStore, type Outcome } from '@muster/event-store'
import type { Clock } from '@muster/kernel'
import { CLOCK, CommandMessage, EVENT_STORE, type Caller } from '@muster/nest-host'
import { Inject } from '@nestjs/common'
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs'

export class PolicyMessage extends CommandMessage<PolicyCommand, Outcome<PolicyRejection>> {
  /**
   * Anybody proposes, and so does a pipeline for those who wrote it; what takes effect and ends is the word of a person who looks after
   * policies. Only the folder publishes what nobody reviewed, and only our own reactor brings the answer of reviewers.
   */
  override permits({ kind, roles }: Caller): boolean {
    switch (this.command.type) {
      case 'draft-policy':
      case 'submit-policy':
        return kind === 'person' || roles.includes('publisher')
      case 'comment-policy':
      case 'discard-draft':
        return kind === 'person'
      case 'activate-policy':
      case 'retire-policy':
        return kind === 'person' && roles.includes('policy-admin')
      case 'publish-policy':
      case 'answer-review':
        return false
    }
  }
}

@CommandHandler(PolicyMessage)
export class PolicyHandler implements ICommandHandler<PolicyMessage> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ id, command, origin }: PolicyMessage): Promise<Outcome<PolicyRejection>> {
    const context = { ...origin, source: '/muster/policies', partitionkey: subjectOf('policy', id), at: this.clock() }
    return execute(this.store, policy, streamName('policy', id), command, context)
  }
}

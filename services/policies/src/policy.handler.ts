import { streamName, subjectOf } from '@muster/contracts'
import { policy, type PolicyCommand, type PolicyRejection } from '@muster/domain'
import { execute, type EventStore, type Outcome } from '@muster/event-store'
import type { Clock } from '@muster/kernel'
import { CLOCK, CommandMessage, EVENT_STORE, type Caller } from '@muster/nest-host'
import { Inject } from '@nestjs/common'
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs'

export class PolicyMessage extends CommandMessage<PolicyCommand, Outcome<PolicyRejection>> {
  /** People retire, with their name to it; only the folder publishes. */
  override permits({ kind, roles }: Caller): boolean {
    return this.command.type === 'retire-policy' && kind === 'person' && roles.includes('policy-admin')
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

import { streamName } from '@muster/contracts'
import { quarantine, type QuarantineCommand, type QuarantineRejection } from '@muster/domain'
import { executeAll, type EventStore, type Order, type Outcome } from '@muster/event-store'
import type { Clock, NonEmpty } from '@muster/kernel'
import { CLOCK, CommandMessage, type Caller, EVENT_STORE, type Origin } from '@muster/nest-host'
import { Inject } from '@nestjs/common'
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs'

export interface QuarantineOrder {
  readonly sha256: string
  readonly command: QuarantineCommand
  readonly origin: Origin
}

/** All that one Kafka batch brings into quarantine, or what a person releases: one read and one append. */
type CommandQuarantine = { readonly type: 'command-quarantine'; readonly orders: NonEmpty<QuarantineOrder> }

export class QuarantineMessage extends CommandMessage<CommandQuarantine, Outcome<QuarantineRejection>[]> {
  override permits({ roles }: Caller): boolean {
    return roles.includes('operator')
  }
}

@CommandHandler(QuarantineMessage)
export class QuarantineHandler implements ICommandHandler<QuarantineMessage> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ command: { orders } }: QuarantineMessage): Promise<Outcome<QuarantineRejection>[]> {
    const at = this.clock()
    const toOrder = ({ sha256, command, origin }: QuarantineOrder): Order<QuarantineCommand> => ({
      stream: streamName('quarantine', sha256),
      command,
      context: { ...origin, source: '/muster/lifecycle', partitionkey: sha256, at },
    })
    const [first, ...rest] = orders
    return executeAll(this.store, quarantine, [toOrder(first), ...rest.map(toOrder)])
  }
}

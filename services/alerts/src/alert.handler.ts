import { streamName } from '@muster/contracts'
import { alert, type AlertCommand, type AlertRejection } from '@muster/domain'
import { executeAll, type EventStore, type Order, type Outcome } from '@muster/event-store'
import type { Clock, NonEmpty } from '@muster/kernel'
import { CLOCK, CommandMessage, EVENT_STORE, type Origin } from '@muster/nest-host'
import { Inject } from '@nestjs/common'
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs'

export interface AlertOrder {
  readonly id: string
  readonly command: AlertCommand
  readonly origin: Origin
  readonly partitionkey: string
}

/** All that one batch asks of alerts: one read and one append, whatever the number. Outcomes come in the order of the orders. */
type CommandAlerts = { readonly type: 'command-alerts'; readonly orders: NonEmpty<AlertOrder> }

export class AlertMessage extends CommandMessage<CommandAlerts, Outcome<AlertRejection>[]> {}

@CommandHandler(AlertMessage)
export class AlertHandler implements ICommandHandler<AlertMessage> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ command: { orders } }: AlertMessage): Promise<Outcome<AlertRejection>[]> {
    const at = this.clock()
    const toOrder = ({ id, command, origin, partitionkey }: AlertOrder): Order<AlertCommand> => ({
      stream: streamName('alert', id),
      command,
      context: { ...origin, source: '/muster/alerts', partitionkey, at },
    })
    const [first, ...rest] = orders
    return executeAll(this.store, alert, [toOrder(first), ...rest.map(toOrder)])
  }
}

import { streamName, subjectOf } from '@muster/contracts'
import { deployment, type DeploymentCommand, type DeploymentRejection } from '@muster/domain'
import { executeAll, type EventStore, type Order, type Outcome } from '@muster/event-store'
import type { Clock, NonEmpty } from '@muster/kernel'
import { CLOCK, CommandMessage, EVENT_STORE, type Origin } from '@muster/nest-host'
import { Inject } from '@nestjs/common'
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs'

export interface DeploymentOrder {
  readonly id: string
  readonly model: string
  readonly command: DeploymentCommand
  readonly origin: Origin
}

/** All that one batch asks of deployments: one read and one append, whatever the number. Outcomes come in the order of the orders. */
type CommandDeployments = { readonly type: 'command-deployments'; readonly orders: NonEmpty<DeploymentOrder> }

export class DeploymentMessage extends CommandMessage<CommandDeployments, Outcome<DeploymentRejection>[]> {}

@CommandHandler(DeploymentMessage)
export class DeploymentHandler implements ICommandHandler<DeploymentMessage> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ command: { orders } }: DeploymentMessage): Promise<Outcome<DeploymentRejection>[]> {
    const at = this.clock()
    const toOrder = ({ id, model, command, origin }: DeploymentOrder): Order<DeploymentCommand> => ({
      stream: streamName('deployment', id),
      command,
      context: { ...origin, source: '/muster/deployments', partitionkey: subjectOf('model', model), at },
    })
    const [first, ...rest] = orders
    return executeAll(this.store, deployment, [toOrder(first), ...rest.map(toOrder)])
  }
}

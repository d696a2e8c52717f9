import { streamName, subjectOf } from '@muster/contracts'
import { violation, type ViolationCommand } from '@muster/domain'
import { executeAll, type EventStore, type Order, type Outcome } from '@muster/event-store'
import type { Clock, NonEmpty } from '@muster/kernel'
import { CLOCK, CommandMessage, EVENT_STORE, type Origin } from '@muster/nest-host'
import { Inject } from '@nestjs/common'
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs'

export interface Assessment {
  readonly environment: string
  readonly endpoint: string
  readonly command: ViolationCommand
  readonly origin: Origin
}
type AssessEndpoints = { readonly type: 'assess-endpoints'; readonly assessments: NonEmpty<Assessment> }

export class ViolationMessage extends CommandMessage<AssessEndpoints, Outcome<never>[]> {}

@CommandHandler(ViolationMessage)
export class ViolationHandler implements ICommandHandler<ViolationMessage> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ command: { assessments } }: ViolationMessage): Promise<Outcome<never>[]> {
    const at = this.clock()
    const toOrder = ({ environment, endpoint, command, origin }: Assessment): Order<ViolationCommand> => ({
      stream: streamName('violation', environment, endpoint),
      command,
      context: { ...origin, source: '/muster/deployments', partitionkey: subjectOf('endpoint', environment, endpoint), at },
    })
    const [first, ...rest] = assessments
    return executeAll(this.store, violation, [toOrder(first), ...rest.map(toOrder)])
  }
}

import { streamName, subjectOf, type StreamName } from '@muster/contracts'
import { approval, type ApprovalCommand, type ApprovalRejection } from '@muster/domain'
import { execute, type EventStore, type Outcome } from '@muster/event-store'
import type { Clock } from '@muster/kernel'
import { CLOCK, CommandMessage, EVENT_STORE, type Caller, type Origin } from '@muster/nest-host'
import { Inject } from '@nestjs/common'
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs'

export class ApprovalMessage extends CommandMessage<ApprovalCommand, Outcome<ApprovalRejection>> {
  constructor(
    id: string,
    command: ApprovalCommand,
    origin: Origin,
    /** That of what is asked about. Who signs does not know it: it stands in the request. */
    readonly partitionkey?: string,
  ) {
    super(id, command, origin)
  }

  /** People sign, each for themselves and in a role that they have. Only our own reactor asks and withdraws. */
  override permits({ kind, id, roles }: Caller): boolean {
    const { command } = this
    return command.type === 'sign-approval' && kind === 'person' && id === command.by && roles.includes(command.role)
  }

  override whyNot({ kind, name, roles }: Caller): string | undefined {
    const { command } = this
    if (command.type !== 'sign-approval') return undefined
    if (kind !== 'person') return `${name} is no person, and only people sign`
    if (roles.includes(command.role)) return undefined
    const has = roles.length === 0 ? 'it has no role' : `it has ${roles.join(', ')}`
    return `the token of ${name} does not have the role ${command.role}, in which it would sign: ${has}`
  }
}

@CommandHandler(ApprovalMessage)
export class ApprovalHandler implements ICommandHandler<ApprovalMessage> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id, command, origin, partitionkey }: ApprovalMessage): Promise<Outcome<ApprovalRejection>> {
    const stream = streamName('approval', id)
    return execute(this.store, approval, stream, command, {
      ...origin,
      source: '/muster/approvals',
      partitionkey: partitionkey ?? (await this.partitionkeyOf(stream)) ?? subjectOf('approval', id),
      at: this.clock(),
    })
  }

  private async partitionkeyOf(stream: StreamName): Promise<string | undefined> {
    const [requested] = await this.store.read([stream])
    return requested?.context.partitionkey
  }
}

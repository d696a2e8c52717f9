import { streamName, type PersonEvent } from '@muster/contracts'
import { person, type ErasePerson } from '@muster/domain'
import { decode, execute, type EventStore, type KeyVault, type Outcome } from '@muster/event-store'
import type { Clock } from '@muster/kernel'
import { CLOCK, CommandMessage, EVENT_STORE, KEY_VAULT, type Caller, type Origin } from '@muster/nest-host'
import { Inject } from '@nestjs/common'
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs'

type EraseText = Pick<ErasePerson, 'type' | 'reason'>

export class ErasureMessage extends CommandMessage<EraseText, Outcome<never>> {
  /** `id` is the person. */
  constructor(id: string, reason: ErasePerson['reason'], origin: Origin) {
    super(id, { type: 'erase-person', ...(reason !== undefined && { reason }) }, origin)
  }

  override permits({ kind, roles }: Caller): boolean {
    return kind === 'person' && roles.includes('privacy-officer')
  }
}

/*
 * First the event, then the keys. A crash in between leaves an event that says which keys must not be: whoever reads the log next destroys
 * them, and so does the same command again, which records nothing the second time. The other way round a crash would leave an erasure that
 * nobody knows of, and a backup could bring the keys back.
 */
@CommandHandler(ErasureMessage)
export class ErasureHandler implements ICommandHandler<ErasureMessage> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(KEY_VAULT) private readonly vault: KeyVault,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id, command, origin }: ErasureMessage): Promise<Outcome<never>> {
    const stream = streamName('person', id)
    const keys = await this.vault.keysOf(id)
    const outcome = await execute(
      this.store,
      person,
      stream,
      { ...command, person: id, keys },
      { ...origin, source: '/muster/assurance', partitionkey: id, at: this.clock() },
    )
    const history = (await this.store.read([stream])).map(event => decode(event).event as PersonEvent)
    await this.vault.destroy(
      id,
      history.flatMap(erased => erased.keys),
    )
    return outcome
  }
}

import { BusError, type MessageBus, type ReceivedMessage } from '@muster/bus'
import { IdReused, type EventStore, type Logger } from '@muster/event-store'
import { isNonEmpty, type Clock, type NonEmpty, type Sha256 } from '@muster/kernel'
import { BUS, CLOCK, Commands, CONSUMERS, EVENT_STORE, LOGGER, SHA256, SQL, TOPICS, type Consumers, type Topics } from '@muster/nest-host'
import type { Sql } from '@muster/projections'
import { Inject, Injectable } from '@nestjs/common'
import { decodeKafka } from './intake/kafka-binding.ts'
import { INTAKE_METERS, type IntakeMeters } from './intake/meters.ts'
import { takeIn } from './intake/take-in.ts'
import { deadMessage, deadTopic } from './quarantine/dead-letter.ts'
import { fingerprint } from './quarantine/fingerprint.ts'
import { keep, type Quarantined } from './quarantine/kept.ts'
import { QuarantineMessage, type QuarantineOrder } from './quarantine.handler.ts'

/*
 * The lifecycle topic into the log. Whatever cannot be taken goes to quarantine as it is, and the rest of the batch is recorded: no message
 * stops its partition.
 *
 * Offsets are committed when all of the batch is done, so a crash between any two steps brings the whole batch again, and each step bears
 * that: recorded events are repeats in their streams; the row in quarantine counts an offset once; its stream has its entry already; only
 * the copy on the dead-letter topic may be there twice, with the same digest on it. The row is written before the entry, so that whoever
 * hears of the entry finds the bytes.
 */
@Injectable()
export class LifecycleConsumer {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(SQL) private readonly sql: Sql,
    @Inject(BUS) private readonly bus: MessageBus | null,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SHA256) private readonly sha256: Sha256,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(INTAKE_METERS) private readonly meters: IntakeMeters,
    @Inject(Commands) private readonly commands: Commands,
    @Inject(CONSUMERS) consumers: Consumers,
    @Inject(TOPICS) topics: Topics,
  ) {
    topics.add(deadTopic)
    consumers.add({ group: 'muster-lifecycle', topics: ['muster.lifecycle'], handle: batch => this.handle(batch) })
  }

  async handle(batch: NonEmpty<ReceivedMessage>): Promise<void> {
    const taken = await takeIn(this.store, this.clock(), batch.map(decodeKafka))
    const refused = batch.flatMap((message, index): Quarantined[] => {
      const { claimed, verdict } = taken[index] ?? {}
      return verdict?.kind === 'refused'
        ? [{ sha256: fingerprint(message, this.sha256), message, refusal: verdict.refusal, claimed: claimed ?? {} }]
        : []
    })
    if (isNonEmpty(refused)) await this.quarantine(refused)
    this.meters.count('kafka', taken)
  }

  private async quarantine(entries: NonEmpty<Quarantined>): Promise<void> {
    const open = await keep(this.sql, entries, this.clock())
    const orders = entries.filter(({ sha256 }) => open.has(sha256)).map(entering)
    if (isNonEmpty(orders)) await this.enter(orders)
    await this.copy(entries)
    const [{ sha256, refusal, message }] = entries
    const place = `${message.topic}/${message.partition}/${message.offset}`
    this.logger.warn({ messages: entries.length, first: { sha256, place, ...refusal } }, 'messages were not taken and are in quarantine')
  }

  private async enter(orders: NonEmpty<QuarantineOrder>): Promise<void> {
    try {
      await this.commands.send(new QuarantineMessage(orders[0].sha256, { type: 'command-quarantine', orders }, orders[0].origin))
    } catch (error) {
      // It was entered for this very message before, with the reason of then; the others of the call are entered all the same.
      if (!(error instanceof IdReused)) throw error
      this.logger.info({ err: error }, 'a message had been in quarantine before, for another reason')
    }
  }

  /** Copies that the brokers will never take as they are (too long by now, or the topic is gone) are given up: the bytes are in quarantine. */
  private async copy(entries: NonEmpty<Quarantined>): Promise<void> {
    const [first, ...rest] = entries
    try {
      await this.bus?.publish(deadTopic, [deadMessage(first), ...rest.map(deadMessage)])
    } catch (error) {
      if (!(error instanceof BusError) || (error.problem !== 'refused' && error.problem !== 'unknown-topic')) throw error
      if (rest.length > 0) for (const entry of entries) await this.copy([entry])
      else this.logger.error({ err: error, sha256: first.sha256 }, `a quarantined message could not be copied to ${deadTopic}`)
    }
  }
}

const entering = (entry: Quarantined): QuarantineOrder => ({
  sha256: entry.sha256,
  command: { type: 'enter-quarantine', reason: entry.refusal, topic: entry.message.topic, claimed: entry.claimed },
  origin: origin(entry),
})

/** The sighting is the cause: what Kafka brings again has the cause that it had. */
const origin = ({ sha256, message: { topic, partition, offset } }: Quarantined) =>
  ({ cause: `${topic}/${partition}/${offset}`, correlation: sha256, actor: { kind: 'service', id: 'lifecycle' } }) as const

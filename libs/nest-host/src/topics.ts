import type { MessageBus, Topic } from '@muster/bus'
import type { NonEmpty } from '@muster/kernel'
import type { Logger } from 'pino'
import type { Background } from './background.ts'
import type { Health } from './health.ts'
import type { Meters } from './meters.ts'
import type { Registered } from './registrations.ts'
import type { Settings } from './settings.ts'
import type { Readers } from './readers.ts'

/*
 * What comes from topics and goes to them. Brokers that are away, at the start too, are waited for, and readiness tells: the log and the
 * door do without them.
 */
export function startTopics(parts: {
  readonly bus: MessageBus
  readonly registered: Registered
  readonly topics: NonEmpty<string>
  readonly background: Background
  readonly health: Health
  readonly settings: Settings
  readonly publish: Readers['publish']
  readonly meters: Meters
  readonly logger: Logger
}): void {
  const { bus, registered, topics, background, health, settings, publish, meters, logger } = parts
  const [first, ...rest] = topics
  const topicOf = (name: string): Topic => ({ name, partitions: settings.kafka.partitions })
  const wanted: NonEmpty<Topic> = [topicOf(first), ...rest.map(topicOf)]
  let made: Promise<void> | undefined
  const ensured = (): Promise<void> =>
    (made ??= bus.ensureTopics(wanted).catch((error: unknown) => {
      made = undefined
      throw error
    }))

  health.add('kafka', async () => ((await bus.reachable()) ? undefined : `no broker of ${settings.kafka.brokers.join(', ')} answers`))
  for (const consumer of registered.consumers)
    background.start(`consumer ${consumer.group}`, async signal => {
      await ensured()
      // What it throws comes again after a pause; meanwhile somebody must be able to see it.
      const onError = (error: unknown): void => {
        meters.failures.inc({ part: `consumer ${consumer.group}` })
        logger.error({ err: error, consumer: consumer.group }, 'a batch could not be handled and comes again')
      }
      await bus.consume({ ...consumer, onError }, signal)
    })
  for (const publication of registered.publications)
    background.start(`publication ${publication.name}`, async signal => {
      await ensured()
      await publish(publication, bus, signal)
    })
}

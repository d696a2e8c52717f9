import type { MessageBus, Topic } from '@muster/bus'
import type { NonEmpty } from '@muster/kernel'
import type { Background } from './background.ts'
import type { Health } from './health.ts'
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
}): void {
  const { bus, registered, topics, background, health, settings, publish } = parts
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
      await bus.consume(consumer, signal)
    })
  for (const publication of registered.publications)
    background.start(`publication ${publication.name}`, async signal => {
      await ensured()
      await publish(publication, bus, signal)
    })
}

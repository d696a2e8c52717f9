import { findDefinition, streamName, type Check, type Policy, type StreamName, type Target, type VersionEvent } from '@muster/contracts'
import { datasetsOf, foldVersion, noVersion, reactForAlerts, type AlertFacts, type WatchedEvent } from '@muster/domain'
import { decode, type EventStore, type Logger, type Recorded, type RecordedEvent } from '@muster/event-store'
import { groupBy, isNonEmpty, type NonEmpty } from '@muster/kernel'

/*
 * What an alert tells beside the event itself: the check that decided, the data sets of the version, the policy with its steps. It is as of
 * the event, so that whoever handles the event again raises the same alert.
 *
 * Facts embellish an alert and must never cost it: what a newer release wrote, and this one cannot read, leaves its facts out.
 */

export type Watched = Recorded<WatchedEvent>

const nothing: AlertFacts = { datasets: [], policyOf: () => undefined }

export class FactsReader {
  /** By id and version: a published version never changes. */
  private readonly policies = new Map<string, Policy>()

  constructor(
    private readonly store: EventStore,
    private readonly logger: Logger,
  ) {}

  /** One read for the batch, and one more when it names policies that were not seen before. */
  async of(batch: NonEmpty<Watched>): Promise<(watched: Watched) => AlertFacts> {
    const raising = batch.filter(watched => reactForAlerts(watched, nothing).some(({ kind }) => kind === 'raise'))
    const streams = [...new Set(raising.flatMap(streamsOf))]
    const through = (batch.at(-1) ?? batch[0]).position
    const histories = groupBy(isNonEmpty(streams) ? await this.store.read(streams, { through }) : [], ({ stream }) => stream)
    const facts = new Map(raising.map(watched => [watched.id, this.factsAsOf(watched, histories)]))
    await this.learn([...facts.values()].flatMap(({ check }) => check ?? []))

    const policyOf = (id: string, version: number): Policy | undefined => this.policies.get(`${id} ${version}`)
    return watched => ({ ...(facts.get(watched.id) ?? nothing), policyOf })
  }

  private async learn(checks: readonly Check[]): Promise<void> {
    const named = checks.flatMap(({ rules }) => rules).filter(({ policy, version }) => !this.policies.has(`${policy} ${version}`))
    const streams = [...new Set(named.map(({ policy }) => streamName('policy', policy)))]
    if (!isNonEmpty(streams)) return
    for (const { event } of readable(await this.store.read(streams)))
      if (event.type === 'policy.published' && event.document.kind === 'Policy')
        this.policies.set(`${event.document.id} ${event.version}`, event.document)
  }

  private factsAsOf(watched: Watched, histories: Histories): Pick<AlertFacts, 'check' | 'datasets'> {
    const before = (stream: StreamName) => (histories.get(stream) ?? []).filter(({ position }) => position <= watched.position)
    const runs = versionOf(watched)
    const check = readable(before(watched.stream))
      .map(({ event }) => event)
      .findLast(event => event.type === 'deployment.checked')
    if (runs === undefined) return { check, datasets: [] }
    return { check, datasets: this.datasetsIn(before(streamName('version', runs.model, runs.version))) }
  }

  /** Half of a version is not taken for the whole of it: if any of it cannot be read, none are named. */
  private datasetsIn(history: readonly RecordedEvent[]): string[] {
    try {
      // Streams of versions hold the events of versions and no others.
      const version = (history.map(decode) as Recorded<VersionEvent>[]).reduce(foldVersion, noVersion)
      return [...new Set(datasetsOf(version).map(({ name }) => name))]
    } catch (error) {
      this.logger.warn({ err: error, stream: history[0]?.stream }, 'an alert goes without its data sets: the version cannot be read')
      return []
    }
  }
}

type Histories = ReadonlyMap<StreamName, readonly RecordedEvent[]>

const readable = (history: readonly RecordedEvent[]): Recorded[] =>
  history.filter(({ type }) => findDefinition(type) !== undefined).map(decode)

function streamsOf(watched: Watched): StreamName[] {
  const runs = versionOf(watched)
  return runs === undefined ? [] : [watched.stream, streamName('version', runs.model, runs.version)]
}

function versionOf({ event }: Watched): Pick<Target, 'model' | 'version'> | undefined {
  if ('target' in event) return event.target
  return 'running' in event ? event.running : undefined
}

import { streamName, type AnyEvent, type Recorded, type StreamName } from '@muster/contracts'
import {
  datasetsOf,
  foldEvidence,
  noEvidence,
  subjectsOf,
  type DatasetEvidence,
  type EndpointEvidence,
  type Evidence,
  type IntentEvidence,
  type ModelEvidence,
  type StreamEvidence,
  type VersionEvidence,
} from '@muster/domain'
import { decode, type EventStore, type Position } from '@muster/event-store'
import { isNonEmpty } from '@muster/kernel'
import { LRUCache } from 'lru-cache'

/*
 * The evidence of many streams as of one position, each stream read once and then kept current by the batches that go by.
 *
 * Every entry remembers the revision up to which it is folded. An event that is not the next one (a repeat, or one behind a gap because its
 * key was parked) is never guessed over: a repeat is passed by, and behind a gap the entry is dropped and read again.
 */

type Wanted = Parameters<typeof subjectsOf>[0]
interface Entry {
  readonly revision: number
  readonly evidence: StreamEvidence
}

const mostKept = 50_000

export class EvidenceReader {
  private readonly entries = new LRUCache<StreamName, Entry>({ max: mostKept })

  constructor(private readonly store: EventStore) {}

  /** Goes on with events of the log, in their order. */
  observe(batch: readonly Recorded<AnyEvent>[]): void {
    for (const recorded of batch) {
      const stream = recorded.stream as StreamName
      const entry = this.entries.get(stream)
      if (entry === undefined || recorded.revision <= entry.revision) continue
      if (recorded.revision > entry.revision + 1) this.entries.delete(stream)
      else this.entries.set(stream, { revision: recorded.revision, evidence: foldEvidence(entry.evidence, recorded) })
    }
  }

  /** Everything that the facts of these intents are folded from, as of the position. Two reads for what is not kept, whatever the number. */
  async evidenceOf(
    intents: readonly string[],
    through: Position,
  ): Promise<ReadonlyMap<string, Evidence & { readonly withdrawn: boolean }>> {
    await this.load(
      intents.map(id => streamName('intent', id)),
      through,
    )
    const declared = intents.flatMap(id => {
      const { declared: intent, withdrawn } = this.of<IntentEvidence>(streamName('intent', id))
      return intent === undefined ? [] : [{ id, intent, withdrawn }]
    })
    await this.loadAround(
      declared.map(({ intent }) => intent),
      through,
    )
    return new Map(declared.map(({ id, intent, withdrawn }) => [id, { intent, withdrawn, ...this.standingAround(intent) }]))
  }

  /** What stands around an intent, whether it was declared or not. */
  async around(intent: Wanted, through: Position): Promise<Omit<Evidence, 'intent'>> {
    await this.loadAround([intent], through)
    return this.standingAround(intent)
  }

  private async loadAround(intents: readonly Wanted[], through: Position): Promise<void> {
    const names = intents.map(subjectsOf)
    await this.load(
      names.flatMap(({ model, version, endpoint }) => [model, version, endpoint]),
      through,
    )
    await this.load(
      names.flatMap(({ version }) => this.datasetsNamed(version).map(name => streamName('dataset', name))),
      through,
    )
  }

  private standingAround(intent: Wanted): Omit<Evidence, 'intent'> {
    const { model, version, endpoint } = subjectsOf(intent)
    return {
      model: this.of<ModelEvidence>(model),
      version: this.of<VersionEvidence>(version),
      endpoint: this.of<EndpointEvidence>(endpoint),
      datasets: new Map(this.datasetsNamed(version).map(name => [name, this.of<DatasetEvidence>(streamName('dataset', name))])),
    }
  }

  private datasetsNamed(version: StreamName): string[] {
    return datasetsOf(this.of<VersionEvidence>(version)).map(({ name }) => name)
  }

  async endpointOf(stream: StreamName, through: Position): Promise<EndpointEvidence> {
    await this.load([stream], through)
    return this.of<EndpointEvidence>(stream)
  }

  private of<E extends StreamEvidence>(stream: StreamName): E {
    // `load` came before, and an entry has the evidence of its stream's category.
    return (this.entries.get(stream)?.evidence ?? noEvidence(stream)) as E
  }

  private async load(streams: readonly StreamName[], through: Position): Promise<void> {
    const unknown = [...new Set(streams)].filter(stream => !this.entries.has(stream))
    if (!isNonEmpty(unknown)) return
    const found = new Map<StreamName, Entry>(unknown.map(stream => [stream, { revision: -1, evidence: noEvidence(stream) }]))
    for (const event of await this.store.read(unknown, { through })) {
      const before = found.get(event.stream)?.evidence ?? noEvidence(event.stream)
      found.set(event.stream, { revision: event.revision, evidence: foldEvidence(before, decode(event)) })
    }
    for (const [stream, entry] of found) this.entries.set(stream, entry)
  }
}

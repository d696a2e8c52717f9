import { streamName, UnknownEventType, type StreamName } from '@muster/contracts'
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
import { decode, type EventStore, type Position, type Recorded, type RecordedEvent } from '@muster/event-store'
import { groupBy, isNonEmpty } from '@muster/kernel'
import { LRUCache } from 'lru-cache'

/*
 * The evidence of many streams as of one position, each stream read once and then kept current by the batches that go by.
 *
 * Every entry remembers the revision up to which it is folded. An event that is not the next one (a repeat, or one behind a gap because its
 * key was parked) is never guessed over: a repeat is passed by, and behind a gap the entry is dropped and read again. A stream with an event
 * that this release does not know is folded up to there, is said to be unreadable, and is not kept: it stops nobody but those who read it.
 */

type Wanted = Parameters<typeof subjectsOf>[0]

interface Entry {
  readonly revision: number
  readonly evidence: StreamEvidence
  readonly size: number
  readonly isReadable: boolean
}

/** What the facts of one intent are folded from. */
export interface Around extends Omit<Evidence, 'intent'> {
  readonly streams: readonly StreamName[]
  /** Those of the streams that hold something which this release does not know. */
  readonly unreadable: readonly StreamName[]
}
export interface Gathered extends Evidence, Around {
  readonly withdrawn: boolean
}

/** Characters of event data that the entries are made of, in all. */
const mostKept = 128 * 1024 * 1024
/** What an entry takes beside its data, roughly. */
const overhead = 500

export class EvidenceReader {
  private readonly kept = new LRUCache<StreamName, Entry>({ maxSize: mostKept, sizeCalculation: ({ size }) => size })

  constructor(private readonly store: EventStore) {}

  /** Goes on with events of the log, in their order. An intent that was declared behind `stands` is known from its first event on. */
  observe(batch: readonly Recorded[], stands = Infinity): void {
    for (const recorded of batch) {
      const { stream, revision, position } = recorded
      const isBorn = revision === 0 && position > stands && stream.startsWith('intent-')
      const entry = this.kept.peek(stream) ?? (isBorn ? unread(stream) : undefined)
      if (entry === undefined || revision <= entry.revision) continue
      if (revision > entry.revision + 1) this.kept.delete(stream)
      else this.kept.set(stream, next(entry, recorded))
    }
  }

  /** Reads what is not kept of the streams at once, before they are asked for one kind after the other. */
  async prefetch(streams: readonly string[], through: Position): Promise<void> {
    await this.read(streams as readonly StreamName[], through)
  }

  /** What the facts of each declared intent are folded from, as of the position. Three reads for what is not kept, whatever the number. */
  async evidenceOf(intents: readonly string[], through: Position): Promise<ReadonlyMap<string, Gathered>> {
    const declarations = await this.read(
      intents.map(id => streamName('intent', id)),
      through,
    )
    const declared = intents.flatMap(id => {
      const { declared: intent, withdrawn } = declarations.of<IntentEvidence>(streamName('intent', id))
      return intent === undefined ? [] : [{ id, intent, withdrawn }]
    })
    const around = await this.around(
      declared.map(({ intent }) => intent),
      through,
    )
    return new Map(declared.map(({ id, intent, withdrawn }, index) => [id, { intent, withdrawn, ...around[index] } as Gathered]))
  }

  /** What stands around intents, whether they were declared or not; in their order. */
  async around(intents: readonly Wanted[], through: Position): Promise<readonly Around[]> {
    const named = intents.map(subjectsOf)
    const first = await this.read(
      named.flatMap(({ model, version, endpoint }) => [model, version, endpoint]),
      through,
    )
    const datasetsOfEach = named.map(({ version }) => [...new Set(datasetsOf(first.of<VersionEvidence>(version)).map(({ name }) => name))])
    const second = await this.read(
      datasetsOfEach.flat().map(name => streamName('dataset', name)),
      through,
    )
    return named.map(({ model, version, endpoint }, index) => {
      const names = datasetsOfEach[index] ?? []
      const datasets = names.map(name => streamName('dataset', name))
      return {
        model: first.of<ModelEvidence>(model),
        version: first.of<VersionEvidence>(version),
        endpoint: first.of<EndpointEvidence>(endpoint),
        datasets: new Map(names.map(name => [name, second.of<DatasetEvidence>(streamName('dataset', name))])),
        streams: [model, version, endpoint, ...datasets],
        unreadable: [...[model, version, endpoint].filter(first.isUnreadable), ...datasets.filter(second.isUnreadable)],
      }
    })
  }

  async endpointsOf(streams: readonly StreamName[], through: Position): Promise<ReadonlyMap<StreamName, EndpointEvidence>> {
    const found = await this.read(streams, through)
    return new Map(streams.map(stream => [stream, found.of<EndpointEvidence>(stream)]))
  }

  /** By name, of the models whose streams can be read. */
  async modelsOf(names: readonly string[], through: Position): Promise<ReadonlyMap<string, ModelEvidence>> {
    const streams = [...new Set(names)].map(name => [name, streamName('model', name)] as const)
    const found = await this.read(
      streams.map(([, stream]) => stream),
      through,
    )
    return new Map(streams.flatMap(([name, stream]) => (found.isUnreadable(stream) ? [] : [[name, found.of<ModelEvidence>(stream)]])))
  }

  /** The entries of the streams, held here until the step is over: what the memory drops meanwhile is still at hand. */
  private async read(streams: readonly StreamName[], through: Position) {
    const found = new Map<StreamName, Entry>()
    const missing: StreamName[] = []
    for (const stream of new Set(streams)) {
      const entry = this.kept.get(stream)
      if (entry === undefined) missing.push(stream)
      else found.set(stream, entry)
    }
    const events = groupBy(isNonEmpty(missing) ? await this.store.read(missing, { through }) : [], event => event.stream)
    for (const stream of missing) {
      const entry = foldAll(stream, events.get(stream) ?? [])
      found.set(stream, entry)
      if (entry.isReadable) this.kept.set(stream, entry)
    }
    const entryOf = (stream: StreamName): Entry => {
      const entry = found.get(stream)
      if (entry === undefined) throw new Error(`${stream} was not read in this step`)
      return entry
    }
    return {
      // An entry has the evidence of its stream's category.
      of: <E extends StreamEvidence>(stream: StreamName): E => entryOf(stream).evidence as E,
      isUnreadable: (stream: StreamName): boolean => !entryOf(stream).isReadable,
    }
  }
}

const unread = (stream: StreamName): Entry => ({ revision: -1, evidence: noEvidence(stream), size: overhead, isReadable: true })

const next = ({ size, evidence, isReadable }: Entry, recorded: Recorded): Entry => ({
  revision: recorded.revision,
  evidence: foldEvidence(evidence, recorded),
  size: size + recorded.data.length,
  isReadable,
})

function foldAll(stream: StreamName, events: readonly RecordedEvent[]): Entry {
  let entry = unread(stream)
  for (const event of events) {
    try {
      entry = next(entry, decode(event))
    } catch (error) {
      if (!(error instanceof UnknownEventType)) throw error
      return { ...entry, isReadable: false }
    }
  }
  return entry
}

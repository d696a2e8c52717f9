import type { StreamName } from '@muster/contracts'
import type { EventStore, RecordedEvent } from '@muster/event-store'
import { groupBy, isNonEmpty } from '@muster/kernel'
import type { Incoming } from './incoming.ts'

/*
 * What a stream says that an event must be held against. Only a registration of a version that has events already, and the withdrawal of an
 * intent, need it; for everything else no stream is read.
 *
 * The artifact of a version never changes once it has one, so it is remembered for good, of as many versions as may be, whoever writes
 * meanwhile. All else is read again each time.
 *
 * Nothing is decoded: a newer release may have written what this one cannot read, and that stops whoever must understand it, not the door.
 */

export interface StreamFacts {
  /** Of its last event, as of which the facts are. */
  readonly tip: number | 'no-stream'
  /** Of a version that was registered. */
  readonly artifact?: string
  /** The partition key of its first event: what it is about. */
  readonly governed?: string
}

/** Of every stream of the items. `tips` is where each ends. */
export async function factsOf(
  store: EventStore,
  items: readonly Incoming[],
  tips: ReadonlyMap<StreamName, number | 'no-stream'>,
): Promise<ReadonlyMap<StreamName, StreamFacts>> {
  const artifacts = rememberedFor(store)
  const isNeeded = ({ stream, event: { type } }: Incoming): boolean =>
    tips.get(stream) !== 'no-stream' && (type === 'intent.withdrawn' || (type === 'version.registered' && !artifacts.has(stream)))
  const streams = [...new Set(items.filter(isNeeded).map(({ stream }) => stream))]
  const histories = groupBy(isNonEmpty(streams) ? await store.read(streams) : [], ({ stream }) => stream)
  return new Map(
    [...tips].map(([stream, tip]) => {
      const artifact = artifacts.get(stream)
      const facts = artifact === undefined ? factsIn(histories.get(stream) ?? [], tip) : { tip, artifact }
      if (facts.artifact !== undefined) artifacts.set(stream, facts.artifact)
      return [stream, facts]
    }),
  )
}

const mostRemembered = 10_000
const remembered = new WeakMap<EventStore, Map<StreamName, string>>()

/** Artifacts by the streams of their versions. Those that were found first are forgotten first. */
function rememberedFor(store: EventStore): Map<StreamName, string> {
  const artifacts = remembered.get(store) ?? new Map<StreamName, string>()
  remembered.set(store, artifacts)
  for (const stream of artifacts.keys()) {
    if (artifacts.size <= mostRemembered) break
    artifacts.delete(stream)
  }
  return artifacts
}

/** The facts and the tip are of one moment: if more stands there by now, the write finds out. */
function factsIn(history: readonly RecordedEvent[], tip: number | 'no-stream'): StreamFacts {
  const artifact = history
    .filter(({ type }) => type.startsWith('version.registered.'))
    .flatMap(artifactIn)
    .at(-1)
  const governed = history[0]?.context.partitionkey
  return {
    tip: history.at(-1)?.revision ?? tip,
    ...(artifact !== undefined && { artifact }),
    ...(governed !== undefined && { governed }),
  }
}

/** In whatever version of the type, if it stands where it always stood. */
function artifactIn({ data }: RecordedEvent): string[] {
  const { artifact } = JSON.parse(data) as { readonly artifact?: { readonly digest?: unknown } }
  return typeof artifact?.digest === 'string' ? [artifact.digest] : []
}

import type { StreamName } from '@muster/contracts'
import type { Position, Revision } from '@muster/event-store'

/*
 * Which ids streams hold, up to the revision that this process has seen: an id that is used again must be found, and the server only looks
 * for it at the very place of a write. Most writes follow a read of their stream, and so cost no read here. It may lag behind the server: a
 * write whose revision the server accepts shows that it did not.
 */

export interface KnownStream {
  readonly ids: ReadonlyMap<string, Revision>
  /** -1 while the stream is empty. */
  readonly revision: Revision
  readonly position: Position
}

type Place = { readonly id: string; readonly revision: Revision; readonly position: Position }

export interface KnownStreams {
  get(stream: StreamName): KnownStream | undefined
  /** Events of the stream, the first of which directly follows what is known, or is known. An empty stream is known as such. */
  learn(stream: StreamName, events: readonly Place[]): void
}

export function makeKnownStreams(mostIds = 200_000): KnownStreams {
  const streams = new Map<StreamName, { ids: Map<string, Revision>; revision: Revision; position: Position }>()
  let count = 0

  return {
    get: stream => streams.get(stream),
    learn(stream, events) {
      const known = streams.get(stream) ?? { ids: new Map<string, Revision>(), revision: -1, position: 0 }
      const before = known.ids.size
      for (const { id, revision, position } of events) {
        if (revision !== known.revision + 1) continue
        known.ids.set(id.toLowerCase(), revision)
        known.revision = revision
        known.position = position
      }
      count += known.ids.size - before
      // Last used, last forgotten: a map keeps the order in which its keys came.
      streams.delete(stream)
      streams.set(stream, known)
      for (const [oldest, { ids }] of streams) {
        if ((count <= mostIds && streams.size <= mostIds) || oldest === stream) break
        streams.delete(oldest)
        count -= ids.size
      }
    },
  }
}

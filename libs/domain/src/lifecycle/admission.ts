import type { LifecycleEvent } from '@muster/contracts'

/*
 * Admission: may this event of the platform enter its stream?
 *
 * A repeat is recognised in the stream that it belongs to: the id of an event is derived from its CloudEvents source and id, so the same
 * message has the same id whoever brings it. Same id and same content is a repeat; same id and other content is refused, as is another
 * artifact for a version that has one: what was decided for a digest must never silently come to mean something else.
 */

export interface StreamMemory {
  /** Content (type and canonical data) by event id. */
  readonly contents: ReadonlyMap<string, string>
  readonly artifact?: string
}

export type Admission =
  | { readonly kind: 'record' }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'refuse'; readonly code: 'id-reused' | 'conflicting-digest'; readonly message: string; readonly path?: string }

export interface Candidate {
  readonly id: string
  /** Type and canonical data as one text. */
  readonly content: string
  readonly event: LifecycleEvent
}

export function admit(memory: StreamMemory, { id, content, event }: Candidate): Admission {
  const earlier = memory.contents.get(id)
  if (earlier !== undefined) {
    if (earlier === content) return { kind: 'repeat' }
    return { kind: 'refuse', code: 'id-reused', message: 'an event with this source and id was recorded with other content' }
  }
  if (event.type === 'version.registered' && memory.artifact !== undefined && memory.artifact !== event.artifact.digest) {
    const message = `the version is registered with the artifact ${memory.artifact}; another artifact needs another version`
    return { kind: 'refuse', code: 'conflicting-digest', message, path: '/data/artifact/digest' }
  }
  return { kind: 'record' }
}

export const remember = (memory: StreamMemory, { id, content, event }: Candidate): StreamMemory => ({
  ...memory,
  contents: new Map(memory.contents).set(id, content),
  ...(event.type === 'version.registered' && { artifact: event.artifact.digest }),
})

/** What stands in a stream. Without its event if this release does not know the type: id and content are enough to know it again. */
export type Remembered = Pick<Candidate, 'id' | 'content'> & { readonly event?: LifecycleEvent }

/** The memory of a whole stream, in one pass. */
export function recall(history: Iterable<Remembered>): StreamMemory {
  const contents = new Map<string, string>()
  let artifact: string | undefined
  for (const { id, content, event } of history) {
    contents.set(id, content)
    if (event?.type === 'version.registered') artifact = event.artifact.digest
  }
  return { contents, ...(artifact !== undefined && { artifact }) }
}

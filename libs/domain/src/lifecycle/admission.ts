import type { LifecycleEvent } from '@muster/contracts'

/*
 * Admission: may this event of the platform enter its stream?
 *
 * A repeat is recognised by its id, which is derived from its CloudEvents source and id, so the same message has the same id whoever brings
 * it. Same id and same content is a repeat; same id and other content is refused, as is another artifact for a version that has one: what
 * was decided for a digest must never silently come to mean something else.
 */

/** What is known of what stands already: looked up, since a stream may be long and is not held. */
export interface StreamMemory {
  /** Of the event with this id: where it belongs, its type and canonical data. */
  readonly contentOf: (id: string) => string | undefined
  /** Of a version that was registered. */
  readonly artifact?: string
}

export type Admission =
  | { readonly kind: 'record' }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'refuse'; readonly code: 'id-reused' | 'conflicting-digest'; readonly message: string; readonly path?: string }

export interface Candidate {
  readonly id: string
  /** Where it belongs, its type and canonical data as one text. */
  readonly content: string
  readonly event: LifecycleEvent
}

export function admit(memory: StreamMemory, { id, content, event }: Candidate): Admission {
  const earlier = memory.contentOf(id)
  if (earlier !== undefined) return earlier === content ? { kind: 'repeat' } : idReused
  if (event.type === 'version.registered' && memory.artifact !== undefined && memory.artifact !== event.artifact.digest) {
    const message = `the version is registered with the artifact ${memory.artifact}; another artifact needs another version`
    return { kind: 'refuse', code: 'conflicting-digest', message, path: '/data/artifact/digest' }
  }
  return { kind: 'record' }
}

export const idReused = {
  kind: 'refuse',
  code: 'id-reused',
  message: 'an event with this source and id was recorded with other content or under another subject',
} as const satisfies Admission

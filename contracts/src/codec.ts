import { canonicalJson } from './canonical.ts'
import { storedType } from './event.ts'
import { findDefinition, newestDefinition, upcasted, type AnyEvent } from './registry.ts'

/*
 * Between domain events (no version, newest shape) and what is stored (`<type>.v<N>` and canonical JSON text); an older version is upcast.
 * Strict write: what does not fit its own contract is a bug of ours and throws. Tolerant read: what was stored is believed.
 */

/** Nobody may skip an event that this release does not know: whoever meets one parks its key. */
export class UnknownEventType extends Error {
  constructor(readonly storedType: string) {
    super(`event type "${storedType}" is not known to this release`)
    this.name = 'UnknownEventType'
  }
}

/** @throws ZodError when the event does not fit its contract. */
export function encodeEvent(event: AnyEvent): { type: string; data: string } {
  const definition = newestDefinition(event.type)
  if (definition === undefined) throw new UnknownEventType(event.type)
  const { type: _, ...data } = event
  return { type: storedType(definition), data: canonicalJson(definition.data.parse(data)) }
}

/** @throws UnknownEventType */
export function decodeEvent(stored: { readonly type: string; readonly data: string }): AnyEvent {
  const definition = findDefinition(stored.type)
  if (definition === undefined) throw new UnknownEventType(stored.type)
  // Whatever stands in the log passed `encodeEvent` or intake when it was written: canonical JSON of an object, without a field `type`. Parsed with
  // its type in front, which is half the time of parsing it and copying it behind its type.
  const { data } = stored
  const event: object = JSON.parse(data === '{}' ? `{"type":"${definition.type}"}` : `{"type":"${definition.type}",${data.slice(1)}`)
  return upcasted(definition, event) as AnyEvent
}

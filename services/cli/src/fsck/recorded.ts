import { canonicalJson, decodeEvent, fromWireType, type AnyEvent, type LogEntry, type Recorded } from '@muster/contracts'

/** An entry of the log as deciders and folds see it. @throws UnknownEventType for one that this release does not know. */
export function recordedOf({ context, data, ...place }: LogEntry): Recorded<AnyEvent> {
  const { specversion: _, ...attributes } = context
  const type = fromWireType(context.type) ?? context.type
  return { ...place, context: attributes, event: decodeEvent({ type, data: canonicalJson(data) }) }
}

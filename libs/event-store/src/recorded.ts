import { decodeEvent, type AnyEvent } from '@muster/contracts'
import type { RecordedEvent } from './event-store.ts'

/** An event of the log with its content as domain code sees it: flat, in the newest version. Shared by all who read it: never change it. */
export interface Recorded<Event extends AnyEvent = AnyEvent> extends RecordedEvent {
  readonly event: Event
}

/*
 * Several subscriptions of one process read the same events at about the same time, and parsing is the most of what reading costs. So the
 * newest contents are kept, for the very same text only.
 */
const kept = new Map<string, { readonly type: string; readonly data: string; readonly event: AnyEvent }>()
const mostKept = 8 * 1024 * 1024
let size = 0

/** @throws UnknownEventType: nobody may skip it. */
export function decode(recorded: RecordedEvent): Recorded {
  const { id, type, data } = recorded
  const known = kept.get(id)
  if (known !== undefined && known.type === type && known.data === data) return { ...recorded, event: known.event }
  const event = decodeEvent(recorded)
  // Another text under the same id: it was erased, and the clear one is not kept.
  if (known !== undefined) forget(id, known)
  keep(id, { type, data, event })
  return { ...recorded, event }
}

function forget(id: string, { data }: { readonly data: string }): void {
  kept.delete(id)
  size -= data.length
}

function keep(id: string, entry: { readonly type: string; readonly data: string; readonly event: AnyEvent }): void {
  kept.set(id, entry)
  size += entry.data.length
  // Oldest first: a map keeps the order in which its keys came.
  for (const [oldest, { data }] of kept) {
    if (size <= mostKept) return
    kept.delete(oldest)
    size -= data.length
  }
}

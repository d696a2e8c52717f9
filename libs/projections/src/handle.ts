import { parseStream, UnknownEventType } from '@muster/contracts'
import { decode, type Recorded, type RecordedEvent } from '@muster/event-store'
import { isNonEmpty, type NonEmpty } from '@muster/kernel'
import { keyOf, type ParkedEvent } from './parked.ts'
import type { Sql } from './sql.ts'
import { StandStill } from './stand-still.ts'
import type { Subscription } from './subscription.ts'
import { isTransient } from './transient.ts'

/* How a batch is handled in an open transaction. Events of a key that is parked are not handled: they wait behind it. */

export interface Handled {
  /** To be parked, in order. */
  readonly waiting: readonly { readonly recorded: RecordedEvent; readonly reason?: string }[]
  /** The first of each key that failed just now. */
  readonly entered: readonly ParkedEvent[]
}

/** Throws what the handler throws. */
export async function handleTogether(
  subscription: Subscription,
  batch: NonEmpty<RecordedEvent>,
  parked: ReadonlySet<string>,
  tx: Sql,
): Promise<Handled> {
  const waiting = batch.filter(recorded => parked.has(keyOf(recorded)))
  const events = batch.filter(recorded => !parked.has(keyOf(recorded))).map(recorded => decodeFor(subscription, recorded))
  if (isNonEmpty(events)) await subscription.handle(events, tx)
  return { waiting: waiting.map(recorded => ({ recorded })), entered: [] }
}

/** One event after the other, in the order of the log, so that one that fails stops its own key only. Throws what passes by itself. */
export async function handleAlone(
  subscription: Subscription,
  batch: NonEmpty<RecordedEvent>,
  parked: ReadonlySet<string>,
  tx: Sql,
): Promise<Handled> {
  const waiting: { recorded: RecordedEvent; reason?: string }[] = []
  const entered = new Map<string, ParkedEvent>()
  for (const recorded of batch) {
    const key = keyOf(recorded)
    if (parked.has(key) || entered.has(key)) {
      waiting.push({ recorded })
      continue
    }
    const reason = await attempt(subscription, [recorded], tx)
    if (reason === undefined) continue
    const { position, stream, id, context } = recorded
    waiting.push({ recorded, reason })
    entered.set(key, { position, key, stream, eventId: id, correlation: context.correlationid, reason })
  }
  return { waiting, entered: [...entered.values()] }
}

/** Why the events cannot be processed, if they cannot; nothing that they did stands then. Throws what passes by itself. */
export async function attempt(subscription: Subscription, [head, ...rest]: NonEmpty<RecordedEvent>, tx: Sql): Promise<string | undefined> {
  try {
    const events = [decodeFor(subscription, head), ...rest.map(recorded => decodeFor(subscription, recorded))] as const
    await tx.transaction(async savepoint => await subscription.handle(events, savepoint))
    return undefined
  } catch (error) {
    if (isTransient(error)) throw error
    return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 2_000)
  }
}

function decodeFor({ essential = [] }: Subscription, recorded: RecordedEvent): Recorded {
  try {
    return decode(recorded)
  } catch (error) {
    if (!(error instanceof UnknownEventType) || !essential.includes(parseStream(recorded.stream).category)) throw error
    throw new StandStill(`${recorded.stream} cannot be read, and nothing can be handled without it`, error)
  }
}

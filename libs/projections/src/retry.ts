import { largestBatch, type EventStore, type RecordedEvent } from '@muster/event-store'
import { isNonEmpty, type NonEmpty } from '@muster/kernel'
import { attempt } from './handle.ts'
import { failedAgain, parkedOf, unpark, type ParkedEvent } from './parked.ts'
import { tellParking, type Telling } from './parking.ts'
import type { Sql } from './sql.ts'
import type { Subscription } from './subscription.ts'

/**
 * Handles what is parked of the key, in order, in an open transaction that holds the cursor. Whether nothing of it waits any longer: if an
 * event fails again, what came before it stands, and it waits with its new reason.
 */
export async function retryKey(deps: Telling, subscription: Subscription, key: string, tx: Sql): Promise<boolean> {
  const { name } = subscription
  let processed = 0
  let correlation = ''
  for (;;) {
    const rows = await parkedOf(tx, name, key, largestBatch)
    if (!isNonEmpty(rows)) break
    const events = await contentsOf(deps.store, rows)
    if ((await attempt(subscription, events, tx)) !== undefined) {
      for (const [index, recorded] of events.entries()) {
        const reason = await attempt(subscription, [recorded], tx)
        if (reason === undefined) {
          await unpark(tx, name, key, recorded.position)
          continue
        }
        await failedAgain(tx, name, rows[index] ?? rows[0], reason)
        return false
      }
    }
    const last = rows.at(-1) ?? rows[0]
    correlation ||= rows[0].correlation
    processed += rows.length
    await unpark(tx, name, key, last.position)
  }
  if (processed > 0) await tellParking(deps, name, key, correlation, { type: 'release-parking', events: processed })
  return true
}

/** The events of the rows, from the log. */
async function contentsOf(store: EventStore, rows: NonEmpty<ParkedEvent>): Promise<NonEmpty<RecordedEvent>> {
  const [first, ...rest] = [...new Set(rows.map(({ stream }) => stream))]
  const through = rows.at(-1)?.position ?? rows[0].position
  const recorded = new Map((await store.read([first ?? rows[0].stream, ...rest], { through })).map(event => [event.position, event]))
  const [head, ...others] = rows.map(({ position, stream }) => {
    const event = recorded.get(position)
    if (event === undefined) throw new Error(`the log has no event at position ${position} of ${stream}, and one is parked`)
    return event
  })
  return [head as RecordedEvent, ...others]
}

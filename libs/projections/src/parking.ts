import { parseStream, streamName, type ParkingEvent, type StreamName } from '@muster/contracts'
import { execute, type CommandContext, type EventStore, type Position } from '@muster/event-store'
import { record, unchanged, type Clock, type Decider } from '@muster/kernel'
import { createHash, randomUUID } from 'node:crypto'
import { waitingKeys } from './parked.ts'
import type { Sql } from './sql.ts'

/*
 * Parking, as the log tells it: a key of a subscription waits, or does not. Stream `parking-<subscription>/<key>`: entered, then released,
 * any number of times.
 *
 * Its events have a partition key of their own, and not the key that waits: who watches parking must hear of it even where that key waits
 * in its own subscription too.
 *
 * Which events wait stands in the table `muster.parked`; the table is the truth and the log follows it. Whoever leads a subscription first
 * enters every key that has rows and is not entered, so a kill between the row and the event is mended by the next holder.
 */

export type ParkingCommand =
  | { readonly type: 'enter-parking'; readonly position: Position; readonly event: string; readonly reason: string }
  | { readonly type: 'release-parking'; readonly events: number }

export const parking: Decider<ParkingCommand, 'empty' | 'waiting', ParkingEvent, never> = {
  category: 'parking',
  initial: 'empty',
  evolve: (_, event) => (event.type === 'parking.entered' ? 'waiting' : 'empty'),
  decide(command, state) {
    switch (command.type) {
      case 'enter-parking': {
        const { type: _, ...failed } = command
        return state === 'waiting' ? unchanged : record({ type: 'parking.entered', ...failed })
      }
      case 'release-parking':
        return state === 'empty' ? unchanged : record({ type: 'parking.released', events: command.events })
    }
  },
}

export interface Telling {
  readonly store: EventStore
  readonly now: Clock
}

export async function tellParking(
  { store, now }: Telling,
  subscription: string,
  key: string,
  correlation: string,
  command: ParkingCommand,
): Promise<void> {
  const stream = parkingStream(subscription, key)
  const context: CommandContext = {
    // The same event may fail, be released and fail again: that is another cause each time. That nothing is told twice is the decider's.
    cause: randomUUID(),
    correlation,
    actor: { kind: 'service', id: subscription },
    source: `/muster/subscriptions/${subscription}`,
    partitionkey: parseStream(stream).subject,
    at: now(),
  }
  await execute(store, parking, stream, command, context)
}

/** Tells the log that nothing of the subscription waits any more. The caller removes the rows in the same transaction. */
export async function tellReleased(deps: Telling, tx: Sql, subscription: string): Promise<void> {
  for (const { key, events, correlation } of await waitingKeys(tx, subscription))
    await tellParking(deps, subscription, key, correlation, { type: 'release-parking', events })
}

/** A key that is too long for a name is named by its digest. */
export function parkingStream(subscription: string, key: string): StreamName {
  try {
    return streamName('parking', subscription, key)
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof URIError)) throw error
    return streamName('parking', subscription, `sha256:${createHash('sha256').update(key).digest('hex')}`)
  }
}

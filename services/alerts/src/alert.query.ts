import { streamName, type AlertEvent, type AlertView } from '@muster/contracts'
import { decode, type EventStore, type Recorded } from '@muster/event-store'
import { evolveView } from './alert.view.ts'

/** From its own stream: as good as the log, whatever the read models have seen. */
export async function readAlert(store: EventStore, id: string): Promise<AlertView | undefined> {
  const history = (await store.read([streamName('alert', id)])).map(event => decode(event) as Recorded<AlertEvent>)
  return history.reduce<AlertView | undefined>(evolveView, undefined)
}

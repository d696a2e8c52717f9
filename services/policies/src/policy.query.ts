import { streamName, type PolicyEvent, type PolicyView } from '@muster/contracts'
import { policy, type PolicyState } from '@muster/domain'
import { decode, type Cursor, type EventStore, type Recorded } from '@muster/event-store'
import { evolveView } from './policy.view.ts'

/** From its own stream: as good as the log, whatever the read models have seen. */
export async function readPolicy(store: EventStore, id: string): Promise<PolicyView | undefined> {
  const history = (await store.read([streamName('policy', id)])).map(event => decode(event) as Recorded<PolicyEvent>)
  return history.reduce<PolicyView | undefined>(evolveView, undefined)
}

const page = 1_000

/** Every policy that was ever published, by id. */
export async function readCatalogue(store: EventStore): Promise<ReadonlyMap<string, PolicyState>> {
  const catalogue = new Map<string, PolicyState>()
  let after: Cursor | 'start' = 'start'
  for (;;) {
    const events = await store.readLog(after, { categories: ['policy'] }, page)
    for (const recorded of events) {
      const id = decodeURIComponent(recorded.context.subject)
      catalogue.set(id, policy.evolve(catalogue.get(id) ?? policy.initial, decode(recorded).event as PolicyEvent))
    }
    const last = events.at(-1)
    if (last === undefined || events.length < page) return catalogue
    after = last.cursor
  }
}

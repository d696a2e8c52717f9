import type { AnyEvent, PolicyEvent, Recorded } from '@muster/contracts'
import { emptyCatalogue, foldCatalogue, type Catalogue } from '@muster/domain'
import { decode, type Cursor, type EventStore, type Position } from '@muster/event-store'

const page = 1_000
const policies = { categories: ['policy'] } as const

const isPolicyEvent = (recorded: Recorded<AnyEvent>): recorded is Recorded<PolicyEvent> =>
  recorded.event.type === 'policy.published' || recorded.event.type === 'policy.retired'

/** The catalogue as of one position: read from the log once, then kept current by the batches that go by. */
export class CatalogueReader {
  private catalogue: Catalogue = emptyCatalogue
  private position: Position = 0

  constructor(private readonly store: EventStore) {}

  /** The catalogue at the position, which MUST NOT lie before one asked for earlier. */
  async at(through: Position): Promise<Catalogue> {
    let after: Cursor | 'start' = this.position === 0 ? 'start' : this.store.cursorAt(this.position)
    for (;;) {
      const events = await this.store.readLog(after, policies, page)
      for (const recorded of events) {
        if (recorded.position > through) return this.stand(through)
        const event = decode(recorded)
        if (isPolicyEvent(event)) this.catalogue = foldCatalogue(this.catalogue, event)
        this.position = recorded.position
      }
      const last = events.at(-1)
      if (last === undefined || events.length < page) return this.stand(through)
      after = last.cursor
    }
  }

  private stand(through: Position): Catalogue {
    this.position = Math.max(this.position, through)
    return this.catalogue
  }
}

export { isPolicyEvent }

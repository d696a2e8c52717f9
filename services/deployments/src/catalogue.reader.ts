import { UnknownEventType, type AnyEvent, type PolicyEvent, type Recorded } from '@muster/contracts'
import { emptyCatalogue, foldCatalogue, type Catalogue } from '@muster/domain'
import { decode, type Cursor, type EventStore, type Position, type RecordedEvent } from '@muster/event-store'
import { StandStill } from '@muster/projections'

const page = 1_000
const policies = { categories: ['policy'] } as const

/**
 * The catalogue as of one position: read from the log once, then on from where it stands. Callers wait for each other.
 *
 * A catalogue of which something cannot be read is no catalogue: nothing is decided by the rest of it.
 */
export class CatalogueReader {
  private catalogue: Catalogue = emptyCatalogue
  private position: Position = 0
  private turn: Promise<unknown> = Promise.resolve()

  constructor(private readonly store: EventStore) {}

  /** The catalogue at the position, or at a later one that was asked for before. @throws StandStill when this release does not know an event of it. */
  at(through: Position): Promise<Catalogue> {
    const mine = this.turn.then(() => this.advance(through))
    this.turn = mine.catch(() => undefined)
    return mine
  }

  private async advance(through: Position): Promise<Catalogue> {
    for (let after: Cursor | 'start' = this.position === 0 ? 'start' : this.store.cursorAt(this.position); this.position < through;) {
      const events = await this.store.readLog(after, policies, page)
      for (const recorded of events) {
        if (recorded.position > through) return this.stand(through)
        this.catalogue = foldCatalogue(this.catalogue, eventOf(recorded))
        this.position = recorded.position
      }
      const last = events.at(-1)
      if (last === undefined) return this.stand(through)
      after = last.cursor
    }
    return this.catalogue
  }

  private stand(through: Position): Catalogue {
    this.position = through
    return this.catalogue
  }
}

function eventOf(recorded: RecordedEvent): Recorded<PolicyEvent> {
  try {
    // Whatever is in a stream of policies is an event of policies.
    return decode(recorded) as Recorded<AnyEvent> as Recorded<PolicyEvent>
  } catch (error) {
    if (error instanceof UnknownEventType) throw new StandStill(`the catalogue cannot be read: ${recorded.stream}`, error)
    throw error
  }
}

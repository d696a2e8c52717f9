import {
  eventDefinitions,
  personalFieldsOf,
  storedType,
  streamName,
  visitPersonalTexts,
  type Category,
  type Erasure,
  type ErasureReport,
  type EventDefinition,
  type PersonEvent,
} from '@muster/contracts'
import { decode, keyIdOf, type EventStore, type KeyVault, type Recorded, type RecordedEvent } from '@muster/event-store'

/*
 * What stands of one person's words. It reads the log as it is stored, from its start, but only streams that can hold such text: an erasure is
 * rare, and a table of who wrote where would be one more thing to erase.
 */

export interface ReportParts {
  readonly store: EventStore
  readonly raw: EventStore
  readonly vault: KeyVault
}

const page = 1_000

export async function reportOn(person: string, { store, raw, vault }: ReportParts): Promise<ErasureReport> {
  const living = new Set(await vault.keysOf(person))
  const erasures = (await store.read([streamName('person', person)])).map(event => toErasure(decode(event) as Recorded<PersonEvent>))
  const counts = { readable: 0, erased: 0, inClear: 0 }
  const events: Record<string, number> = {}
  for await (const event of eventsWithText(raw)) {
    visitPersonalTexts(event, JSON.parse(event.data), ({ personal, of }) => {
      if (of !== person) return
      const key = keyIdOf(personal)
      counts[(key === undefined ? erasures.length === 0 : living.has(key)) ? 'readable' : 'erased'] += 1
      if (key === undefined) counts.inClear += 1
      events[event.type] = (events[event.type] ?? 0) + 1
    })
  }
  return { person, ...counts, events, erasures, outOfReach: outOfReach(counts.inClear) }
}

/** Newest first. */
export async function listErasures(store: EventStore): Promise<readonly Erasure[]> {
  const erasures: Erasure[] = []
  let cursor: string | undefined
  do {
    const batch = await store.readLog(cursor ?? 'start', { categories: ['person'] }, page)
    for (const event of batch) erasures.push(toErasure(decode(event) as Recorded<PersonEvent>))
    cursor = batch.length < page ? undefined : batch.at(-1)?.cursor
  } while (cursor !== undefined)
  return erasures.toReversed()
}

const toErasure = ({ event: { person, keys, reason }, context, recordedtime: at, position }: Recorded<PersonEvent>): Erasure => ({
  person,
  at,
  ...(context.authid !== undefined && { by: context.authid }),
  keys: keys.length,
  ...(reason !== undefined && { reason: reason.personal }),
  position,
})

const definitions: readonly EventDefinition[] = eventDefinitions
const withText = definitions.filter(definition => personalFieldsOf(storedType(definition)).length > 0)
const categories: readonly Category[] = [...new Set(withText.map(({ category }) => category))]

async function* eventsWithText(raw: EventStore): AsyncGenerator<RecordedEvent> {
  let cursor: string | undefined
  do {
    const batch = await raw.readLog(cursor ?? 'start', { categories }, page)
    for (const event of batch) if (personalFieldsOf(event.type).length > 0) yield event
    cursor = batch.length < page ? undefined : batch.at(-1)?.cursor
  } while (cursor !== undefined)
}

const outOfReach = (inClear: number): string[] => [
  ...(inClear > 0
    ? [
        `${inClear} of these texts were recorded before text was encrypted: they are shown to nobody, and the log, which never changes, keeps them.`,
      ]
    : []),
  'What was sent to people (chat, mail, pages, webhooks) and what clients have fetched: it is theirs.',
  'Kafka topics: they keep what was sent until their retention has passed.',
  'Backups, replicas and the WAL of the database from before: they hold wrapped keys, and lists in clear, until they expire. After restoring one, start Muster, and erase anew who was erased since.',
]

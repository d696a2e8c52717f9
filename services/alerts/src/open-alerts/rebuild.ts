import { findDefinition, type AlertEvent } from '@muster/contracts'
import { decode, type Cursor, type EventStore, type Recorded } from '@muster/event-store'
import type { Sql } from '@muster/projections'
import { saveOpenAlerts, standsEmptyBehind, type OpenAlert } from './rows.ts'

/*
 * Builds the table again from the alerts themselves, when it is empty though the subscription has come some way: it may have been lost, and
 * then nothing would end what stands open.
 *
 * The alerts may be ahead of the cursor, by a step whose transaction was not committed. That does no harm: the step comes again, raises
 * nothing that is open, and ends what it ended before, which changes nothing.
 */

/** How many it found, or undefined when there was nothing to build. */
export async function rebuildIfLost(store: EventStore, sql: Sql): Promise<number | undefined> {
  return await sql.transaction(async tx => {
    if (!(await standsEmptyBehind(tx, 'alerts'))) return undefined
    const open = await openIn(store)
    for (let from = 0; from < open.length; from += 1_000) await saveOpenAlerts(tx, open.slice(from, from + 1_000), [])
    return open.length
  })
}

async function openIn(store: EventStore): Promise<OpenAlert[]> {
  const open = new Map<string, OpenAlert>()
  for await (const { event, context } of alertsOf(store)) {
    const id = context.subject
    switch (event.type) {
      case 'alert.raised': {
        const { kind, subject, policy } = event
        // Only a rule that warns ends its alert by name, and its alert names it.
        open.set(id, { id, kind, subject, ...(policy?.rule !== undefined && { rule: `${policy.id}/${policy.rule}` }) })
        break
      }
      case 'alert.resolved':
        open.delete(id)
    }
  }
  return [...open.values()]
}

const page = 1_000

/** What a newer release wrote is passed over: an alert that seems open is ended by what ends it, once more. */
async function* alertsOf(store: EventStore): AsyncGenerator<Recorded<AlertEvent>> {
  let after: Cursor | 'start' = 'start'
  for (;;) {
    const events = await store.readLog(after, { categories: ['alert'] }, page)
    // Streams of alerts hold the events of alerts and no others.
    for (const recorded of events) if (findDefinition(recorded.type) !== undefined) yield decode(recorded) as Recorded<AlertEvent>
    const last = events.at(-1)
    if (last === undefined || events.length < page) return
    after = last.cursor
  }
}

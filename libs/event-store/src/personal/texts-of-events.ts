import { personalFieldsOf, visitPersonalTexts } from '@muster/contracts'
import type { NonEmpty } from '@muster/kernel'
import type { NewEvent, RecordedEvent, Write } from '../event-store.ts'

/* Personal texts in what is written and in what was read. */

/** Whose texts the writes have. */
export function peopleIn(writes: readonly Write[]): string[] {
  const people = new Set<string>()
  for (const { events } of writes)
    for (const event of events)
      if (personalFieldsOf(event.type).length > 0) visitPersonalTexts(event, JSON.parse(event.data), ({ of }) => people.add(of))
  return [...people]
}

/** By the place of the field. */
export function textsOf(event: RecordedEvent | undefined): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  if (event !== undefined) visitPersonalTexts(event, JSON.parse(event.data), ({ personal }, at) => texts.set(at, personal))
  return texts
}

export function mapWrites([first, ...rest]: NonEmpty<Write>, change: (event: NewEvent) => NewEvent): NonEmpty<Write> {
  const changed = (write: Write): Write => {
    const [one, ...others] = write.events
    return { ...write, events: [change(one), ...others.map(change)] }
  }
  return [changed(first), ...rest.map(changed)]
}

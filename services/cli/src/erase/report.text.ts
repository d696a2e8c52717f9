import type { Erasure, ErasureReport } from '@muster/contracts'
import { bullets, count, fields, instant, sections, table } from '../text.ts'

/** What stands of a person's words, before an erasure or after it. */
export function reportText(
  { person, readable, erased, inClear, events, erasures, outOfReach }: ErasureReport,
  when: 'before' | 'after',
): string {
  return sections(
    when === 'after' ? `What ${person} wrote is erased: the keys are destroyed.` : undefined,
    fields({
      person,
      readable: count(readable, 'text'),
      erased: count(erased, 'text'),
      'in clear in the log': inClear === 0 ? undefined : count(inClear, 'text'),
      in: Object.entries(events)
        .map(([type, texts]) => `${type} (${texts})`)
        .join(', '),
    }),
    erasures.length === 0 ? undefined : erasureTable(erasures),
    `${when === 'after' ? 'Not reached' : 'Out of reach'}:\n${bullets(outOfReach)}`,
  )
}

export const erasureTable = (items: readonly Erasure[]): string =>
  table(
    ['person', 'erased', 'by', 'keys', 'why'],
    items.map(({ person, at, by, keys, reason }) => [person, instant(at), by ?? '-', String(keys), reason ?? '-']),
  )

import { parseStream } from '@muster/contracts'
import type { Filter, RecordedEvent } from './event-store.ts'

export const matches = ({ stream, type }: RecordedEvent, { categories, except = [] }: Filter): boolean =>
  (categories === undefined || categories.includes(parseStream(stream).category)) && !except.includes(type.replace(/\.v\d+$/, ''))

/** What matches one of them matches this; it may match more. */
export function union(filters: readonly Filter[]): Filter {
  const [first, ...others] = filters.map(({ except = [] }) => except)
  const except = first?.filter(type => others.every(other => other.includes(type))) ?? []
  if (filters.some(({ categories }) => categories === undefined)) return { except }
  return { categories: [...new Set(filters.flatMap(({ categories = [] }) => categories))].toSorted(), except }
}

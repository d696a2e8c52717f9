import type { Filter, Position } from '@muster/event-store'

/*
 * Between which positions nothing of a filter is. A cursor stands at the last event of its filter, which may be far behind, and to find that
 * nothing follows the server looks at all that does: again and again, were it not remembered. What is true of the past stays true.
 */

export interface Quiet {
  /** This position exists: so whatever is at or below is there for every read that begins from now on. */
  saw(position: Position): void
  horizon(): Position
  /** From where to read so as to find what comes after the position. */
  skip(filter: Filter, after: Position): Position
  note(filter: Filter, stretch: { readonly from: Position; readonly through: Position }): void
}

const mostFilters = 100

export function makeQuiet(): Quiet {
  const known = new Map<string, { readonly from: Position; readonly through: Position }>()
  let horizon: Position = 0
  const keyOf = ({ categories, except }: Filter): string => JSON.stringify([categories, except])

  return {
    saw(position) {
      horizon = Math.max(horizon, position)
    },
    horizon: () => horizon,
    skip(filter, after) {
      const stretch = known.get(keyOf(filter))
      return stretch !== undefined && stretch.from <= after && after < stretch.through ? stretch.through : after
    },
    note(filter, { from, through }) {
      if (through <= from) return
      const key = keyOf(filter)
      const before = known.get(key)
      const grows = before !== undefined && before.from <= from && from <= before.through
      known.delete(key)
      known.set(key, { from: grows ? before.from : from, through })
      const [oldest] = known.keys()
      if (known.size > mostFilters && oldest !== undefined) known.delete(oldest)
    },
  }
}

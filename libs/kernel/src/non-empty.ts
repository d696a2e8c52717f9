export type NonEmpty<T> = readonly [T, ...T[]]
export const isNonEmpty = <T>(items: readonly T[]): items is NonEmpty<T> => items.length > 0

/** Items in the order of their first key, each key's items in their own order. */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, [T, ...T[]]> {
  const groups = new Map<K, [T, ...T[]]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

import type { PolicyState } from '@muster/domain'
import type { PolicySource } from '@muster/policy'

/** Ids of policies in force that none of the sources has. */
export function withoutSource(catalogue: ReadonlyMap<string, PolicyState>, sources: readonly PolicySource[]): readonly string[] {
  const ids = new Set(sources.map(({ document }) => document.id))
  return [...catalogue].filter(([id, { newest, retired }]) => newest !== undefined && !retired && !ids.has(id)).map(([id]) => id)
}

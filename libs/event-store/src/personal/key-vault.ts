import type { PersonKey } from './cipher.ts'
import { randomBytes, randomUUID } from 'node:crypto'

/**
 * The keys of people's texts. Adapters: memory (for tests), PostgreSQL; each passes `testing/vault-contract`.
 *
 * A person has at most one key that is written with, at any time and whoever asks at once. A key that was destroyed MUST never be given
 * again, also not when the vault never had it: after a restore of a backup an erasure comes before its keys.
 */
export interface KeyVault {
  /** The key that each person's text is written with; made where there is none. */
  current(people: readonly string[]): Promise<ReadonlyMap<string, PersonKey>>
  /** Keys to read with, by id. One that the vault never had is missing. */
  find(ids: readonly string[]): Promise<ReadonlyMap<string, PersonKey | 'destroyed'>>
  /** Ids of the keys of a person that are not destroyed. */
  keysOf(person: string): Promise<readonly string[]>
  /** For good. Those that are destroyed already change nothing. */
  destroy(person: string, ids: readonly string[]): Promise<void>
}

/** The reference, in the fewest words. It forgets when the process ends. */
export function memoryKeyVault(): KeyVault {
  const keys = new Map<string, { readonly person: string; key: PersonKey | 'destroyed' }>()
  const currentOf = (person: string): PersonKey | undefined => {
    for (const entry of keys.values()) if (entry.person === person && entry.key !== 'destroyed') return entry.key
    return undefined
  }

  return {
    async current(people) {
      return new Map(
        people.map(person => {
          const key = currentOf(person) ?? { id: randomUUID(), bytes: randomBytes(32) }
          keys.set(key.id, { person, key })
          return [person, key]
        }),
      )
    },

    async find(ids) {
      return new Map(
        ids.flatMap(id => {
          const entry = keys.get(id)
          return entry === undefined ? [] : [[id, entry.key] as const]
        }),
      )
    },

    async keysOf(person) {
      const key = currentOf(person)
      return key === undefined ? [] : [key.id]
    },

    async destroy(person, ids) {
      for (const id of ids) keys.set(id, { person, key: 'destroyed' })
    },
  }
}

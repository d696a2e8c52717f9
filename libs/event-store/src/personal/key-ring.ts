import type { PersonKey } from './cipher.ts'
import type { KeyVault } from './key-vault.ts'

/*
 * The keys that this process has in hand, before a vault: each is fetched once, many in one query.
 *
 * What was heard to be destroyed is dropped at once and for good, also when it is in a fetch that was under way by then: nothing that a vault
 * still answers brings it back.
 */

export interface KeyRing {
  current(people: readonly string[]): Promise<ReadonlyMap<string, PersonKey>>
  find(ids: readonly string[]): Promise<ReadonlyMap<string, PersonKey | 'destroyed'>>
  /** Without the vault: it is told by whoever destroys. */
  drop(ids: readonly string[]): void
}

/** Before the ring is emptied and fetched anew, so that it does not grow with everybody who ever wrote. */
const mostKept = 10_000

export function keyRing(vault: KeyVault): KeyRing {
  const byId = new Map<string, PersonKey | 'destroyed'>()
  const byPerson = new Map<string, PersonKey>()
  const dropped = new Set<string>()
  const standing = (id: string, key: PersonKey | 'destroyed'): PersonKey | 'destroyed' => (dropped.has(id) ? 'destroyed' : key)

  return {
    async current(people) {
      if (byPerson.size > mostKept) byPerson.clear()
      const missing = people.filter(person => !byPerson.has(person))
      if (missing.length > 0) {
        for (const [person, key] of await vault.current(missing)) if (!dropped.has(key.id)) byPerson.set(person, key)
      }
      // One that was destroyed while it was fetched: the vault makes the next one.
      const late = people.filter(person => !byPerson.has(person))
      const again = late.length > 0 ? await vault.current(late) : new Map<string, PersonKey>()
      return new Map([...again, ...people.flatMap(person => entry(person, byPerson.get(person)))])
    },

    async find(ids) {
      if (byId.size > mostKept) byId.clear()
      const missing = ids.filter(id => !byId.has(id))
      if (missing.length > 0) {
        for (const [id, key] of await vault.find(missing)) byId.set(id, standing(id, key))
      }
      return new Map(ids.flatMap(id => entry(id, byId.get(id))))
    },

    drop(ids) {
      for (const id of ids) {
        dropped.add(id)
        byId.set(id, 'destroyed')
      }
      for (const [person, { id }] of byPerson) if (dropped.has(id)) byPerson.delete(person)
    },
  }
}

const entry = <T>(name: string, value: T | undefined): [string, T][] => (value === undefined ? [] : [[name, value]])

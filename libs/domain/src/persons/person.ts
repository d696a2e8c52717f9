import type { Personal, PersonEvent } from '@muster/contracts'
import { record, unchanged, type Decider, type Decision } from '@muster/kernel'

/*
 * Person: what became of the texts of one person.
 * Stream `person-<person>`: erased, any number of times: a person who writes again has another key, and that can be destroyed too.
 *
 * The event names the keys, and comes before they are destroyed. So whoever reads the log knows which keys must not exist: a process that
 * died in between, another process, a key that a backup brought back. Destroying one twice changes nothing.
 */

export type ErasePerson = { type: 'erase-person'; person: string; keys: readonly string[]; reason?: Personal }

/** Undefined where nothing was erased yet. */
export type PersonState = { readonly destroyed: ReadonlySet<string> } | undefined

export const person: Decider<ErasePerson, PersonState, PersonEvent, never> = {
  category: 'person',
  initial: undefined,

  decide({ person: id, keys, reason }, state): Decision<PersonEvent, never> {
    const left = keys.filter(key => state?.destroyed.has(key) !== true)
    // Somebody without a key may still have texts of a time before there were keys: that they are to be shown to nobody is recorded once.
    if (state !== undefined && left.length === 0) return unchanged
    return record({ type: 'person.erased', person: id, keys: left, ...(reason !== undefined && { reason }) })
  },

  evolve: (state, { keys }) => ({ destroyed: new Set([...(state?.destroyed ?? []), ...keys]) }),
}

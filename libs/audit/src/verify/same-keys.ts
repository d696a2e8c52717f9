import { sameBytes, writeKey, type LogKey } from '@muster/ledger'

/** Why the keys that a bundle claims are not among those that the auditor trusts, for no other sizes than those. */
export function sameLogKeys(trusted: readonly LogKey[], claimed: readonly LogKey[]): string | undefined {
  for (const { key, from, through } of claimed) {
    const known = trusted.find(one => sameBytes(one.key.publicKey, key.publicKey) && one.key.name === key.name)
    if (known === undefined) return `the key ${writeKey(key)} is said to speak for the log, and is not among those that are trusted`
    const within = from >= known.from && (known.through === undefined || (through !== undefined && through <= known.through))
    if (!within) return `the key ${writeKey(key)} is said to be in force for other sizes of the log than those that are trusted`
  }
  return undefined
}

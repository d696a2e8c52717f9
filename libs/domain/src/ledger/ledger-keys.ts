import type { LedgerEvent } from '@muster/contracts'
import { record, reject, unchanged, type Decider, type Decision } from '@muster/kernel'

/*
 * The keys that speak for a ledger. Stream `ledger-<origin>`: added and retired, each once.
 *
 * The command says which keys there are to sign with now; the decider records the difference. A key that was retired never comes back: whoever
 * has kept it could sign what nobody else may.
 */

export type AnnounceKeys = {
  readonly type: 'announce-keys'
  /** All that are in force from now on, as signed notes write them. */
  readonly keys: readonly string[]
  /** Of the largest tree that was signed. */
  readonly size: number
}
export interface KeyRange {
  readonly key: string
  readonly from: number
  readonly through?: number
}
/** In the order in which they were added. */
export type LedgerKeysState = readonly KeyRange[]
export type LedgerKeysRejection = { readonly reason: 'key-retired'; readonly message: string }

export const ledgerKeys: Decider<AnnounceKeys, LedgerKeysState, LedgerEvent, LedgerKeysRejection> = {
  category: 'ledger',
  initial: [],

  decide({ keys, size }, ranges): Decision<LedgerEvent, LedgerKeysRejection> {
    const back = ranges.find(({ key, through }) => through !== undefined && keys.includes(key))
    if (back !== undefined)
      return reject({ reason: 'key-retired', message: `the key ${back.key} was retired at ${back.through} leaves, and never signs again` })
    const known = ranges.map(({ key }) => key)
    const [first, ...rest]: LedgerEvent[] = [
      ...[...new Set(keys)]
        .filter(key => !known.includes(key))
        .map((key): LedgerEvent => ({ type: 'ledger.key-added', key, from: ranges.length === 0 ? 0 : size })),
      ...ranges
        .filter(({ key, through }) => through === undefined && !keys.includes(key))
        .map(({ key, from }): LedgerEvent => ({ type: 'ledger.key-retired', key, through: Math.max(from, size) })),
    ]
    return first === undefined ? unchanged : record(first, ...rest)
  },

  evolve(ranges, event) {
    switch (event.type) {
      case 'ledger.key-added':
        return [...ranges, { key: event.key, from: event.from }]
      case 'ledger.key-retired':
        return ranges.map(range => (range.key === event.key ? { ...range, through: event.through } : range))
    }
  },
}

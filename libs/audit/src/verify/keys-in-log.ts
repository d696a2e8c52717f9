import type { LedgerEvent } from '@muster/contracts'
import { ledgerKeys, type KeyRange } from '@muster/domain'
import { contentOf, writeKey, type EventLine, type LogKey } from '@muster/ledger'

/*
 * Keys of the ledger are events of the log that it seals: whoever exchanges a key in the file beside it has to write history anew for that. What
 * the bundle says of its keys must be what the log says of them.
 */

export interface KeysInLog {
  see(line: EventLine): void
  /** Behind the last leaf of a tree of this size. */
  end(claimed: readonly LogKey[], size: number): { readonly differs: readonly string[]; readonly unnamed: readonly string[] }
}

export function keysInLog(origin: string): KeysInLog {
  let named: readonly KeyRange[] = ledgerKeys.initial
  return {
    see(line) {
      const { stream, type } = line.event
      if (!stream.startsWith('ledger-')) return
      const event = { ...contentOf(line), type: type.replace(/\.v\d+$/, '') } as LedgerEvent
      // Another ledger of the same log, such as before its name was changed, is none of this one.
      if (typeof event.key === 'string' && event.key.startsWith(`${origin}+`)) named = ledgerKeys.evolve(named, event)
    },
    end(claimed, size) {
      const known = claimed.map(one => ({ ...one, text: writeKey(one.key) }))
      const until = (through: number | undefined): number | undefined => (through === undefined || through >= size ? undefined : through)
      const differs = named.flatMap(({ key, from, through }) => {
        const here = known.find(({ text }) => text === key)
        if (here === undefined)
          return from < size ? [`the log says that ${key} speaks for it from ${from} leaves on, and the bundle does not name it`] : []
        if (here.from === from && until(here.through) === until(through)) return []
        return [
          `the bundle says that ${key} is in force for other sizes than the log says: from ${from}${through === undefined ? '' : ` through ${through}`}`,
        ]
      })
      const unnamed = known.filter(({ text }) => named.length > 0 && !named.some(({ key }) => key === text)).map(({ text }) => text)
      return { differs, unnamed }
    },
  }
}

import type { Page } from '@muster/contracts'
import type { LedgerSource } from '@muster/audit'
import { isNonEmpty } from '@muster/kernel'
import {
  blocksOf,
  hashLength,
  nodesOf,
  openTile,
  readKey,
  tilePath,
  tilesFor,
  treeHasher,
  type Hash,
  type LogKey,
  type OpenTile,
} from '@muster/ledger'
import type { Client } from '../client.ts'
import { exit } from '../exit.ts'
import { Failure } from '../failure.ts'
import { sha256 } from '@muster/ledger-crypto'

/*
 * The ledger of a running server. Nothing that comes from there is believed: a server that answers wrongly makes a bundle that does not verify.
 */

/** How many events one answer has at most. */
const page = 1_000

const hasher = treeHasher(sha256)

export function httpLedger(client: Client): LedgerSource {
  return {
    async *checkpoints() {
      for (let after = 0; ;) {
        const { body } = await client.get<Page<{ readonly size: number; readonly note: string }>>('/v1/ledger/checkpoints', {
          after,
          limit: 500,
        })
        for (const { note } of body.items) yield note
        const last = body.items.at(-1)
        if (last === undefined) return
        after = last.size
      }
    },
    async keys() {
      const { body } = await client.get<Page<{ readonly key: string; readonly from: number; readonly through?: number }>>('/v1/ledger/keys')
      const keys = body.items.map(({ key, from, through }): LogKey => {
        const read = readKey(sha256, key)
        if (!read.ok) throw new Failure(`${client.url} names a key that cannot be read: ${read.message}`, exit.no)
        return { key: read.value, from, ...(through !== undefined && { through }) }
      })
      if (!isNonEmpty(keys)) throw new Failure(`${client.url} names no key of its ledger`, exit.no)
      return keys
    },
    async *lines({ begin, end }) {
      for (let from = begin; from < end;) {
        const to = Math.min(end, from + page)
        const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
          await client.bytes('/v1/ledger/events', { from, to }),
        )
        const lines = text.split('\n').filter(line => line !== '')
        if (lines.length === 0 || lines.length > to - from)
          throw new Failure(`${client.url} gave ${lines.length} events from leaf ${from} to ${to}`, exit.no)
        yield* lines
        from += lines.length
      }
    },
    async range(span, size) {
      const open = new Map<string, OpenTile>()
      for (const place of tilesFor([span], size)) {
        const hashes = await client.bytes(`/v1/ledger/${tilePath(place)}`)
        if (hashes.length !== place.width * hashLength)
          throw new Failure(`${client.url} gave ${hashes.length} bytes as ${tilePath(place)}`, exit.no)
        open.set(`${place.level}/${place.index}`, openTile(hasher, { ...place, hashes }))
      }
      const node = nodesOf((level, index) => open.get(`${level}/${index}`))
      const hashes = blocksOf(span).map((block): Hash => {
        const hash = node(block)
        if (hash === undefined) throw new Failure(`${client.url} lacks a tile of level ${block.level}`, exit.no)
        return hash
      })
      return { ...span, hashes }
    },
  }
}

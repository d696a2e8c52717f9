import type { EventStore, RecordedEvent } from '@muster/event-store'
import type { Sha256 } from '@muster/kernel'
import {
  edgeOf,
  growTiles,
  leafOf,
  leafText,
  noEdge,
  partialTiles,
  rootOf,
  sameBytes,
  type CommittedLeaf,
  type Edge,
  type TreeHasher,
} from '@muster/ledger'
import type { Database, Sql } from '@muster/projections'
import { lockHead, readHead, readTiles, saveTiles, type Head } from './tile-rows.ts'

/*
 * The sequencer: reads the log in its order, as it is stored, and makes of each event the next leaf. Leaves, tiles and head of a batch are one
 * transaction upon the locked row of the head, so that two sequencers, or one that was killed, seal nothing twice and leave nothing out.
 *
 * What is kept in memory is the right edge of the tree; when the table stands elsewhere, it is read again from the tiles and compared with the
 * root that was written.
 */

/** The log, or what was sealed of it, is not what it must be. Nothing is sealed until somebody has looked. */
export class SealingStopped extends Error {
  override readonly name = 'SealingStopped'
}

export interface Sealing {
  /** Seals the next events, at most 1,000. How many. @throws SealingStopped */
  sealBatch(): Promise<number>
}

const largestBatch = 1_000

export function sealing(
  raw: EventStore,
  database: Database,
  { hasher, sha256, clock }: { readonly hasher: TreeHasher; readonly sha256: Sha256; readonly clock: () => string },
): Sealing {
  let edge = noEdge

  return { sealBatch }

  async function sealBatch(): Promise<number> {
    const behind = (await readHead(database))?.position ?? 0
    const events = await raw.readLog(behind === 0 ? 'start' : raw.cursorAt(behind), {}, largestBatch)
    if (events.length === 0) return 0
    const grown = await database.transaction(async tx => {
      const head = await lockHead(tx)
      // Another sequencer was here between the read and the lock.
      if ((head?.position ?? 0) !== behind) return undefined
      return await append(tx, head, await edgeAt(tx, head), events)
    })
    if (grown === undefined) return 0
    edge = grown
    return events.length
  }

  async function edgeAt(tx: Sql, head: Head | undefined): Promise<Edge> {
    if (head === undefined) return noEdge
    if (edge.range.end !== head.size || !sameBytes(rootOf(hasher, edge.range), head.root)) {
      const found = edgeOf(hasher, head.size, await readTiles(tx, partialTiles(head.size)))
      if (!found.ok) throw new SealingStopped(`the tiles of the ledger are not whole: ${found.message}`)
      if (!sameBytes(rootOf(hasher, found.value.range), head.root))
        throw new SealingStopped(
          `the tiles of the ledger do not have the root that was sealed at ${head.size} leaves: somebody changed them`,
        )
      edge = found.value
    }
    return edge
  }

  async function append(tx: Sql, head: Head | undefined, from: Edge, events: readonly RecordedEvent[]): Promise<Edge> {
    const first = head?.size ?? 0
    const leaves = events.map((event, place): CommittedLeaf => {
      const leaf = leafOf(sha256, event, first + place)
      if (!leaf.ok) throw new SealingStopped(`an event of the log cannot be sealed, and was not written by Muster: ${leaf.message}`)
      return leaf.value
    })
    const grown = growTiles(
      hasher,
      from,
      leaves.map(({ bytes }) => hasher.leaf(bytes)),
    )
    await tx.query(
      `insert into ledger.leaves (index, stream, revision, position, leaf)
       select * from unnest($1::bigint[], $2::text[], $3::int[], $4::bigint[], $5::text[])`,
      [
        leaves.map(({ leaf }) => leaf.index),
        leaves.map(({ leaf }) => leaf.stream),
        leaves.map(({ leaf }) => leaf.revision),
        events.map(({ position }) => position),
        leaves.map(({ leaf }) => leafText(leaf)),
      ],
    )
    await saveTiles(tx, grown.tiles)
    await tx.query(
      `insert into ledger.head (size, root, position, sealed_at) values ($1, $2, $3, $4)
       on conflict (one) do update set size = excluded.size, root = excluded.root, position = excluded.position, sealed_at = excluded.sealed_at`,
      [grown.edge.range.end, Buffer.from(rootOf(hasher, grown.edge.range)), events.at(-1)?.position, clock()],
    )
    return grown.edge
  }
}

import {
  nodesOfTiles,
  tilesFor,
  type NodeSource,
  type SealedTile,
  type Span,
  type Tile,
  type TilePlace,
  type TreeHasher,
} from '@muster/ledger'
import type { Sql } from '@muster/projections'

/* The tiles of the ledger as rows. One that is stored may be wider than one that is asked for, and begins with it. */

export interface Head {
  readonly size: number
  readonly root: Uint8Array
  readonly position: number
  readonly sealedAt: string
}

export async function readHead(sql: Sql): Promise<Head | undefined> {
  const [head] = await sql.query<Head>('select size, root, position, sealed_at as "sealedAt" from ledger.head', [])
  return head
}

/** The head, which nobody else moves or signs until the transaction ends. The first batch has no row to lock. */
export async function lockHead(tx: Sql): Promise<Head | undefined> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('muster ledger', 0))`, [])
  return await readHead(tx)
}

export async function readTiles(sql: Sql, places: readonly Pick<TilePlace, 'level' | 'index'>[]): Promise<readonly Tile[]> {
  if (places.length === 0) return []
  return await sql.query<Tile>(
    `select t.level, t.index, t.width, t.hashes, t.middle from ledger.tiles t
       join unnest($1::int[], $2::bigint[]) as wanted (level, index) on wanted.level = t.level and wanted.index = t.index`,
    [places.map(({ level }) => level), places.map(({ index }) => index)],
  )
}

/** The nodes that a proof of these spans is made of, in a tree of this size. */
export async function nodesFor(sql: Sql, hasher: TreeHasher, spans: readonly Span[], size: number): Promise<NodeSource> {
  return nodesOfTiles(hasher, await readTiles(sql, tilesFor(spans, size)))
}

export async function saveTiles(sql: Sql, tiles: readonly SealedTile[]): Promise<void> {
  await sql.query(
    `insert into ledger.tiles (level, index, width, hashes, middle)
     select * from unnest($1::int[], $2::bigint[], $3::int[], $4::bytea[], $5::bytea[])
     on conflict (level, index) do update set width = excluded.width, hashes = excluded.hashes, middle = excluded.middle
      where ledger.tiles.width < excluded.width`,
    [
      tiles.map(({ level }) => level),
      tiles.map(({ index }) => index),
      tiles.map(({ width }) => width),
      tiles.map(({ hashes }) => Buffer.from(hashes)),
      tiles.map(({ middle }) => Buffer.from(middle)),
    ],
  )
}

import { readFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import {
  consistencyProof,
  consistencySpans,
  openCheckpoint,
  sameBytes,
  signCheckpoint,
  verifyConsistency,
  type Ed25519Verify,
  type TreeHasher,
  type TreeHead,
} from '@muster/ledger'
import type { Database, Sql } from '@muster/projections'
import type { LedgerKeys } from './key-file.ts'
import { lockHead, nodesFor } from './tile-rows.ts'

/*
 * The publisher: signs how the tree stands, only after a proof that what was signed before is its beginning. What was signed last is known from the
 * table and from a file beside the key, which is written first: a database that was restored to an older state, or exchanged, contradicts the file
 * and gets no signature. Two publishers wait for each other at one lock, and the second builds upon what the first has signed.
 */

/** What would be signed does not continue what was signed. Nothing is published until somebody has looked. */
export class PublishingStopped extends Error {
  override readonly name = 'PublishingStopped'
}

export interface Published extends TreeHead {
  readonly note: string
}

/** At the latest after so many leaves, or so long. */
const [mostLeaves, longest] = [1_000, 5_000]

export interface Publishing {
  /** Signs if it is due; what was signed then, or last. @throws PublishingStopped */
  publish(): Promise<Published | undefined>
}

export function publishing(
  database: Database,
  keys: LedgerKeys,
  { hasher, verify, clock }: { readonly hasher: TreeHasher; readonly verify: Ed25519Verify; readonly clock: () => string },
): Publishing {
  /** Whether what stands was compared with the file since the start: a restored database is found out before anything new comes. */
  let isCompared = false
  return {
    publish: () =>
      database.transaction(async tx => {
        const head = await lockHead(tx)
        const last = await lastPublished(tx)
        if (!isCompared) {
          const remembered = rememberedCheckpoint()
          if (remembered !== undefined) await checkGrowth(tx, remembered, head ?? { size: 0, root: new Uint8Array() })
          isCompared = true
        }
        if (head === undefined || head.size === last?.size) return last
        const now = clock()
        if (last !== undefined && head.size - last.size < mostLeaves && Date.parse(now) - Date.parse(last.signedAt) < longest) return last
        const remembered = rememberedCheckpoint()
        for (const before of [last, remembered]) if (before !== undefined) await checkGrowth(tx, before, head)

        const checkpoint = { origin: keys.origin, size: head.size, root: head.root, extensions: [] }
        const note = signCheckpoint(checkpoint, keys.signers)
        await writeDurably(keys.checkpointFile, note)
        await tx.query('insert into ledger.checkpoints (size, root, note, signed_at) values ($1, $2, $3, $4)', [
          head.size,
          Buffer.from(head.root),
          note,
          now,
        ])
        return { size: head.size, root: head.root, note }
      }),
  }

  async function checkGrowth(tx: Sql, before: TreeHead, head: TreeHead): Promise<void> {
    if (before.size > head.size)
      throw new PublishingStopped(
        `a tree of ${before.size} leaves was signed, and the database has only ${head.size}: it was restored to an older state, or events were taken out. ` +
          `Restore a backup that has them; if there is none, what was signed and is gone must be told to whoever has the checkpoint in ${keys.checkpointFile}`,
      )
    const nodes = await nodesFor(tx, hasher, consistencySpans(before.size, head.size), head.size)
    const proof = consistencyProof(hasher, nodes, before.size, head.size)
    const grown = proof.ok ? verifyConsistency(hasher, before, head, proof.value) : proof
    if (!grown.ok) throw new PublishingStopped(`what is in the database does not continue what was signed: ${grown.message}`)
    if (before.size === head.size && !sameBytes(before.root, head.root))
      throw new PublishingStopped(`a tree of ${head.size} leaves with another root was signed before`)
  }

  /** What this key signed last, as the file has it. */
  function rememberedCheckpoint(): TreeHead | undefined {
    let note: string
    try {
      note = readFileSync(keys.checkpointFile, 'utf8')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
      throw error
    }
    const { origin, logKeys } = keys
    const opened = openCheckpoint(verify, { origin, logKeys, witnesses: [], quorum: 0 }, note)
    if (!opened.ok) throw new PublishingStopped(`${keys.checkpointFile} is not what these keys have signed: ${opened.message}`)
    return opened.value.checkpoint
  }
}

export async function lastPublished(sql: Sql): Promise<(Published & { readonly signedAt: string }) | undefined> {
  const [row] = await sql.query<Published & { readonly signedAt: string }>(
    'select size, root, note, signed_at as "signedAt" from ledger.checkpoints order by size desc limit 1',
    [],
  )
  return row
}

/** The whole text or the one before it, whenever the power goes. */
export async function writeDurably(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.new`
  const handle = await open(beside, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(beside, file)
  const folder = await open(dirname(file), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

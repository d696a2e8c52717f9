import {
  consistencyProof,
  consistencySpans,
  openCheckpoint,
  writeAddCheckpoint,
  type Ed25519Verify,
  type NoteKey,
  type TreeHasher,
  type Trust,
} from '@muster/ledger'
import type { Database } from '@muster/projections'
import type { Logger } from 'pino'
import type { LedgerKeys } from './key-file.ts'
import type { Published } from './publishing.ts'
import { nodesFor } from './tile-rows.ts'

/*
 * Witnesses (c2sp.org/tlog-witness) are shown every checkpoint with the proof that it continues what they saw last. Their cosignatures are kept with it.
 * One that is away misses checkpoints and holds up nobody; it is shown the next one, from where it stands.
 */

export interface WitnessAddress {
  readonly url: string
  readonly key: NoteKey
}
export type Asked = 'cosigned' | 'refused' | 'away'

const patience = 5_000

export interface Witnesses {
  /** Shows it to all who have not cosigned it. What each said. */
  show(published: Published): Promise<ReadonlyMap<string, Asked>>
}

export function witnesses(
  database: Database,
  keys: LedgerKeys,
  addresses: readonly WitnessAddress[],
  { hasher, verify, logger }: { readonly hasher: TreeHasher; readonly verify: Ed25519Verify; readonly logger: Logger },
): Witnesses {
  /** By name: the size that it is believed to know. */
  const seen = new Map<string, number>()

  return {
    async show(published) {
      const said = await Promise.all(
        addresses.map(async (address): Promise<[string, Asked]> => {
          try {
            return [address.key.name, await showTo(address, published)]
          } catch (error) {
            logger.warn({ err: error, witness: address.key.name }, 'a witness cannot be reached')
            return [address.key.name, 'away']
          }
        }),
      )
      return new Map(said)
    },
  }

  async function showTo(address: WitnessAddress, published: Published): Promise<Asked> {
    const { name } = address.key
    if (hasCosigned(address, published.note)) return 'cosigned'
    for (let attempt = 0; attempt < 2; attempt++) {
      const old = Math.min(seen.get(name) ?? 0, published.size)
      const nodes = await nodesFor(database, hasher, consistencySpans(old, published.size), published.size)
      const proof = consistencyProof(hasher, nodes, old, published.size)
      if (!proof.ok) throw new Error(proof.message)
      const answer = await fetch(new URL('add-checkpoint', address.url.endsWith('/') ? address.url : `${address.url}/`), {
        method: 'POST',
        body: writeAddCheckpoint({ old, proof: proof.value, checkpoint: published.note }),
        signal: AbortSignal.timeout(patience),
      })
      const text = await answer.text()
      if (answer.status === 200) {
        if (!hasCosigned(address, published.note + text)) {
          logger.error({ witness: name }, 'a witness answered with something that is not its cosignature')
          return 'refused'
        }
        await database.query('update ledger.checkpoints set note = note || $2 where size = $1 and strpos(note, $2) = 0', [
          published.size,
          text,
        ])
        seen.set(name, published.size)
        return 'cosigned'
      }
      if (answer.status !== 409 || !/^\d{1,15}\n?$/.test(text)) {
        logger.error({ witness: name, status: answer.status, said: text.slice(0, 500) }, 'a witness does not cosign the checkpoint')
        return 'refused'
      }
      seen.set(name, Number(text))
      // It has seen a larger tree than there is: the publisher has a fault to find, and says so by itself.
      if (Number(text) > published.size) {
        logger.error({ witness: name, seen: Number(text), size: published.size }, 'a witness has seen a larger tree')
        return 'refused'
      }
    }
    return 'refused'
  }

  function hasCosigned({ key }: WitnessAddress, note: string): boolean {
    const { origin, logKeys } = keys
    const trust: Trust = { origin, logKeys, witnesses: [{ name: key.name, keys: [key] }], quorum: 1 }
    return openCheckpoint(verify, trust, note).ok
  }
}

import type { NonEmpty } from '@muster/kernel'
import { toHex } from '../bytes.ts'
import { accept, refuse, type Result } from '../result.ts'
import { isSize } from '../tree/blocks.ts'
import type { NoteKey } from './key.ts'

/*
 * Whom an auditor believes: which keys speak for the log, each for some sizes of its tree, and how many distinct witnesses must agree. It
 * comes from the auditor, and never from what is being audited.
 */

/** `from` and `through` are sizes of the tree, both included. Without `through` the key is in force until further notice. */
export interface LogKey {
  readonly key: NoteKey
  readonly from: number
  readonly through?: number
}
/** One who watches, under whatever keys over the years: counted once. */
export interface Witness {
  readonly name: string
  readonly keys: NonEmpty<NoteKey>
}
export interface Trust {
  readonly origin: string
  readonly logKeys: NonEmpty<LogKey>
  readonly witnesses: readonly Witness[]
  /** So many of the witnesses must have cosigned. */
  readonly quorum: number
}

/** The same trust, or why it cannot be meant: a key that stands for two would let one of them be counted twice. */
export function checkTrust(trust: Trust): Result<Trust> {
  const { logKeys, witnesses, quorum } = trust
  for (const { key, from, through = from } of logKeys) {
    if (key.kind !== 'log') return refuse(`${key.name} is the key of a witness, and stands among those of the log`)
    if (!isSize(from) || !isSize(through) || through < from) return refuse(`the key ${key.name} is in force for no tree`)
  }
  const wrong = witnesses.flatMap(({ keys }) => keys).find(({ kind }) => kind !== 'witness')
  if (wrong !== undefined) return refuse(`${wrong.name} is the key of a log, and stands among those of the witnesses`)
  if (new Set(witnesses.map(({ name }) => name)).size !== witnesses.length) return refuse('two witnesses have one name')
  const publicKeys = [...logKeys.map(({ key }) => key), ...witnesses.flatMap(({ keys }) => keys)].map(key => toHex(key.publicKey))
  if (new Set(publicKeys).size !== publicKeys.length) return refuse('one key stands for two')
  if (!isSize(quorum) || quorum > witnesses.length) return refuse(`of ${witnesses.length} witnesses ${quorum} can never agree`)
  return accept(trust)
}

export const isInForce = ({ from, through }: LogKey, size: number): boolean => from <= size && (through === undefined || size <= through)

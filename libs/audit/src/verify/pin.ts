import { canonicalJson } from '@muster/contracts'
import type { NonEmpty, Sha256 } from '@muster/kernel'
import {
  accept,
  readCheckpointText,
  readNote,
  refuse,
  sameBytes,
  writeKey,
  type Checkpoint,
  type LogKey,
  type Result,
} from '@muster/ledger'
import { readLogKeys, writeLogKeys } from '../bundle/key-ranges.ts'
import { fieldsOf } from '../bundle/manifest.ts'

/*
 * What an auditor remembers of a log: the newest checkpoint that was verified, and the keys that spoke for the log then. A log may only grow
 * from there, whoever holds its keys: so a history that was written anew, or whose end was cut off, is found by who has seen the old one.
 */

export interface Pin {
  readonly checkpoint: Checkpoint
  /** The signed note, to show to others. */
  readonly note: string
  /** Left out where the auditor brought a bare checkpoint. */
  readonly keys?: NonEmpty<LogKey>
}

export const writePin = ({ note, keys }: Pin): string =>
  canonicalJson({ checkpoint: note, ...(keys !== undefined && { keys: JSON.parse(writeLogKeys(keys)) as unknown }) })

/** What `writePin` wrote, or a bare signed checkpoint, such as a server's or a witness's. The file is the auditor's own: no signature is asked for. */
export function readPin(sha256: Sha256, text: string): Result<Pin> {
  if (!text.startsWith('{')) return pinOf(text)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('it is neither JSON nor a checkpoint')
  }
  const { checkpoint, keys } = fieldsOf(value)
  if (typeof checkpoint !== 'string') return refuse('it has no checkpoint')
  const pin = pinOf(checkpoint)
  if (!pin.ok || keys === undefined) return pin
  const read = readLogKeys(sha256, canonicalJson(keys))
  return read.ok ? accept({ ...pin.value, keys: read.value }) : read
}

function pinOf(note: string): Result<Pin> {
  const read = readNote(note)
  if (!read.ok) return read
  const checkpoint = readCheckpointText(read.value.text)
  return checkpoint.ok ? accept({ note, checkpoint: checkpoint.value }) : checkpoint
}

/**
 * Why the keys of a bundle cannot be those that were known: one of them is gone, or is in force for other sizes, or another one reaches back.
 * The bundle may be older than the pin or newer: each key is looked at as it was at the smaller of the two.
 */
export function keyChange({ keys, checkpoint }: Pin, now: readonly LogKey[], size: number): string | undefined {
  if (keys === undefined) return undefined
  const least = Math.min(size, checkpoint.size)
  const until = ({ through }: LogKey): number => (through === undefined || through >= least ? least : through)
  for (const then of keys.filter(({ from }) => from < least)) {
    const same = now.find(({ key }) => sameBytes(key.publicKey, then.key.publicKey) && key.name === then.key.name)
    if (same === undefined) return `the key ${writeKey(then.key)} spoke for the log when it was last verified, and is not there any more`
    if (same.from !== then.from || until(same) !== until(then))
      return `the key ${writeKey(then.key)} is in force for other sizes than when the log was last verified`
  }
  const added = now.find(({ key, from }) => from < least && !keys.some(then => sameBytes(then.key.publicKey, key.publicKey)))
  return added === undefined
    ? undefined
    : `the key ${writeKey(added.key)} is said to have spoken for the log at ${added.from} leaves, and was not known when ${checkpoint.size} were verified`
}

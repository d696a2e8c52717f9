import { readCheckpointText, readNote, type Trust } from '@muster/ledger'
import type { Client } from '../client.ts'
import { exit } from '../exit.ts'
import { httpLedger } from '../export/http-ledger.ts'
import { Failure } from '../failure.ts'

/** By the keys that the server itself names: enough to see that it agrees with itself. */
export async function claimedTrust(client: Client, note: string): Promise<Trust> {
  const read = readNote(note)
  const checkpoint = read.ok ? readCheckpointText(read.value.text) : read
  if (!checkpoint.ok) throw new Failure(`${client.url} gave no checkpoint: ${checkpoint.message}`, exit.no)
  return { origin: checkpoint.value.origin, logKeys: await httpLedger(client).keys(), witnesses: [], quorum: 0 }
}

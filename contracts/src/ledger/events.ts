import { z } from 'zod'
import { defineEvent, type EventOf } from '../event.ts'

/*
 * Stream `ledger-<origin>`: which keys speak for the ledger of this log, and for trees of which sizes. Rotating a key is adding the next one and
 * retiring the old one later: between the two both sign.
 */

const ours = { version: 1, origin: 'muster', category: 'ledger' } as const
const NoteKey = z
  .string()
  .regex(/^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+=*$/)
  .max(1_000)
  .describe('The public key, as c2sp.org/signed-note writes it: <name>+<id>+<kind and key>.')
const TreeSize = z.int().min(0)

export const ledgerKeyAdded = defineEvent({
  ...ours,
  type: 'ledger.key-added',
  description: 'From here on checkpoints are signed with this key too.',
  data: z.strictObject({ key: NoteKey, from: TreeSize.describe('The smallest tree that it may sign.') }),
})

export const ledgerKeyRetired = defineEvent({
  ...ours,
  type: 'ledger.key-retired',
  description: 'Nothing larger is signed with this key any more: a checkpoint of a larger tree that it signed is not to be believed.',
  data: z.strictObject({ key: NoteKey, through: TreeSize.describe('The largest tree that it may have signed.') }),
})

export const ledgerEvents = [ledgerKeyAdded, ledgerKeyRetired] as const
export type LedgerEvent = EventOf<(typeof ledgerEvents)[number]>

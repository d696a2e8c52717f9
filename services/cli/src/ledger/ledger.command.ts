import { writeTrust } from '@muster/audit'
import { openCheckpoint, toBase64, writeKey, type OpenedCheckpoint } from '@muster/ledger'
import { verifyEd25519 } from '@muster/ledger-crypto'
import { Command } from 'commander'
import { exit } from '../exit.ts'
import { httpLedger } from '../export/http-ledger.ts'
import { Failure } from '../failure.ts'
import { writeNew } from '../files.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { count, fields, sections, table } from '../text.ts'
import { trustIn } from '../verify/trust-file.ts'
import { claimedTrust } from './claimed-trust.ts'
import { proofCommands } from './proof.command.ts'

/** The ledger of a running server: what was signed, by whom, and that one event is in it. */
export const ledgerCommand = (terminal: Terminal): Command => {
  const command = new Command('ledger').description('Shows what the ledger of the log has signed, and proves that an event is in it.')
  for (const each of [checkpointCommand(terminal), keysCommand(terminal), ...proofCommands(terminal)]) command.addCommand(each)
  return command
}

const checkpointCommand = (terminal: Terminal): Command =>
  new Command('checkpoint')
    .description('The newest signed checkpoint: how long the log was, its root, and who signed.')
    .option('--keys <file>', 'whom you believe; without it, the keys that the server itself names')
    .option('-o, --out <file>', 'write the signed note there, to pin the log or to compare with somebody else')
    .action(async ({ keys, out }: { readonly keys?: string; readonly out?: string }, command: Command) => {
      const session = openSession(command, terminal, 'rita')
      const note = new TextDecoder().decode(await session.client.bytes('/v1/ledger/checkpoint'))
      const trust = keys === undefined ? await claimedTrust(session.client, note) : await trustIn(keys, terminal.cwd)
      const opened = openCheckpoint(verifyEd25519, trust, note)
      if (!opened.ok) throw new Failure(`the checkpoint of ${session.client.url} is not to be believed: ${opened.message}`, exit.no)
      if (out !== undefined) await writeNew(out, terminal.cwd, note)
      const { checkpoint, signedBy, cosignedBy } = opened.value
      const { origin, size, root } = checkpoint
      const signers = { signedBy: signedBy.map(({ name }) => name), cosignedBy: [...cosignedBy.keys()] }
      const answer = { origin, size, root: toBase64(root), ...signers, note }
      session.show(answer, () => sections(checkpointFields(opened.value), keys === undefined ? claimed : undefined))
    })

const claimed = 'The keys are those that the server names. Compare them once by another way, and give them with --keys.'

const checkpointFields = ({ checkpoint, signedBy, cosignedBy }: OpenedCheckpoint): string =>
  fields({
    log: checkpoint.origin,
    length: count(checkpoint.size, 'leaf', 'leaves'),
    root: toBase64(checkpoint.root),
    'signed by': signedBy.map(({ name, id }) => `${name} (key ${id.toString(16).padStart(8, '0')})`).join(', '),
    'seen by': cosignedBy.size === 0 ? undefined : [...cosignedBy].map(([name, time]) => `${name} at ${isoOf(time)}`).join(', '),
  })

const isoOf = (seconds: number): string => new Date(seconds * 1_000).toISOString()

const keysCommand = (terminal: Terminal): Command =>
  new Command('keys')
    .description('The keys that speak for the ledger, each with the lengths of the log that it speaks for.')
    .option('-o, --out <file>', 'write them there as whom to believe, for --keys of muster verify; compare them by another way first')
    .action(async ({ out }: { readonly out?: string }, command: Command) => {
      const session = openSession(command, terminal, 'rita')
      const keys = await httpLedger(session.client).keys()
      if (out !== undefined)
        await writeNew(out, terminal.cwd, `${writeTrust({ origin: keys[0].key.name, logKeys: keys, witnesses: [], quorum: 0 })}\n`)
      session.show(
        keys.map(({ key, ...range }) => ({ key: writeKey(key), ...range })),
        () =>
          table(
            ['from', 'through', 'key'],
            keys.map(({ key, from, through }) => [String(from), through === undefined ? 'now' : String(through), writeKey(key)]),
          ),
      )
    })

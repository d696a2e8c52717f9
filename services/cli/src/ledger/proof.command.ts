import {
  leafOfLine,
  readEventLine,
  readProofFile,
  treeHasher,
  verifyProofFile,
  type CommittedEvent,
  type OpenedCheckpoint,
  type Trust,
} from '@muster/ledger'
import { sha256, verifyEd25519 } from '@muster/ledger-crypto'
import { Command } from 'commander'
import type { Client } from '../client.ts'
import { exit } from '../exit.ts'
import { Failure, usage } from '../failure.ts'
import { readGiven, writeNew } from '../files.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { count } from '../text.ts'
import { trustIn } from '../verify/trust-file.ts'
import { claimedTrust } from './claimed-trust.ts'

/*
 * One event and its proof, as two files: the event as the log has it, and c2sp.org/tlog-proof. Whoever has both and the keys of the ledger can
 * check them without a network, with this command or any other that knows the format.
 */

export const proofCommands = (terminal: Terminal): Command[] => [proofCommand(terminal), checkCommand(terminal)]

const proofCommand = (terminal: Terminal): Command =>
  new Command('proof')
    .description('Proves that an event is in the ledger, in two files: the event and its proof.')
    .argument('<event>', 'its stream and its revision, such as deployment-credit-v2@0: muster log --output json has them')
    .option('-o, --out <file>', 'name of the files, without .event and .tlog-proof (the event)')
    .action(async (event: string, { out }: { readonly out?: string }, command: Command) => {
      const [, stream, revision] = /^(.+)@(\d{1,15})$/.exec(event) ?? []
      if (stream === undefined || revision === undefined)
        throw usage(`"${event}" is no event: give its stream and its revision, such as deployment-credit-v2@0`)
      const session = openSession(command, terminal, 'rita')
      const proof = textOf(await session.client.bytes('/v1/ledger/proofs', { stream, revision }))
      const read = readProofFile(proof)
      if (!read.ok) throw new Failure(`${session.client.url} gave no proof: ${read.message}`, exit.no)
      const { index } = read.value
      const line = await lineAt(session.client, index)
      const found = proven(line, proof, await claimedTrust(session.client, read.value.checkpoint))
      if (found.event.stream !== stream || found.event.revision !== Number(revision))
        throw new Failure(`${session.client.url} gave ${nameOf(found.event)}, and ${event} was asked for`, exit.no)
      const name = out ?? event.replaceAll(/[^A-Za-z0-9.@_-]/g, '_')
      await writeNew(`${name}.event`, terminal.cwd, `${line}\n`)
      await writeNew(`${name}.tlog-proof`, terminal.cwd, proof)
      const { size, origin } = found.checkpoint
      session.show(
        { stream, revision: Number(revision), index, size, origin, files: [`${name}.event`, `${name}.tlog-proof`] },
        () =>
          `${event} is leaf ${index} of ${count(size, 'leaf', 'leaves')} of ${origin}, by the keys that the server names.\n` +
          `Anyone can check it: muster ledger check ${name} --keys <whom they believe>`,
      )
    })

const checkCommand = (terminal: Terminal): Command =>
  new Command('check')
    .description('Checks an event and its proof, offline.')
    .argument('<name>', 'of the two files, without .event and .tlog-proof')
    .requiredOption('--keys <file>', 'whom you believe: muster ledger keys --out writes what the server says of itself')
    .addHelpText('after', '\nExit codes: 0 it is in the ledger · 1 it is not, or was changed · 2 wrong usage')
    .action(async (name: string, { keys }: { readonly keys: string }, command: Command) => {
      const trust = await trustIn(keys, terminal.cwd)
      const [line, proof] = await Promise.all([readGiven(`${name}.event`, terminal.cwd), readGiven(`${name}.tlog-proof`, terminal.cwd)])
      const { event, index, checkpoint, cosignedBy } = proven(line.replace(/\n$/, ''), proof, trust)
      const { stream, revision, type } = event
      const { origin, size } = checkpoint
      const answer = { stream, revision, type, index, size, origin, cosignedBy: [...cosignedBy.keys()] }
      const seen = cosignedBy.size === 0 ? '' : `, seen by ${count(cosignedBy.size, 'witness', 'witnesses')}`
      terminal.print(
        command.optsWithGlobals<{ output?: string }>().output === 'json'
          ? JSON.stringify(answer, undefined, 2)
          : `${nameOf(event)} (${type}) is leaf ${index} of ${count(size, 'leaf', 'leaves')} of ${origin}${seen}.`,
      )
    })

type Proven = OpenedCheckpoint & { readonly index: number; readonly event: CommittedEvent }

const nameOf = ({ stream, revision }: CommittedEvent): string => `${stream}@${revision}`

function proven(line: string, proof: string, trust: Trust): Proven {
  const event = readEventLine(line)
  if (!event.ok) throw new Failure(`the event is not as the log writes one: ${event.message}`, exit.no)
  const found = verifyProofFile({ hasher: treeHasher(sha256), verify: verifyEd25519, trust }, leafOfLine(sha256, event.value), proof)
  if (!found.ok) throw new Failure(`the proof does not hold for the event: ${found.message}`, exit.no)
  if (found.value.index !== event.value.index)
    throw new Failure(`the event says that it is leaf ${event.value.index}, and the proof is of leaf ${found.value.index}`, exit.no)
  return { ...found.value, event: event.value.event }
}

async function lineAt(client: Client, index: number): Promise<string> {
  const text = textOf(await client.bytes('/v1/ledger/events', { from: index, to: index + 1 }))
  if (!text.endsWith('\n')) throw new Failure(`${client.url} gave no event for leaf ${index}`, exit.no)
  return text.slice(0, -1)
}

const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

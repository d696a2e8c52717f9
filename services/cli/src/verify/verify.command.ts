import { resolve } from 'node:path'
import type { BundleReport } from '@muster/audit'
import { Command } from 'commander'
import { exit, type ExitCode } from '../exit.ts'
import { Failure, usage } from '../failure.ts'
import { wholeNumber } from '../page.ts'
import { reasonOf } from '../policies/policy-folder.ts'
import { writeReport } from '../files.ts'
import type { Terminal } from '../terminal.ts'
import { namedPin, remember, rememberedPin } from './pins.ts'
import { progressTo } from './progress.ts'
import { textOfReport } from './report.text.ts'
import { trustIn } from './trust-file.ts'
import { verifyFile, type BeliefIn, type Verified } from './verify-file.ts'

interface VerifyOptions {
  readonly pinned?: string
  readonly keys?: string
  readonly witnessQuorum?: number
  readonly report?: string
}

const codes: Readonly<Record<BundleReport['verdict'], ExitCode>> = { whole: exit.ok, tampered: exit.no, incomplete: exit.pending }

export const verifyCommand = (terminal: Terminal, end: (code: ExitCode) => void): Command =>
  new Command('verify')
    .description('Verifies a bundle of the log, offline: nothing was changed or left out, and every decision comes out again.')
    .argument('<bundle>', 'what muster export wrote')
    .option('--pinned <file>', 'a checkpoint that the log must have grown from, in place of the one that was verified last')
    .option('--keys <file>', 'whom you believe: keys of the log and of its witnesses')
    .option('--witness-quorum <number>', 'how many of those witnesses must have seen the newest checkpoint', wholeNumber(0, 100))
    .option('--report <file>', 'the whole report as JSON')
    .addHelpText(
      'after',
      `
No server is asked. What was verified is remembered for the next time (MUSTER_HOME, or ~/.muster).

Exit codes: 0 whole · 1 tampered · 2 wrong usage · 3 incomplete: something that was signed is not here
            5 it could not be finished, such as for want of room

Examples:
  muster verify bundle.zip
  muster verify bundle.zip --keys trust.json --witness-quorum 2 --report report.json`,
    )
    .action(async (bundle: string, options: VerifyOptions, command: Command) => {
      const trust = options.keys === undefined ? undefined : await trustIn(options.keys, terminal.cwd)
      const quorum = options.witnessQuorum
      if (quorum !== undefined && quorum > (trust?.witnesses.length ?? 0))
        throw usage(`--witness-quorum ${quorum} can never be met: --keys names ${trust?.witnesses.length ?? 0} witnesses`)
      const named = options.pinned === undefined ? undefined : await namedPin(options.pinned, terminal.cwd)
      const { report, pin } = await verified(resolve(terminal.cwd, bundle), bundle, terminal, async origin => {
        const pinned = named ?? (await rememberedPin(terminal, origin))
        return {
          pinIs: named === undefined ? 'remembered' : 'named',
          ...(pinned !== undefined && { pin: pinned }),
          ...(trust !== undefined && { trust }),
          ...(quorum !== undefined && { quorum }),
        }
      })
      if (pin !== undefined) {
        const before = await rememberedPin(terminal, pin.checkpoint.origin)
        if (before === undefined || before.checkpoint.size <= pin.checkpoint.size) {
          const file = await remember(terminal, pin)
          if (before === undefined)
            terminal.tell(`This log was seen for the first time: it is remembered in ${file}, and must grow from there.`)
        }
      }
      if (options.report !== undefined) await writeReport(options.report, terminal.cwd, `${JSON.stringify(report, undefined, 2)}\n`)
      const { output } = command.optsWithGlobals<{ output?: string }>()
      terminal.print(output === 'json' ? JSON.stringify(report, undefined, 2) : textOfReport(report))
      end(codes[report.verdict])
    })

async function verified(path: string, named: string, terminal: Terminal, beliefIn: BeliefIn): Promise<Verified> {
  try {
    return await verifyFile(path, beliefIn, {
      progress: progressTo(terminal, 'verified'),
      ...(terminal.program !== undefined && { program: terminal.program }),
    })
  } catch (error) {
    if (error instanceof Error && 'syscall' in error && error.syscall !== 'write')
      throw usage(`${named} cannot be read (${reasonOf(error)})`)
    if (error instanceof Failure) throw error
    // That it could not be finished says nothing of the bundle: neither whole nor tampered.
    throw new Failure(`the verification could not be finished (${reasonOf(error)})`, exit.unreachable, { cause: error })
  }
}

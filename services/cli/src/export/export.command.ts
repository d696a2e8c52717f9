import { resolve } from 'node:path'
import { describeScope, exportBundle, type LedgerSource, type Scope } from '@muster/audit'
import { Command } from 'commander'
import { exit } from '../exit.ts'
import { Failure, usage } from '../failure.ts'
import { wholeNumber } from '../page.ts'
import { reasonOf } from '../policies/policy-folder.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { count } from '../text.ts'
import { sha256 } from '@muster/ledger-crypto'
import { namedPin } from '../verify/pins.ts'
import { progressTo } from '../verify/progress.ts'
import { httpLedger } from './http-ledger.ts'
import { writeZip } from './write-zip.ts'

interface ExportOptions {
  readonly from?: number
  readonly to?: number
  readonly model?: string
  readonly deployment?: string
  readonly out: string
  readonly pinned?: string
}

const leaf = wholeNumber(0, Number.MAX_SAFE_INTEGER)

export const exportCommand = (terminal: Terminal): Command =>
  new Command('export')
    .description('Writes a bundle of the log that anyone can verify offline, with muster verify.')
    .requiredOption('-o, --out <file>', 'where to')
    .option('--from <leaf>', 'leaves of the ledger from this one on, the first is 0', leaf)
    .option('--to <leaf>', 'up to, but not including, this one', leaf)
    .option('--model <name>', 'all that decisions about this model go by')
    .option('--deployment <id>', 'all that decisions about this deployment go by')
    .option('--pinned <file>', 'a checkpoint that a part of the log shall be comparable with')
    .addHelpText(
      'after',
      `
Without a choice it is the whole log, up to the newest signed checkpoint.

Examples:
  muster export -o bundle.zip
  muster export --deployment credit-v2 -o credit-v2.zip
  muster export --from 0 --to 20000 -o first-quarter.zip`,
    )
    .action(async (options: ExportOptions, command: Command) => {
      const scope = scopeOf(options)
      const session = openSession(command, terminal, 'rita')
      await exportTo(httpLedger(session.client), scope, options, session.terminal)
    })

export async function exportTo(
  source: LedgerSource,
  scope: Scope,
  { out, pinned }: Pick<ExportOptions, 'out' | 'pinned'>,
  terminal: Pick<Terminal, 'cwd' | 'now' | 'tell' | 'print'>,
): Promise<void> {
  const pin = pinned === undefined ? undefined : await namedPin(pinned, terminal.cwd)
  const bundle = await exportBundle(source, scope, {
    sha256,
    progress: progressTo(terminal, 'looked at'),
    ...(pin !== undefined && { comparableAt: pin.checkpoint.size }),
  })
  if (!bundle.ok) throw new Failure(bundle.message, exit.no)
  const { events, size, origin } = bundle.value.manifest
  const progress = progressTo(terminal, 'written')
  try {
    await writeZip(resolve(terminal.cwd, out), bundle.value, done => progress(done, events))
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw usage(`${out} cannot be written (${reasonOf(error)})`)
    throw error
  }
  terminal.print(
    `${out} is ${describeScope(scope)}: ${count(events, 'event')} of ${origin}, up to its checkpoint of ${count(size, 'leaf', 'leaves')}.`,
  )
}

function scopeOf({ from, to, model, deployment }: ExportOptions): Scope {
  const isRange = from !== undefined || to !== undefined
  if ([isRange, model !== undefined, deployment !== undefined].filter(Boolean).length > 1)
    throw usage('a bundle is of a range (--from and --to), of a --model or of a --deployment: give one of them')
  if (model !== undefined) return { kind: 'model', model }
  if (deployment !== undefined) return { kind: 'deployment', deployment }
  if (!isRange) return { kind: 'log' }
  if (to === undefined) throw usage('a range needs an end: give --to')
  if ((from ?? 0) >= to) throw usage(`there is nothing from leaf ${from ?? 0} up to leaf ${to}`)
  return { kind: 'range', from: from ?? 0, to }
}

import { categories, type LogEntry } from '@muster/contracts'
import { Command, Option } from 'commander'
import { wholeNumber } from '../page.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { instant, printable } from '../text.ts'
import { follow } from './follow.ts'
import { newestPosition, readLog } from './log.ts'

interface LogOptions {
  readonly from?: number
  readonly category?: string
  readonly model?: string
  readonly limit?: number
  readonly follow?: true
}

const position = wholeNumber(0, Number.MAX_SAFE_INTEGER)

export const logCommand = (terminal: Terminal): Command =>
  new Command('log')
    .description('The log, in its order: everything that was ever recorded.')
    .option('--from <position>', 'only what was recorded behind this position', position)
    .addOption(new Option('--category <name>', 'only of this category').choices(categories))
    .option('--model <name>', 'only what concerns this model')
    .option('--limit <number>', 'at most so many events', position)
    .option('--follow', 'go on with what is recorded from now on, or behind --from')
    .addHelpText(
      'after',
      `
With --output json each event is one line.

Examples:
  muster log --category deployment --model german-credit
  muster log --follow --output json | my-tool`,
    )
    .action(async ({ from, category, model, limit, follow: following }: LogOptions, command: Command) => {
      const session = openSession(command, terminal, 'rita')
      const wanted = { ...(category !== undefined && { category }), ...(model !== undefined && { model }) }
      const show = (entry: LogEntry): void => terminal.print(session.json ? JSON.stringify(entry) : printable(lineOf(entry)))
      if (following === true) return follow(session.client, terminal, from ?? (await newestPosition(session.client)), wanted, show)
      let shown = 0
      for await (const entry of readLog(session.client, from ?? 0, wanted, limit)) {
        show(entry)
        shown += 1
      }
      if (shown === 0 && !session.json)
        terminal.print(`Nothing like that is in the log${from === undefined ? '' : ` behind position ${from}`}.`)
    })

const lineOf = ({ position: at, recordedtime, context: { type, subject, authid } }: LogEntry): string =>
  `${String(at).padStart(6)}  ${instant(recordedtime)}  ${type.replace('dev.muster.', '').padEnd(34)}  ${subject}${authid === undefined ? '' : `  by ${authid}`}`

import type { Erasure, ErasureReport } from '@muster/contracts'
import { Command } from 'commander'
import { exit } from '../exit.ts'
import { Failure, usage } from '../failure.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { printable } from '../text.ts'
import { erasureTable, reportText } from './report.text.ts'

interface EraseOptions {
  readonly reason?: string
  readonly dryRun?: true
  readonly yes?: true
}

/** Whom the demo has for it. */
const officer = 'omar'

export const eraseCommands = (terminal: Terminal): Command[] => [eraseCommand(terminal), erasuresCommand(terminal)]

const eraseCommand = (terminal: Terminal): Command =>
  new Command('erase')
    .description('Make what a person wrote unreadable, for good. What they decided stays, under their id.')
    .argument('<person>', 'the id by which Muster knows the person')
    .option('--reason <text>', 'why; it is kept with your name')
    .option('--dry-run', 'say what it would take and what is out of its reach, and change nothing')
    .option('--yes', 'erase without being asked')
    .addHelpText(
      'after',
      `
It destroys the keys of the person's texts. Nobody can undo that. It needs the role privacy-officer.

Examples:
  muster erase ana --dry-run
  muster erase ana --reason "She asked for it on 3 March."`,
    )
    .action(async (person: string, { reason, dryRun, yes }: EraseOptions, command: Command) => {
      const { ask } = terminal
      if (dryRun !== true && yes !== true && ask === undefined)
        throw usage('nobody is there to be asked: say --yes, or look first with --dry-run')
      const session = openSession(command, terminal, officer)
      const path = `/v1/erasures/${encodeURIComponent(person)}`
      const patience = { timeoutMs: 600_000 }
      if (dryRun === true) {
        const { body } = await session.client.get<ErasureReport>(path)
        return session.show(body, () => printable(reportText(body, 'before')))
      }
      if (yes !== true && ask !== undefined) {
        const { body } = await session.client.get<ErasureReport>(path)
        session.terminal.tell(printable(reportText(body, 'before')))
        if (!/^y(es)?$/i.test((await ask(`\nErase what ${person} wrote, for good? [y/N] `)).trim()))
          throw new Failure('nothing is erased', exit.no)
      }
      const { body } = await session.client.post<ErasureReport>(path, { ...(reason !== undefined && { reason }) }, patience)
      session.show(body, () => printable(reportText(body, 'after')))
    })

const erasuresCommand = (terminal: Terminal): Command =>
  new Command('erasures')
    .description('Who was erased, by whom, when. Keep this list apart from the backups of the log.')
    .addHelpText('after', '\nExample:\n  muster erasures --output json > erasures.json')
    .action(async (_: unknown, command: Command) => {
      const session = openSession(command, terminal, officer)
      const { body } = await session.client.get<{ readonly items: readonly Erasure[] }>('/v1/erasures')
      session.show(body, () => (body.items.length === 0 ? 'Nobody was erased.' : printable(erasureTable(body.items))))
    })

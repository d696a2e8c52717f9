import { Command, CommanderError, Option } from 'commander'
import { alertsCommand, violationsCommand } from './alerts/alerts.command.ts'
import { approvalCommands } from './approvals/approvals.command.ts'
import { deploymentsCommand } from './deployments/deployments.command.ts'
import { eraseCommands } from './erase/erase.command.ts'
import { exit, exitCodesHelp, type ExitCode } from './exit.ts'
import { exportCommand } from './export/export.command.ts'
import { Failure } from './failure.ts'
import { fsckCommand } from './fsck/fsck.command.ts'
import { gateCommand } from './gate/gate.command.ts'
import { parkedCommand } from './intake/parked.command.ts'
import { quarantineCommand } from './intake/quarantine.command.ts'
import { intentsCommand } from './intents/intents.command.ts'
import { ledgerCommand } from './ledger/ledger.command.ts'
import { logCommand } from './log/log.command.ts'
import { policiesCommand } from './policies/policies.command.ts'
import { publishCommand } from './publish/publish.command.ts'
import type { Terminal } from './terminal.ts'
import { tourCommand } from './tour/tour.command.ts'
import { verifyCommand } from './verify/verify.command.ts'

/** Runs one command line; resolves with the exit code. Messages go to `tell`, the answer and nothing else to `print`. */
export async function muster(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let outcome: ExitCode = exit.ok
  const program = makeProgram(terminal, code => (outcome = code))
  try {
    await program.parseAsync(words, { from: 'user' })
    return outcome
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exit.ok : exit.usage
    if (!(error instanceof Failure)) throw error
    if (program.opts<{ output?: string }>().output === 'json' && error.problem !== undefined)
      terminal.print(JSON.stringify(error.problem, undefined, 2))
    terminal.tell(`muster: ${error.message}`)
    return error.exitCode
  }
}

function makeProgram(terminal: Terminal, end: (code: ExitCode) => void): Command {
  const program = new Command('muster')
    .description('Asks Muster whether a model may run, and shows why.')
    .option('--url <address>', 'the server (MUSTER_URL; http://127.0.0.1:7070)')
    .option('--token <token>', 'who you are (MUSTER_TOKEN)')
    .option('--as <name>', 'one of the people of a demo server: tom, rita, ana, omar, ci')
    .addOption(
      new Option('--output <form>', 'text for people, JSON and nothing else on stdout, or events as CloudEvents')
        .choices(['text', 'json', 'cloudevents'])
        .default('text'),
    )
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: text => terminal.print(text.trimEnd()), writeErr: text => terminal.tell(text.trimEnd()) })
    .addHelpText(
      'after',
      `
Examples:
  muster tour                                    a real training run, from evidence to decision
  muster publish events.ndjson                   say what the platform did
  muster gate --model credit --version 7 --environment production --endpoint desk
  muster deployments explain credit-v1           why it was blocked
${exitCodesHelp}`,
    )
  const commands = [
    tourCommand(terminal, end),
    publishCommand(terminal, end),
    gateCommand(terminal, end),
    intentsCommand(terminal),
    deploymentsCommand(terminal),
    ...approvalCommands(terminal),
    alertsCommand(terminal),
    violationsCommand(terminal),
    policiesCommand(terminal, end),
    exportCommand(terminal),
    verifyCommand(terminal, end),
    ledgerCommand(terminal),
    logCommand(terminal),
    fsckCommand(terminal, end),
    quarantineCommand(terminal),
    parkedCommand(terminal),
    ...eraseCommands(terminal),
  ]
  for (const command of commands) adopt(program, command)
  return program
}

/** Commands that were made elsewhere take over how to end, to help and to write. */
function adopt(program: Command, command: Command): void {
  for (const each of [command, ...command.commands]) each.copyInheritedSettings(program)
  program.addCommand(command)
}

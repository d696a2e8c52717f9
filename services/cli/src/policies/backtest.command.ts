import {
  differenceClasses,
  type BacktestDifference,
  type BacktestView,
  type Page,
  type PolicyDocument,
  type RunningViolation,
} from '@muster/contracts'
import { Option, type Command } from 'commander'
import type { Client } from '../client.ts'
import { exit, type ExitCode } from '../exit.ts'
import { usage } from '../failure.ts'
import { wholeNumber } from '../page.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { printable } from '../text.ts'
import { backtestText, differenceText } from './backtest.text.ts'
import { awaitBacktest, cancelBacktest, followBacktest, readBacktest, startBacktest } from './backtesting.ts'
import { documentsOf } from './documents.ts'

/* What policies would have changed, over all recorded history. It runs on the server, so leaving the terminal does not end it. */

interface BacktestOptions {
  readonly id?: readonly string[]
  readonly follow?: true
  readonly watch?: string
  readonly cancel?: string
  readonly failOn?: readonly FailOn[]
  readonly shown: number
}

const failOn = [...differenceClasses, 'running-violations'] as const
type FailOn = (typeof failOn)[number]

export function addBacktest(group: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  group
    .command('backtest')
    .description('What policies would have changed, over all recorded decisions and what runs now. It changes nothing.')
    .argument('[path]', 'a folder of policies, or one file; as if they had always been in force')
    .option('--id <ids...>', 'only these policies of it')
    .option('--follow', 'an experiment: go on beside what is decided from now on, and show each difference as it comes')
    .option('--watch <backtest>', 'one that was begun before')
    .option('--cancel <backtest>', 'end one that runs or follows')
    .addOption(new Option('--fail-on <kinds...>', 'end with 1 where there are any, for CI').choices(failOn))
    .option('--shown <number>', 'how many of what comes out otherwise are shown', wholeNumber(0, 500), 20)
    .addHelpText(
      'after',
      `
It runs on the server. Ctrl-C leaves it running: --watch shows it, --cancel ends it. With --output json each difference of --follow is a line.

Examples:
  muster policies backtest policies/
  muster policies backtest policies/fairness.yaml --fail-on newly-blocked running-violations
  muster policies backtest policies/fairness.yaml --follow`,
    )
    .action(async (path: string | undefined, options: BacktestOptions, command: Command) => {
      const given = [path, options.watch, options.cancel].filter(one => one !== undefined)
      if (given.length !== 1) throw usage('say what to backtest: a path, or one that was begun before by --watch or --cancel')
      const documents = path === undefined ? [] : chosen(path, await documentsOf(path, terminal.cwd), options.id)
      const session = openSession(command, terminal, 'omar')
      const { client } = session
      if (options.cancel !== undefined) {
        const cancelled = await cancelBacktest(client, options.cancel)
        return session.show(cancelled, () => `Backtest ${cancelled.id} is ${cancelled.status}.`)
      }
      const begun =
        options.watch === undefined
          ? await startBacktest(client, { documents, ...(options.follow === true && { follow: true }) })
          : await readBacktest(client, options.watch)
      terminal.tell(`backtest ${begun.id} runs on the server; Ctrl-C leaves it running: muster policies backtest --watch ${begun.id}`)
      const view = await awaitBacktest(client, terminal, begun)
      const found = await foundIn(client, view, options.shown)
      session.show({ ...view, ...found }, () => printable(backtestText(view, found)))
      if (view.status === 'following') {
        terminal.tell(`it goes on beside what is decided from now on, until it is cancelled: muster policies backtest --cancel ${view.id}`)
        const show = (difference: BacktestDifference): void =>
          terminal.print(session.json ? JSON.stringify(difference) : printable(differenceText(difference)))
        if (options.follow === true) await followBacktest(client, terminal, view, show)
      }
      if ((options.failOn ?? []).some(kind => figure(view, kind) > 0)) end(exit.no)
    })
}

function chosen(path: string, documents: readonly PolicyDocument[], ids: readonly string[] | undefined): PolicyDocument[] {
  const strangers = (ids ?? []).filter(id => !documents.some(document => document.id === id))
  if (strangers.length > 0) throw usage(`${path} has no policy ${strangers.join(', ')}`)
  return documents.filter(({ id }) => ids === undefined || ids.includes(id))
}

interface Found {
  readonly differences: readonly BacktestDifference[]
  readonly violations: readonly RunningViolation[]
}

async function foundIn(client: Client, { id, runningViolations }: BacktestView, limit: number): Promise<Found> {
  if (limit === 0) return { differences: [], violations: [] }
  const at = `/v1/backtests/${encodeURIComponent(id)}`
  const { body: differences } = await client.get<Page<BacktestDifference>>(`${at}/deployments`, { limit })
  const violations = runningViolations === 0 ? [] : (await client.get<Page<RunningViolation>>(`${at}/violations`, { limit })).body.items
  return { differences: differences.items, violations }
}

function figure(view: BacktestView, kind: FailOn): number {
  switch (kind) {
    case 'newly-blocked':
      return view.newlyBlocked
    case 'newly-allowed':
      return view.newlyAllowed
    case 'newly-needs-approval':
      return view.newlyNeedApproval
    case 'undecidable':
      return view.undecidable
    case 'running-violations':
      return view.runningViolations
  }
}

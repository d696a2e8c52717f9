import type { DeploymentSummary, DeploymentView } from '@muster/contracts'
import { Command, Option } from 'commander'
import { usage } from '../failure.ts'
import { paged, showPage, type PageOptions } from '../page.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { printable, sections } from '../text.ts'
import { deploymentTable, explanationOf } from './explanation.ts'
import { policiesOf, shownIn, treesOf } from './trees.ts'

interface ListOptions extends PageOptions {
  readonly status?: string
  readonly model?: string
  readonly version?: string
  readonly environment?: string
  readonly endpoint?: string
}

interface ExplainOptions {
  readonly asOf?: string
  readonly tree?: boolean
  readonly all?: boolean
}

export function deploymentsCommand(terminal: Terminal): Command {
  const group = new Command('deployments').description('What was asked for, how it came out, and why.')
  paged(group.command('list'))
    .description('Deployments, newest first.')
    .addOption(
      new Option('--status <status>', 'only these').choices([
        'waiting',
        'approval-required',
        'cleared',
        'blocked',
        'refused',
        'lapsed',
        'revoked',
      ]),
    )
    .option('--model <name>', 'only of this model')
    .option('--version <name>', 'only of this version')
    .option('--environment <name>', 'only in this environment')
    .option('--endpoint <name>', 'only at this endpoint')
    .addHelpText('after', '\nExamples:\n  muster deployments list --status blocked\n  muster deployments list --model credit --output json')
    .action(async ({ limit, cursor, status, model, version, environment, endpoint }: ListOptions, command: Command) => {
      const query = { limit, cursor, status, model, version, environment, endpoint }
      const filtered = [status, model, version, environment, endpoint].some(filter => filter !== undefined)
      await showPage<DeploymentSummary>(openSession(command, terminal, 'rita'), '/v1/deployments', query, {
        empty: filtered ? 'No deployment is like that.' : 'Nobody has asked for a deployment yet: muster gate does.',
        text: deploymentTable,
      })
    })
  group
    .command('explain')
    .alias('show')
    .description('The decision in sentences, what to do, and what happened. As of any moment.')
    .argument('<id>', 'the id of the deployment, which is that of the intent')
    .option('--as-of <moment>', 'how it stood at a position of the log or at an instant')
    .option('--tree', 'each rule that does not pass as a tree, from what it asks to what was read')
    .option('--all', 'with --tree: each rule that passes too')
    .addHelpText(
      'after',
      '\nExamples:\n  muster deployments explain credit-v1\n  muster deployments explain credit-v1 --tree\n  muster deployments explain credit-v1 --tree --all\n  muster deployments explain credit-v2 --as-of 2026-11-25T09:00:00Z',
    )
    .action(async (id: string, { asOf, tree = false, all = false }: ExplainOptions, command: Command) => {
      const moment = asOf === undefined ? undefined : momentOf(asOf)
      const session = openSession(command, terminal, 'rita')
      const { body } = await session.client.get<DeploymentView>(`/v1/deployments/${encodeURIComponent(id)}`, { asOf: moment })
      const shown = tree ? shownIn(body, all ? 'all' : 'noteworthy') : []
      const policies = await policiesOf(session.client, shown)
      session.show(body, () => printable(sections(explanationOf(body), treesOf(body, shown, policies))))
    })
  return group
}

/** A position as it is; an instant in whichever zone it is written, as the server reads it. */
export function momentOf(text: string): string {
  if (/^\d{1,15}$/.test(text)) return text
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(Date.parse(text)))
    throw usage(`--as-of ${text}: a position of the log is wanted, or an instant such as 2026-11-25T09:00:00Z`)
  return new Date(text).toISOString()
}

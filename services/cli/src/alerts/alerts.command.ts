import { alertKinds, type AlertView, type ViolationView } from '@muster/contracts'
import { Command, Option } from 'commander'
import { violationTable, violationText } from '../deployments/explanation.ts'
import { usage } from '../failure.ts'
import { paged, showPage, type PageOptions } from '../page.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { bullets, fields, instant, printable, sections, table } from '../text.ts'

interface ListOptions extends PageOptions {
  readonly status?: string
  readonly kind?: string
  readonly model?: string
}

interface ViolationOptions extends PageOptions {
  readonly all?: true
  readonly environment?: string
  readonly endpoint?: string
}

export function alertsCommand(terminal: Terminal): Command {
  const group = new Command('alerts').description('What somebody must know: what, why, by which policy, and what to do.')
  paged(group.command('list'))
    .description('Alerts, the one that was raised last first.')
    .addOption(new Option('--status <status>', 'only these').choices(['open', 'resolved']))
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(alertKinds))
    .option('--model <name>', 'only about this model')
    .addHelpText('after', '\nExamples:\n  muster alerts list --status open\n  muster alerts list --kind violation-found --output json')
    .action(async ({ limit, cursor, status, kind, model }: ListOptions, command: Command) => {
      await showPage<AlertView>(
        openSession(command, terminal, 'ana'),
        '/v1/alerts',
        { limit, cursor, status, kind, model },
        {
          empty:
            status === 'open' || (status ?? kind ?? model) === undefined ? 'No alert: nothing needs a look.' : 'No alert is like that.',
          text: alertTable,
        },
      )
    })
  group
    .command('show')
    .description('An alert with the values that decided and the steps to take.')
    .argument('<id>', 'the id of the alert')
    .addHelpText('after', '\nExample:\n  muster alerts show 5c0f…')
    .action(async (id: string, _: unknown, command: Command) => {
      const session = openSession(command, terminal, 'ana')
      const { body } = await session.client.get<AlertView>(`/v1/alerts/${encodeURIComponent(id)}`)
      session.show(body, () => printable(alertText(body, session.client.url)))
    })
  return group
}

export function violationsCommand(terminal: Terminal): Command {
  const group = new Command('violations').description('What runs, or ran, without a clearance.')
  paged(group.command('list'))
    .description('What runs without a clearance, newest first.')
    .option('--all', 'those that are over too')
    .option('--environment <name>', 'only in this environment')
    .option('--endpoint <name>', 'only at this endpoint')
    .addHelpText('after', '\nExample:\n  muster violations list --environment production')
    .action(async ({ limit, cursor, all, environment, endpoint }: ViolationOptions, command: Command) => {
      const open = all === true ? undefined : true
      const query = { limit, cursor, open, environment, endpoint }
      await showPage<ViolationView>(openSession(command, terminal, 'ana'), '/v1/violations', query, {
        empty: 'No violation: all that was seen running is cleared.',
        text: violationTable,
      })
    })
  group
    .command('show')
    .description('What runs, or ran, without a clearance at one place, newest first.')
    .argument('<place>', 'the environment and the endpoint, such as production/credit-desk')
    .addHelpText('after', '\nExample:\n  muster violations show production/credit-desk')
    .action(async (place: string, _: unknown, command: Command) => {
      const [environment, endpoint, ...rest] = place.split('/')
      if (environment === undefined || endpoint === undefined || endpoint === '' || rest.length > 0)
        throw usage(`"${place}" is no place such as production/credit-desk`)
      await showPage<ViolationView>(
        openSession(command, terminal, 'ana'),
        '/v1/violations',
        { environment, endpoint, limit: 500 },
        { empty: `Nothing ran at ${place} without a clearance.`, text: items => items.map(violationText).join('\n\n') },
      )
    })
  return group
}

const alertTable = (items: readonly AlertView[]): string =>
  table(
    ['id', 'status', 'severity', 'kind', 'raised', 'what'],
    items.map(({ id, status, severity, kind, raisedAt, title }) => [id, status, severity, kind, instant(raisedAt), title]),
  )

function alertText(alert: AlertView, server: string): string {
  const { policy, remediation, values, resolvedAt } = alert
  return sections(
    alert.title,
    fields({
      alert: alert.id,
      status: resolvedAt === undefined ? alert.status : `${alert.status} ${instant(resolvedAt)}: ${alert.resolvedBecause ?? ''}`,
      severity: alert.severity,
      kind: alert.kind,
      subject: alert.subject,
      raised: instant(alert.raisedAt),
      version: alert.model === undefined ? undefined : `${alert.model} ${alert.version ?? ''}`.trim(),
      place: alert.environment === undefined ? undefined : `${alert.environment}/${alert.endpoint ?? ''}`,
      artifact: alert.artifact,
      'data sets': alert.datasets.length === 0 ? undefined : alert.datasets.join(', '),
      policy:
        policy === undefined ? undefined : `${policy.id}${policy.rule === undefined ? '' : `/${policy.rule}`} (version ${policy.version})`,
      message: policy?.message,
      by: remediation.by === undefined ? undefined : instant(remediation.by),
    }),
    listed(
      'Values',
      Object.entries(values).map(([path, value]) => `${path} = ${JSON.stringify(value)}`),
    ),
    listed('To do', remediation.steps),
    listed(
      'Links',
      alert.links.map(({ title, href }) => `${title}: ${addressOf(href, server)}`),
    ),
  )
}

/** Links are paths at the server, which may itself stand below a path. */
const addressOf = (href: string, server: string): string => (href.startsWith('/') ? `${server}${href}` : href)

const listed = (title: string, lines: readonly string[]): string | undefined =>
  lines.length === 0 ? undefined : `${title}:\n${bullets(lines)}`

import { policyStatuses, Severity, type PolicyView } from '@muster/contracts'
import { Option, type Command } from 'commander'
import { paged, showPage, type PageOptions } from '../page.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { instant, table } from '../text.ts'

interface Search {
  readonly status?: string
  readonly change?: string
  readonly kind?: string
  readonly mode?: string
  readonly severity?: string
  readonly owner?: string
  readonly tag?: string
  readonly control?: string
  readonly search?: string
}

export function addList(group: Command, terminal: Terminal): void {
  paged(group.command('list'))
    .description('Policies and approval rules, with what is tried and proposed.')
    .addOption(new Option('--status <status>', 'only these').choices(policyStatuses))
    .addOption(
      new Option('--change <status>', 'only those with a change that stands so').choices(['draft', 'changes-requested', 'in-review']),
    )
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(['Policy', 'ApprovalRule']))
    .addOption(new Option('--mode <mode>', 'only in this mode').choices(['enforce', 'warn', 'shadow']))
    .addOption(new Option('--severity <severity>', 'only of this severity').choices(Severity.options))
    .option('--owner <owner>', 'only of this owner, such as group:model-risk')
    .option('--tag <tag>', 'only with this tag, such as data:personal')
    .option('--control <id>', 'only for this control, such as eu-ai-act:art-10, or those that begin so')
    .option('--search <words>', 'only with these words in the id, title, rationale, rules or messages')
    .addHelpText(
      'after',
      `
Examples:
  muster policies list --status in-force
  muster policies list --control eu-ai-act:art-10 --search "licence"`,
    )
    .action(async ({ limit, cursor, ...search }: PageOptions & Search, command: Command) => {
      const isSearch = Object.values(search).some(value => value !== undefined)
      await showPage<PolicyView>(
        openSession(command, terminal, 'omar'),
        '/v1/policies',
        { limit, cursor, ...search },
        { empty: isSearch ? 'No policy is like that.' : 'No policy is loaded: nothing can be cleared.', text: policyTable },
      )
    })
}

const policyTable = (items: readonly PolicyView[]): string =>
  table(
    ['id', 'kind', 'status', 'mode', 'version', 'trial', 'change', 'owner', 'since', 'title'],
    items.map(({ id, kind, status, mode, version, trial, change, owner, effectiveFrom, title }) => [
      id,
      kind,
      status,
      mode,
      version === undefined ? '-' : String(version),
      trial === undefined ? '-' : `version ${trial.version}`,
      change?.status ?? '-',
      owner,
      effectiveFrom === undefined ? '-' : instant(effectiveFrom),
      title,
    ]),
  )

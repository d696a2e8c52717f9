import type { PolicyView } from '@muster/contracts'
import { Command, Option } from 'commander'
import { stringify } from 'yaml'
import type { ExitCode } from '../exit.ts'
import { paged, showPage, type PageOptions } from '../page.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { fields, instant, printable, sections, table } from '../text.ts'
import { addDiff } from './diff.command.ts'
import { addLint } from './lint.command.ts'
import { addTest } from './test.command.ts'

interface ListOptions extends PageOptions {
  readonly status?: string
  readonly kind?: string
}

export function policiesCommand(terminal: Terminal, end: (code: ExitCode) => void): Command {
  const group = new Command('policies').description('What must hold, since when, and until when.')
  paged(group.command('list'))
    .description('Policies and approval rules in their newest versions.')
    .addOption(new Option('--status <status>', 'only these').choices(['in-force', 'retired']))
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(['Policy', 'ApprovalRule']))
    .addHelpText('after', '\nExample:\n  muster policies list --status in-force')
    .action(async ({ limit, cursor, status, kind }: ListOptions, command: Command) => {
      await showPage<PolicyView>(
        openSession(command, terminal, 'omar'),
        '/v1/policies',
        { limit, cursor, status, kind },
        {
          empty: (status ?? kind) === undefined ? 'No policy is loaded: nothing can be cleared.' : 'No policy is like that.',
          text: policyTable,
        },
      )
    })
  group
    .command('show')
    .description('A policy as it is in force, and its text.')
    .argument('<id>', 'the id of the policy')
    .addHelpText('after', '\nExample:\n  muster policies show fairness-disparate-impact')
    .action(async (id: string, _: unknown, command: Command) => {
      const session = openSession(command, terminal, 'omar')
      const { body } = await session.client.get<PolicyView>(`/v1/policies/${encodeURIComponent(id)}`)
      session.show(body, () => printable(policyText(body)))
    })
  group
    .command('retire')
    .description('End a policy: it applies no longer. Removing its file does not do that.')
    .argument('<id>', 'the id of the policy')
    .requiredOption('--reason <text>', 'why; it is kept with your name')
    .addHelpText('after', '\nExample:\n  muster policies retire non-production --reason "Replaced by the rules of the platform team."')
    .action(async (id: string, { reason }: { readonly reason: string }, command: Command) => {
      const session = openSession(command, terminal, 'omar')
      const { status, body } = await session.client.post<PolicyView>(`/v1/policies/${encodeURIComponent(id)}/retirement`, { reason })
      session.show(body, () => `${id} ${status === 201 ? 'is retired and applies no longer' : 'was retired before'}.`)
    })
  addLint(group, terminal, end)
  addTest(group, terminal, end)
  addDiff(group, terminal)
  return group
}

const policyTable = (items: readonly PolicyView[]): string =>
  table(
    ['id', 'kind', 'status', 'mode', 'version', 'owner', 'since', 'title'],
    items.map(({ id, kind, status, mode, version, owner, effectiveFrom, title }) => [
      id,
      kind,
      status,
      mode,
      String(version),
      owner,
      instant(effectiveFrom),
      title,
    ]),
  )

const policyText = (policy: PolicyView): string =>
  sections(
    fields({
      policy: policy.id,
      status: policy.retiredAt === undefined ? policy.status : `${policy.status} ${instant(policy.retiredAt)}`,
      mode: policy.mode,
      version: `${policy.version}, published ${instant(policy.publishedAt)}`,
      digest: policy.digest,
      effective: `from ${instant(policy.effectiveFrom)}${policy.effectiveUntil === undefined ? '' : ` until ${instant(policy.effectiveUntil)}`}`,
    }),
    stringify(inOrder(policy.document), { lineWidth: 120 }).trimEnd(),
  )

/** As people write a policy: what it is first, and what to do last. */
const order = [
  'apiVersion',
  'kind',
  'id',
  'title',
  'owner',
  'rationale',
  'severity',
  'serviceLevel',
  'mode',
  'effective',
  'tags',
  'controls',
]
const then = ['at', 'appliesTo', 'when', 'rules', 'onUnknown', 'needs', 'exclude', 'due']

function inOrder(document: PolicyView['document']): Record<string, unknown> {
  const known = [...order, ...then]
  const place = (name: string): number => (known.includes(name) ? known.indexOf(name) : known.length)
  return Object.fromEntries(Object.entries(document).toSorted(([a], [b]) => place(a) - place(b)))
}

import type { ApprovalSummary, Verdict } from '@muster/contracts'
import { Command, Option } from 'commander'
import { exit } from '../exit.ts'
import { Failure, usage } from '../failure.ts'
import { paged, showPage, type PageOptions } from '../page.ts'
import { openSession } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { printable, sections } from '../text.ts'
import { approvalTable, approvalText } from './approval.text.ts'
import { readApproval, roleFor, sign, violationsOf } from './sign.ts'

interface ListOptions extends PageOptions {
  readonly status?: string
  readonly mine?: true
}

interface SignOptions {
  readonly reason: string
  readonly role?: string
  readonly digest?: string
  readonly yes?: true
}

export const approvalCommands = (terminal: Terminal): Command[] => [
  approvalsCommand(terminal),
  signCommand(terminal, 'approve', 'Agree to a deployment or a policy: to exactly the content of the digest that is shown.'),
  signCommand(terminal, 'reject', 'Refuse a deployment, or send a policy back. One refusal decides.'),
]

function approvalsCommand(terminal: Terminal): Command {
  const group = new Command('approvals').description('What people are asked to agree to.')
  paged(group.command('list'))
    .description('Approvals, the newest request first.')
    .option('--mine', 'only those that you could sign now')
    .addOption(new Option('--status <status>', 'only these').choices(['open', 'granted', 'rejected', 'withdrawn']))
    .addHelpText('after', '\nExamples:\n  muster approvals list --mine\n  muster approvals list --status open --output json')
    .action(async ({ limit, cursor, status, mine }: ListOptions, command: Command) => {
      await showPage<ApprovalSummary>(
        openSession(command, terminal, 'ana'),
        '/v1/approvals',
        { limit, cursor, status, mine },
        {
          empty: mine === true ? 'Nothing waits for your signature.' : 'No approval is like that.',
          text: approvalTable,
        },
      )
    })
  group
    .command('show')
    .description('The question, who may not sign and why, the signatures, and the evidence that is agreed to.')
    .argument('<id>', 'the id of the approval')
    .addHelpText('after', '\nExample:\n  muster approvals show credit-v2.1')
    .action(async (id: string, _: unknown, command: Command) => {
      const session = openSession(command, terminal, 'ana')
      const approval = await readApproval(session.client, id)
      const violations = session.json ? [] : await violationsOf(session.client, approval)
      session.show(approval, () => printable(approvalText(approval, 'all', violations)))
    })
  return group
}

const signCommand = (terminal: Terminal, name: Verdict, description: string): Command =>
  new Command(name)
    .description(description)
    .argument('<id>', 'the id of the approval')
    .requiredOption('--reason <text>', 'why; it is kept with your name')
    .option('--role <role>', 'in which of your roles; the one that is asked, where there is only one')
    .option('--digest <digest>', 'sign this content and no other: the digest that muster approvals show has shown')
    .option('--yes', 'sign what is there now, without being asked')
    .addHelpText(
      'after',
      `
It shows what is signed and asks whether to. Where nobody can be asked, such as in a script, say --digest, or --yes.

Examples:
  muster ${name} credit-v2.1 --reason "The evidence was read; the margin is acceptable for advice."
  muster ${name} credit-v2.1 --digest sha256:5e88… --reason "As agreed in the meeting."`,
    )
    .action(async (id: string, { reason, role, digest, yes }: SignOptions, command: Command) => {
      const { ask } = terminal
      const isSure = digest !== undefined || yes === true
      if (!isSure && ask === undefined)
        throw usage('nobody is there to read before signing: say by --digest what was read, or --yes to sign what is there now')
      const session = openSession(command, terminal, 'ana')
      const approval = await readApproval(session.client, id)
      session.terminal.tell(printable(approvalText(approval, 'noteworthy', await violationsOf(session.client, approval))))
      if (!isSure && ask !== undefined && !/^y(es)?$/i.test((await ask(`\nSign this, to ${name}? [y/N] `)).trim()))
        throw new Failure('it is not signed', exit.no)
      const signature = { verdict: name, role: role ?? roleFor(approval, session.roles), digest: digest ?? approval.digest, reason }
      const { approval: signed, repeated } = await sign(session.client, id, signature)
      session.show(signed, () =>
        printable(
          sections(
            `${repeated ? 'You had signed it so before: ' : ''}${name === 'approve' ? 'approved' : 'rejected'} as ${signature.role}, over ${signature.digest}.`,
            `Approval ${id} is ${signed.status}${signed.status === 'open' ? ': more signatures are needed' : ''}.`,
          ),
        ),
      )
    })

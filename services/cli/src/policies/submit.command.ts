import type { ApprovalView } from '@muster/contracts'
import type { Command } from 'commander'
import { exit } from '../exit.ts'
import { Failure } from '../failure.ts'
import { found } from '../found.ts'
import { ciJob } from '../gate/ci.ts'
import { askedOf, warningOf } from '../gate/report.ts'
import { openSession, type Session } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { bullets, count, printable, sections } from '../text.ts'
import { countsText } from './backtest.text.ts'
import { readProposals, type Standing } from './proposal.ts'
import { compare, prepare, submit, type Compared, type Prepared, type Submitted } from './proposing.ts'

/* Policies on their way to peers. Nothing is decided by them before somebody else has agreed. */

interface SubmitOptions {
  readonly id?: readonly string[]
  readonly author?: readonly string[]
  readonly comment?: string
  readonly yes?: true
}

export function addSubmit(group: Command, terminal: Terminal): void {
  group
    .command('submit')
    .description('Propose policies to their reviewers: what changed is drafted, backtested, shown, and then submitted.')
    .argument('<path>', 'a folder of policies and their cases, or one file')
    .option('--id <ids...>', 'only these policies of it')
    .option('--author <names...>', 'who wrote it, and may not review it; you, and in CI the person who began the run')
    .option('--comment <text>', 'a comment on each, such as why it changes')
    .option('--yes', 'submit without being asked; where nobody can be asked, such as in a script, nobody is')
    .addHelpText(
      'after',
      `
Its own cases must pass, and a backtest over all recorded decisions is shown before you are asked whether to submit.

Example:
  muster policies submit policies/fairness.yaml --comment "After the review of the second quarter."`,
    )
    .action(async (path: string, options: SubmitOptions, command: Command) => {
      const { ask } = terminal
      const proposals = await readProposals(path, terminal, options.id)
      const written = { authors: authorsOf(options.author, terminal), ...(options.comment !== undefined && { comment: options.comment }) }
      const session = sessionOf(command, terminal)
      const compared = await compare(session.client, proposals)
      const open = compared.filter(({ standing }) => isProposed(standing))
      refuseWithoutCases(open)
      const prepared: Prepared[] = []
      for (const one of open) {
        const ready = await prepare(session.client, terminal, one, written)
        terminal.tell(printable(preparedText(ready)))
        prepared.push(ready)
      }
      if (prepared.length > 0 && options.yes !== true && ask !== undefined) {
        const answered = await ask(`\nSubmit ${count(prepared.length, 'policy', 'policies')} for review? [y/N] `)
        if (!/^y(es)?$/i.test(answered.trim())) throw new Failure('nothing is submitted; what was drafted stays a draft', exit.no)
      }
      const submitted: Submitted[] = []
      for (const one of prepared) submitted.push(await submit(session.client, one))
      const left = compared.filter(({ standing }) => !isProposed(standing))
      const asked = await Promise.all(submitted.map(one => askedText(session, one)))
      session.show({ submitted: submitted.map(answerOf), left: left.map(leftOf) }, () =>
        printable(
          sections(asked.join('\n\n'), left.map(leftText).join('\n'), open.length === 0 ? 'Nothing is to be submitted.' : undefined),
        ),
      )
    })
}

const isProposed = (standing: Standing): boolean => !['unchanged', 'in-review', 'other-change'].includes(standing)

export const sessionOf = (command: Command, terminal: Terminal): Session =>
  openSession(command, terminal, ciJob(terminal.env) === undefined ? 'omar' : 'ci')

/** A person who sends it is an author anyway. */
export function authorsOf(named: readonly string[] | undefined, { env }: Pick<Terminal, 'env'>): readonly string[] {
  const person = ciJob(env)?.person
  return named ?? (person === undefined ? [] : [person])
}

/** @throws Failure that names those without. */
export function refuseWithoutCases(proposed: readonly Compared[]): void {
  const without = proposed.filter(({ proposal }) => proposal.cases.cases.length === 0).map(({ proposal }) => proposal.id)
  if (without.length === 0) return
  const one = without.length === 1
  throw new Failure(
    `${without.join(', ')} ${one ? 'has' : 'have'} no cases: reviewers want to see at least one that says what must come out, in a file that ends in .cases.yaml`,
    exit.no,
  )
}

export const preparedText = ({ proposal, view, differences, backtest }: Prepared): string =>
  sections(
    `${proposal.id} ${view === undefined ? 'is new' : 'changes'}:\n${bullets(differences)}`,
    `${count(proposal.cases.cases.length, 'case comes', 'cases come')} out as expected.\nBacktest ${backtest.id}: ${countsText(backtest)}; ${count(backtest.runningViolations, 'deployment that runs', 'deployments that run')} would violate it.`,
  )

/** Whom it waits for: as the approval says, once it stands. */
async function askedText({ client }: Session, { proposal, change, position }: Submitted): Promise<string> {
  const { approvalId = '', needs = [] } = change
  const answer = await found(client.get<ApprovalView>(`/v1/approvals/${encodeURIComponent(approvalId)}`, { after: position }))
  const approval = answer?.body
  const asked = askedOf({ id: approvalId, needs, excluded: approval?.excluded ?? [] })
  const warning = approval === undefined ? undefined : warningOf(approval)
  return `${proposal.id} is in review: ${asked}.${warning === undefined ? '' : `\n${warning}`}\nReviewers read it by: muster approvals show ${approvalId}`
}

export const answerOf = ({ proposal, change, differences, backtest }: Submitted) => ({
  id: proposal.id,
  digest: proposal.digest,
  approvalId: change.approvalId,
  needs: change.needs,
  differences,
  backtest,
})

export const leftOf = ({ proposal, standing }: Compared) => ({ id: proposal.id, standing })

export function leftText({ proposal: { id }, standing, view }: Compared): string {
  switch (standing) {
    case 'new':
    case 'changed':
    case 'drafted':
      return `${id} is to be submitted.`
    case 'unchanged':
      return `${id} is unchanged.`
    case 'in-review':
      return `${id} is in review already: approval ${view?.change?.approvalId ?? 'unknown'}.`
    case 'sent-back':
      return `${id} was sent back by a reviewer and says the same still; who said no, and why: muster approvals show ${view?.change?.approvalId ?? 'unknown'}`
    case 'other-change':
      return `${id} says what is in the catalogue, and another change of it is open: muster policies show ${id} --draft`
    case 'retired':
      return `${id} is retired and says the same still: muster policies submit brings it back.`
  }
}

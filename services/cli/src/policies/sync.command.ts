import type { Page, PolicyView } from '@muster/contracts'
import type { Command } from 'commander'
import type { Client } from '../client.ts'
import type { Terminal } from '../terminal.ts'
import { bullets, count, printable, sections } from '../text.ts'
import { countsText } from './backtest.text.ts'
import { readProposals, type Standing } from './proposal.ts'
import { compare, prepare, submit, type Compared, type Submitted } from './proposing.ts'
import { answerOf, authorsOf, leftOf, leftText, refuseWithoutCases, sessionOf } from './submit.command.ts'

/*
 * A repository of policies beside the catalogue. What differs becomes a submitted draft, for reviewers to decide; nothing is published, and
 * nothing is retired. Run again it finds nothing to do, whatever reviewers have done meanwhile.
 */

interface SyncOptions {
  readonly author?: readonly string[]
  readonly comment?: string
  readonly dryRun?: true
}

export function addSync(group: Command, terminal: Terminal): void {
  group
    .command('sync')
    .description('Bring a repository of policies: what changed is submitted for review, all else is left as it is.')
    .argument('<folder>', 'a folder of policies and their cases')
    .option('--author <names...>', 'who wrote it, and may not review it; you, and in CI the person who began the run')
    .option('--comment <text>', 'a comment on each that is submitted, such as the commit')
    .option('--dry-run', 'say what would be submitted; nothing is recorded')
    .addHelpText(
      'after',
      `
It never goes round review, and retires nothing: what the folder no longer has is named.

Exit codes: 0 submitted, or nothing to do · 1 something is wrong with the files · the others as everywhere

Example:
  muster policies sync policies/ --author "$COMMIT_AUTHOR" --comment "$COMMIT_SHA"`,
    )
    .action(async (path: string, { author, comment, dryRun }: SyncOptions, command: Command) => {
      const proposals = await readProposals(path, terminal)
      const session = sessionOf(command, terminal)
      const { client } = session
      const compared = await compare(client, proposals)
      const proposed = compared.filter(({ standing }) => isProposed(standing))
      const left = compared.filter(({ standing }) => !isProposed(standing))
      refuseWithoutCases(proposed)
      const missing = await withoutFile(client, new Set(proposals.map(({ id }) => id)))
      if (dryRun === true) {
        const answer = { dryRun, proposed: proposed.map(plannedOf), left: left.map(leftOf), missing }
        return session.show(answer, () =>
          printable(sections(...proposed.map(plannedText), restText(left, missing), planText(proposed.length))),
        )
      }
      const written = { authors: authorsOf(author, terminal), ...(comment !== undefined && { comment }) }
      const submitted: Submitted[] = []
      for (const one of proposed) submitted.push(await submit(client, await prepare(client, terminal, one, written)))
      const answer = { submitted: submitted.map(answerOf), left: left.map(leftOf), missing }
      session.show(answer, () => printable(sections(...submitted.map(submittedText), restText(left, missing), doneText(submitted.length))))
    })
}

/** What reviewers sent back, and what was retired, comes again by a person, or with another text. */
const isProposed = (standing: Standing): boolean => ['new', 'changed', 'drafted'].includes(standing)

/** Ids of what decides, is tried or is proposed, and has no file. */
async function withoutFile(client: Client, known: ReadonlySet<string>): Promise<readonly string[]> {
  const missing: string[] = []
  for (let cursor: string | undefined; ;) {
    const { body } = await client.get<Page<PolicyView>>('/v1/policies', { limit: 500, cursor })
    for (const { id, status } of body.items) if (!known.has(id) && status !== 'retired' && status !== 'discarded') missing.push(id)
    if (body.next === undefined) return missing.toSorted()
    cursor = body.next
  }
}

const plannedOf = ({ proposal, standing, differences }: Compared) => ({ id: proposal.id, digest: proposal.digest, standing, differences })
const plannedText = ({ proposal, standing, differences }: Compared): string =>
  `${proposal.id} would be submitted (${standing}):\n${bullets(differences)}`

const submittedText = ({ proposal, change, differences, backtest }: Submitted): string =>
  sections(
    `${proposal.id} is submitted: approval ${change.approvalId ?? 'unknown'} asks for ${(change.needs ?? []).map(({ role, count: people }) => `${people} × ${role}`).join(', ')}\n${bullets(differences)}`,
    `Backtest ${backtest.id}: ${countsText(backtest)}.`,
  )

const restText = (left: readonly Compared[], missing: readonly string[]): string =>
  [
    ...left.filter(({ standing }) => standing !== 'unchanged').map(leftText),
    ...(missing.length === 0 ? [] : [withoutFileText(missing)]),
  ].join('\n')

const withoutFileText = (ids: readonly string[]): string =>
  ids.length === 1
    ? `${ids.join()} has no file: it stays as it is until somebody retires it.`
    : `${ids.length} policies have no file, and stay as they are until somebody retires them: ${ids.join(', ')}.`

const planText = (number: number): string =>
  number === 0
    ? 'Nothing is to be submitted.'
    : `${count(number, 'policy', 'policies')} would be submitted for review. Nothing is recorded.`
const doneText = (number: number): string =>
  number === 0 ? 'Nothing is to be submitted.' : `${count(number, 'policy is', 'policies are')} in review.`

import type { PolicyDifference } from '@muster/contracts'
import { differencesBetween, type DocumentDifference } from '@muster/policy'
import type { Command } from 'commander'
import { usage } from '../failure.ts'
import { openSession, type GlobalOptions } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { bullets, count, printable, sections } from '../text.ts'
import { documentsOf } from './documents.ts'
import { pathOf } from './proposing.ts'

/* Two states of policies beside each other, in words. That they differ is an answer and no failure. */

interface Contents {
  readonly from?: string
  readonly to?: string
}

export function addDiff(group: Command, terminal: Terminal): void {
  group
    .command('diff')
    .description('Say in words what differs: between two files or folders of policies, or two contents of one policy at a server.')
    .argument('<before>', 'a folder of policies, or one file; alone, the id of a policy at the server')
    .argument('[after]', 'another folder or file; then no server is asked')
    .option('--from <content>', 'a version of the policy at the server; the one before')
    .option('--to <content>', 'a version, or draft; the draft when there is one, else the newest version')
    .addHelpText(
      'after',
      `
Examples:
  muster policies diff infra/policies/starter policies/
  muster policies diff fairness-disparate-impact --from 1 --to draft`,
    )
    .action(async (before: string, after: string | undefined, { from, to }: Contents, command: Command) => {
      if (after === undefined) {
        const session = openSession(command, terminal, 'omar')
        const { body } = await session.client.get<PolicyDifference>(`${pathOf(before)}/differences`, { from, to })
        return session.show(body, () => printable(contentsText(body)))
      }
      if ((from ?? to) !== undefined) throw usage('--from and --to are about a policy at the server: give its id alone')
      const differences = differencesBetween(await documentsOf(before, terminal.cwd), await documentsOf(after, terminal.cwd))
      const isJson = command.optsWithGlobals<GlobalOptions>().output === 'json'
      terminal.print(isJson ? JSON.stringify(differences, undefined, 2) : printable(differenceText(differences)))
    })
}

const contentsText = ({ id, from, to, sentences }: PolicyDifference): string => {
  const [one, other] = [from, to].map(name => (name === 'draft' ? 'the draft' : `version ${name}`))
  if (sentences.length === 0) return `Nothing differs between ${one} and ${other} of ${id}.`
  return `${id}, from ${one} to ${other}:\n${bullets(sentences)}`
}

function differenceText(differences: readonly DocumentDifference[]): string {
  if (differences.length === 0) return 'Nothing differs.'
  const tally = (['added', 'removed', 'changed'] as const).map(kind => `${differences.filter(each => each.kind === kind).length} ${kind}`)
  return sections(
    ...differences.map(({ id, kind, sentences }) => `${id} is ${kind}\n${bullets(sentences)}`),
    `${count(differences.length, 'policy differs', 'policies differ')}: ${tally.join(', ')}.`,
  )
}

import { factsSchema, type PolicyDocument } from '@muster/contracts'
import { differencesBetween, examinePolicyFiles, formatDiagnostic, type DocumentDifference } from '@muster/policy'
import type { Command } from 'commander'
import { usage } from '../failure.ts'
import type { GlobalOptions } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { bullets, count, printable, sections } from '../text.ts'
import { readPolicyFolder } from './policy-folder.ts'

/* Two states of policies beside each other, in words. That they differ is an answer and no failure. */

export function addDiff(group: Command, terminal: Terminal): void {
  group
    .command('diff')
    .description('Say in words what differs between two files or folders of policies. No server is asked.')
    .argument('<before>', 'a folder of policies, or one file')
    .argument('<after>', 'another')
    .addHelpText('after', '\nExample:\n  muster policies diff infra/policies/starter policies/')
    .action(async (before: string, after: string, _: unknown, command: Command) => {
      const differences = differencesBetween(await documentsOf(before, terminal.cwd), await documentsOf(after, terminal.cwd))
      const isJson = command.optsWithGlobals<GlobalOptions>().output === 'json'
      terminal.print(isJson ? JSON.stringify(differences, undefined, 2) : printable(differenceText(differences)))
    })
}

async function documentsOf(path: string, cwd: string): Promise<readonly PolicyDocument[]> {
  const { policies } = await readPolicyFolder(path, cwd)
  if (policies.length === 0) throw usage(`${path} has no files that end in .yaml or .yml`)
  const { sources, errors } = examinePolicyFiles(policies, factsSchema)
  if (errors.length > 0) throw usage(`${path} cannot be compared:\n${printable(errors.map(formatDiagnostic).join('\n'))}`)
  return sources.map(({ document }) => document)
}

function differenceText(differences: readonly DocumentDifference[]): string {
  if (differences.length === 0) return 'Nothing differs.'
  const tally = (['added', 'removed', 'changed'] as const).map(kind => `${differences.filter(each => each.kind === kind).length} ${kind}`)
  return sections(
    ...differences.map(({ id, kind, sentences }) => `${id} is ${kind}\n${bullets(sentences)}`),
    `${count(differences.length, 'policy differs', 'policies differ')}: ${tally.join(', ')}.`,
  )
}

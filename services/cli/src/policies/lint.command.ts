import { factsSchema } from '@muster/contracts'
import { examinePolicyFiles, formatDiagnostic, type ExaminedFiles } from '@muster/policy'
import type { Command } from 'commander'
import { exit, type ExitCode } from '../exit.ts'
import { usage } from '../failure.ts'
import type { GlobalOptions } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { count, printable, sections } from '../text.ts'
import { readPolicyFolder } from './policy-folder.ts'
import { writeReport } from '../files.ts'
import { sarifOf } from './sarif.ts'

/* What a start would say about a folder of policies, said without a server. */

export function addLint(group: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  group
    .command('lint')
    .description('Say all that is wrong in files of policies, as the start of a server would. No server is asked.')
    .argument('<path>', 'a folder of policies, or one file')
    .option('--sarif <file>', 'write it as SARIF 2.1.0 too, for a code host')
    .addHelpText('after', '\nExample:\n  muster policies lint policies/')
    .action(async (path: string, { sarif }: { readonly sarif?: string }, command: Command) => {
      const { policies: files } = await readPolicyFolder(path, terminal.cwd)
      if (files.length === 0) throw usage(`${path} has no files that end in .yaml or .yml`)
      const examined = examinePolicyFiles(files, factsSchema)
      const { errors, warnings, sources } = examined
      if (sarif !== undefined)
        await writeReport(sarif, terminal.cwd, `${JSON.stringify(sarifOf([...errors, ...warnings]), undefined, 2)}\n`)
      const answer = { files: files.length, policies: sources.map(({ document }) => document.id), errors, warnings }
      const isJson = command.optsWithGlobals<GlobalOptions>().output === 'json'
      terminal.print(isJson ? JSON.stringify(answer, undefined, 2) : printable(lintText(files.length, examined)))
      if (errors.length > 0) end(exit.no)
    })
}

const lintText = (files: number, { sources, errors, warnings }: ExaminedFiles): string =>
  sections(
    [...errors, ...warnings].map(formatDiagnostic).join('\n'),
    errors.length > 0
      ? `${count(errors.length, 'error')}: a server would not start with this.`
      : `${count(sources.length, 'policy', 'policies')} in ${count(files, 'file')}: nothing is wrong.`,
  )

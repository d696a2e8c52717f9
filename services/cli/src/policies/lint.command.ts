import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import { factsSchema } from '@muster/contracts'
import { examinePolicyFiles, formatDiagnostic, type ExaminedFiles, type PolicyFile } from '@muster/policy'
import type { Command } from 'commander'
import { exit, type ExitCode } from '../exit.ts'
import { usage } from '../failure.ts'
import type { GlobalOptions } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { count, printable, sections } from '../text.ts'

/* What a start would say about a folder of policies, said without a server. */

export function addLint(group: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  group
    .command('lint')
    .description('Say all that is wrong in files of policies, as the start of a server would. No server is asked.')
    .argument('<path>', 'a folder of policies, or one file')
    .addHelpText('after', '\nExample:\n  muster policies lint policies/')
    .action(async (path: string, _: unknown, command: Command) => {
      const files = await filesOf(path, terminal.cwd)
      if (files.length === 0) throw usage(`${path} has no files that end in .yaml or .yml`)
      const examined = examinePolicyFiles(files, factsSchema)
      const { errors, warnings, sources } = examined
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

/** As a server reads them: YAML at any depth, in the order of their names, and nothing that begins with a dot. */
async function filesOf(path: string, cwd: string): Promise<PolicyFile[]> {
  const at = resolve(cwd, path)
  const read = async (name: string, file: string): Promise<PolicyFile> => ({ name, text: await readFile(file, 'utf8') })
  try {
    if (!(await stat(at)).isDirectory()) return [await read(path, at)]
    const names = (await readdir(at, { recursive: true }))
      .filter(name => ['.yaml', '.yml'].includes(extname(name)) && !name.split(/[/\\]/).some(part => part.startsWith('.')))
      .toSorted()
    return await Promise.all(names.map(name => read(join(path, name), join(at, name))))
  } catch (error) {
    throw usage(`${path} cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : String(error)})`)
  }
}

import { factsSchema } from '@muster/contracts'
import { compileAll, examinePolicyFiles, formatDiagnostic, runCases, withoutCase, type CaseResult } from '@muster/policy'
import type { Command } from 'commander'
import { exit, type ExitCode } from '../exit.ts'
import { usage } from '../failure.ts'
import type { GlobalOptions } from '../session.ts'
import type { Terminal } from '../terminal.ts'
import { count, printable, sections } from '../text.ts'
import { readCases } from './cases.ts'
import { junitOf } from './junit.ts'
import { readPolicyFolder } from './policy-folder.ts'
import { writeReport } from '../files.ts'

/* The cases beside policies, run without a server. What cannot be run is wrong usage; what comes out otherwise is a no. */

export function addTest(group: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  group
    .command('test')
    .description('Run the cases beside policies: <name>.cases.yaml says what <name>.yaml must answer. No server is asked.')
    .argument('<path>', 'a folder of policies and their cases, or one file')
    .option('--junit <file>', 'write the results as JUnit XML too, for CI')
    .addHelpText('after', '\nExample:\n  muster policies test policies/ --junit policies.xml')
    .action(async (path: string, { junit }: { readonly junit?: string }, command: Command) => {
      const folder = await readPolicyFolder(path, terminal.cwd)
      const { sources, errors } = examinePolicyFiles(folder.policies, factsSchema)
      const { cases, problems } = await readCases(folder.cases, terminal.cwd)
      const wrong = [...errors.map(formatDiagnostic), ...problems.map(problem => `cases ${problem}`)]
      if (wrong.length > 0) throw usage(`the cases in ${path} cannot be run:\n${printable(wrong.join('\n'))}`)
      if (cases.length === 0) throw usage(`${path} has no cases: they stand in files that end in .cases.yaml`)

      const compiled = compileAll(sources)
      const results = runCases(cases, compiled)
      if (junit !== undefined) await writeReport(junit, terminal.cwd, junitOf(results))
      const untried = { pass: withoutCase(cases, compiled, 'pass'), fail: withoutCase(cases, compiled, 'fail') }
      const answer = { policies: sources.length, cases: results, untried }
      const isJson = command.optsWithGlobals<GlobalOptions>().output === 'json'
      terminal.print(isJson ? JSON.stringify(answer, undefined, 2) : printable(resultText(results, untried)))
      if (results.some(isBad)) end(exit.no)
    })
}

const isBad = ({ differences }: CaseResult): boolean => differences.length > 0

function resultText(results: readonly CaseResult[], { pass, fail }: Readonly<Record<'pass' | 'fail', readonly string[]>>): string {
  const bad = results.filter(isBad).length
  return sections(
    results.flatMap(lines).join('\n'),
    [
      ...(pass.length > 0 ? [`No case shows that it passes: ${pass.join(', ')}`] : []),
      ...(fail.length > 0 ? [`No case shows that it fails: ${fail.join(', ')}`] : []),
    ].join('\n'),
    `${count(results.length, 'case')}: ${results.length - bad} as expected, ${bad} not.`,
  )
}

function lines(result: CaseResult): readonly string[] {
  const { policy, name, file, line, differences } = result
  if (!isBad(result)) return [`ok    ${policy}: ${name}`]
  return [
    `FAIL  ${policy}: ${name}  (${file}:${line})`,
    ...differences.flatMap(({ text, because }) => [`        ${text}`, ...because.map(reason => `          ${reason}`)]),
  ]
}

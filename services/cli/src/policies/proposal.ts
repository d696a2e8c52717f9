import { createHash } from 'node:crypto'
import { canonicalJson, factsSchema, PolicyCases, type PolicyDocument, type PolicyView } from '@muster/contracts'
import { casesFor, compileAll, differencesBetween, examinePolicyFiles, formatDiagnostic, runCases, type CaseResult } from '@muster/policy'
import { exit } from '../exit.ts'
import { Failure, usage } from '../failure.ts'
import type { Terminal } from '../terminal.ts'
import { bullets, printable } from '../text.ts'
import { readCases } from './cases.ts'
import { readPolicyFolder } from './policy-folder.ts'

/* What files propose: each document with its cases, and how it stands beside what the server has. */

export interface Proposal {
  readonly id: string
  readonly document: PolicyDocument
  readonly digest: string
  readonly cases: PolicyCases
}

/**
 * Every policy of the files, or those with these ids, without an error and with all their cases as expected.
 * @throws Failure that says all that is wrong with them.
 */
export async function readProposals(path: string, { cwd, tell }: Terminal, ids?: readonly string[]): Promise<readonly Proposal[]> {
  const folder = await readPolicyFolder(path, cwd)
  if (folder.policies.length === 0) throw usage(`${path} has no files that end in .yaml or .yml`)
  const { sources, errors, warnings } = examinePolicyFiles(folder.policies, factsSchema)
  const { cases, problems } = await readCases(folder.cases, cwd)
  const wrong = [...errors.map(formatDiagnostic), ...problems.map(problem => `cases ${problem}`)]
  if (wrong.length > 0) throw no(`the policies in ${path} are not good:`, wrong)
  for (const warning of warnings) tell(printable(formatDiagnostic(warning)))

  const strangers = (ids ?? []).filter(id => !sources.some(({ document }) => document.id === id))
  if (strangers.length > 0) throw usage(`${path} has no policy ${strangers.join(', ')}`)
  const chosen = sources.filter(({ document }) => ids === undefined || ids.includes(document.id))
  const known = new Set(chosen.map(({ document }) => document.id))
  const results = runCases(
    cases.filter(({ policy }) => ids === undefined || known.has(policy)),
    compileAll(sources),
  )
  const failed = results.filter(({ differences }) => differences.length > 0)
  if (failed.length > 0) throw no(`cases in ${path} do not come out as expected:`, failed.map(inWords))
  return chosen.map(({ document }) => ({
    id: document.id,
    document,
    digest: digestOf(document),
    cases: withinBounds(document.id, casesFor(document.id, { cases })),
  }))
}

const no = (what: string, lines: readonly string[]): Failure => new Failure(`${what}\n${printable(bullets(lines))}`, exit.no)

const inWords = ({ policy, name, file, line, differences }: CaseResult): string =>
  `${file}:${line}  ${policy}: ${name}: ${differences.map(({ text }) => text).join('; ')}`

function withinBounds(id: string, cases: PolicyCases): PolicyCases {
  const parsed = PolicyCases.safeParse(cases)
  if (parsed.success) return cases
  throw no(
    `the cases of ${id} cannot be sent:`,
    parsed.error.issues.map(({ path, message }) => [...path.map(String), message].join(': ')),
  )
}

export const digestOf = (document: PolicyDocument): string => `sha256:${createHash('sha256').update(canonicalJson(document)).digest('hex')}`

/**
 * How a proposal stands: `new` and `changed` are for review; `drafted` is open as it is and not yet submitted; `other-change` says what the
 * newest version says, while somebody else proposes another.
 */
export type Standing = 'new' | 'changed' | 'drafted' | 'in-review' | 'sent-back' | 'unchanged' | 'other-change' | 'retired'

export function standingOf({ digest, cases }: Pick<Proposal, 'digest' | 'cases'>, view: PolicyView | undefined): Standing {
  if (view === undefined) return 'new'
  const { change, retiredAt } = view
  if (change?.digest === digest) {
    const isSame = canonicalJson(change.cases ?? { cases: [] }) === canonicalJson(cases)
    if (change.status === 'draft' || !isSame) return 'drafted'
    return change.status === 'in-review' ? 'in-review' : 'sent-back'
  }
  if (newestOf(view)?.digest !== digest) return 'changed'
  if (change !== undefined) return 'other-change'
  return retiredAt === undefined ? 'unchanged' : 'retired'
}

/** The newest version, tried or in effect; nothing while none was published. */
export function newestOf({
  trial,
  version,
  document,
  digest,
}: PolicyView): Pick<PolicyView, 'document' | 'digest' | 'version'> | undefined {
  if (trial !== undefined) return trial
  return version === undefined ? undefined : { document, digest, version }
}

/** What a proposal changes of the newest version; of what is new, what it says. */
export function differencesFrom(view: PolicyView | undefined, document: PolicyDocument): readonly string[] {
  const newest = view === undefined ? undefined : newestOf(view)
  return differencesBetween(newest === undefined ? [] : [newest.document], [document])[0]?.sentences ?? []
}

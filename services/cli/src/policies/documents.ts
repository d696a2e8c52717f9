import { factsSchema, type PolicyDocument } from '@muster/contracts'
import { examinePolicyFiles, formatDiagnostic } from '@muster/policy'
import { usage } from '../failure.ts'
import { printable } from '../text.ts'
import { readPolicyFolder } from './policy-folder.ts'

/** What the policies of a folder or file say, whatever their cases do. @throws Failure where one has an error. */
export async function documentsOf(path: string, cwd: string): Promise<readonly PolicyDocument[]> {
  const { policies } = await readPolicyFolder(path, cwd)
  if (policies.length === 0) throw usage(`${path} has no files that end in .yaml or .yml`)
  const { sources, errors } = examinePolicyFiles(policies, factsSchema)
  if (errors.length > 0) throw usage(`the policies in ${path} are not good:\n${printable(errors.map(formatDiagnostic).join('\n'))}`)
  return sources.map(({ document }) => document)
}

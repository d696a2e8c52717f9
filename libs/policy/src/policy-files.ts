import type { FactsSchema, PolicyDocument } from '@muster/contracts'
import { parsePolicyText, type FileDiagnostic } from './policy-text.ts'

/*
 * A folder of policies, read as a whole: what is wrong in any of its files is said at once, each by file, line and column. What stands in a
 * file with an error is not taken, for nobody knows what its author meant.
 */

export interface PolicyFile {
  readonly name: string
  readonly text: string
}

export interface PolicySource {
  readonly document: PolicyDocument
  readonly file: string
  readonly line: number
}

export interface ExaminedFiles {
  readonly sources: readonly PolicySource[]
  readonly errors: readonly FileDiagnostic[]
  readonly warnings: readonly FileDiagnostic[]
  /** Files of which something was not taken. */
  readonly leftOut: readonly string[]
}

/** Of two documents with one id the first counts, and the second is an error. */
export function examinePolicyFiles(files: readonly PolicyFile[], schema: FactsSchema): ExaminedFiles {
  const sources = new Map<string, PolicySource>()
  const errors: FileDiagnostic[] = []
  const warnings: FileDiagnostic[] = []
  const leftOut = new Set<string>()
  for (const { name, text } of files) {
    const parsed = parsePolicyText(text, name, schema)
    if (!parsed.ok) {
      errors.push(...parsed.diagnostics.filter(({ severity }) => severity === 'error'))
      warnings.push(...parsed.diagnostics.filter(({ severity }) => severity === 'warning'))
      leftOut.add(name)
      continue
    }
    for (const { document, line, warnings: found } of parsed.documents) {
      warnings.push(...found)
      const earlier = sources.get(document.id)
      if (earlier === undefined) {
        sources.set(document.id, { document, file: name, line })
        continue
      }
      errors.push(errorAt({ file: name, line }, `"${document.id}" is the id of the policy in ${earlier.file}:${earlier.line} already`))
      leftOut.add(name)
    }
  }
  return { sources: [...sources.values()], errors, warnings, leftOut: [...leftOut] }
}

/** About the whole of a document. */
export const errorAt = ({ file, line }: Pick<PolicySource, 'file' | 'line'>, message: string): FileDiagnostic => ({
  severity: 'error',
  message,
  file,
  line,
  column: 1,
})

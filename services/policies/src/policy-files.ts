import { factsSchema, type PolicyDocument } from '@muster/contracts'
import type { PolicyState } from '@muster/domain'
import { formatDiagnostic, parsePolicyText } from '@muster/policy'

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

export interface Examined {
  readonly sources: readonly PolicySource[]
  /** Sentences, each with its place. */
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
  /** Files of which something was not taken. */
  readonly leftOut: readonly string[]
}

/** Of two documents with one id the first counts, and the second is an error. */
export function examine(files: readonly PolicyFile[]): Examined {
  const sources = new Map<string, PolicySource>()
  const errors: string[] = []
  const warnings: string[] = []
  const leftOut = new Set<string>()
  for (const { name, text } of files) {
    const parsed = parsePolicyText(text, name, factsSchema)
    if (!parsed.ok) {
      errors.push(...parsed.diagnostics.map(formatDiagnostic))
      leftOut.add(name)
      continue
    }
    for (const { document, line, warnings: found } of parsed.documents) {
      warnings.push(...found.map(formatDiagnostic))
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

export const errorAt = ({ file, line }: Pick<PolicySource, 'file' | 'line'>, message: string): string =>
  formatDiagnostic({ severity: 'error', message, file, line, column: 1 })

/** Ids of policies in force that none of the sources has. */
export function withoutSource(catalogue: ReadonlyMap<string, PolicyState>, sources: readonly PolicySource[]): readonly string[] {
  const ids = new Set(sources.map(({ document }) => document.id))
  return [...catalogue].filter(([id, { status }]) => status === 'published' && !ids.has(id)).map(([id]) => id)
}

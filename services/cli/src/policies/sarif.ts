import { sep } from 'node:path'
import type { FileDiagnostic } from '@muster/policy'

/* Diagnostics as SARIF 2.1.0, which code hosts show beside the lines of a change. */

const rules = [
  { id: 'policy-error', shortDescription: { text: 'A server would not start with this.' }, defaultConfiguration: { level: 'error' } },
  { id: 'policy-warning', shortDescription: { text: 'Probably not what was meant.' }, defaultConfiguration: { level: 'warning' } },
] as const

export const sarifOf = (diagnostics: readonly FileDiagnostic[]) => ({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'muster policies lint', rules } },
      // Columns are counted as editors do that count UTF-16 units.
      columnKind: 'utf16CodeUnits',
      results: diagnostics.map(resultOf),
    },
  ],
})

function resultOf({ file, line, column, length, message, severity, suggestion }: FileDiagnostic) {
  const region = { startLine: line, startColumn: column, ...(length !== undefined && { endColumn: column + length }) }
  return {
    ruleId: `policy-${severity}`,
    level: severity,
    message: { text: suggestion === undefined ? message : `${message}; did you mean "${suggestion}"?` },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, region } }],
  }
}

/** Relative to where the command ran, as the hosts expect. */
const uriOf = (file: string): string => file.split(sep).map(encodeURIComponent).join('/')

import type { FactsSchema, PolicyDocument } from '@muster/contracts'
import { isMap, isNode, isScalar, type Document } from 'yaml'
import { inOrder, lineStartsOf, positionAt, type Diagnostic, type Problem } from './diagnostic.ts'
import { analyseDocument, analyseLoosely, type LocatedProblems } from './document.ts'
import { shapeOf, type ShapeProblem } from './document-shape.ts'
import { offsetsOf } from './scalar-offsets.ts'
import { readYaml, type YamlDocument } from './yaml-text.ts'

/*
 * A file of policies: one or more YAML documents. All that is wrong with syntax, shape and expressions is said at once,
 * each where it stands in the file, inside of multi-line expressions too.
 */

export interface FileDiagnostic extends Diagnostic {
  readonly file: string
}

export interface ParsedDocument {
  readonly document: PolicyDocument
  /** As it stands in the file. */
  readonly source: string
  readonly line: number
  readonly warnings: readonly FileDiagnostic[]
}

export type PolicyText =
  | { readonly ok: true; readonly documents: readonly ParsedDocument[] }
  | { readonly ok: false; readonly diagnostics: readonly FileDiagnostic[] }

interface Examined {
  readonly parsed?: Omit<ParsedDocument, 'warnings'>
  readonly problems: readonly Problem[]
}

/** `file` is only said, never opened. */
export function parsePolicyText(text: string, file: string, schema: FactsSchema): PolicyText {
  const { documents, problems } = readYaml(text)
  const lineStarts = lineStartsOf(text, documents.length === 0 ? Math.max(0, ...problems.map(({ end }) => end)) : text.length)
  const diagnose = (problems: readonly Problem[]): readonly FileDiagnostic[] =>
    inOrder(problems).map(problem => located(problem, file, lineStarts))

  if (problems.length > 0) return { ok: false, diagnostics: diagnose(problems) }
  const ids = new Set<string>()
  const examined = documents.map((document): Examined => {
    const { yaml } = document
    const result = examine(document, text, lineStarts, schema)
    const id = result.parsed?.document.id
    if (id === undefined || !ids.has(id)) {
      if (id !== undefined) ids.add(id)
      return result
    }
    return { ...result, problems: [...result.problems, problemAt(yaml, ['id'], `the file has two documents "${id}"`)] }
  })
  const all = examined.flatMap(result => result.problems)
  if (all.some(({ severity }) => severity === 'error')) return { ok: false, diagnostics: diagnose(all) }
  return {
    ok: true,
    documents: examined.flatMap(result => (result.parsed ? [{ ...result.parsed, warnings: diagnose(result.problems) }] : [])),
  }
}

/** `policy fairness.yaml:12:11  unknown fact "evaluation.fairnes"; did you mean "evaluation.fairness"?` */
export function formatDiagnostic({ file, line, column, message, suggestion, severity }: FileDiagnostic): string {
  const hint = suggestion === undefined ? '' : `; did you mean "${suggestion}"?`
  return `policy ${file}:${line}:${column}  ${severity === 'warning' ? 'warning: ' : ''}${message}${hint}`
}

function examine({ yaml, problems, reading }: YamlDocument, text: string, lineStarts: readonly number[], schema: FactsSchema): Examined {
  if (reading === 'none') return { problems }
  if (reading === 'parts') return { problems: [...problems, ...apartFrom(problems, expressionsIn(yaml, text, schema))] }
  const { parsed, problems: found } = examineWhole(yaml, text, lineStarts, schema)
  return { ...(parsed !== undefined && { parsed }), problems: [...problems, ...found] }
}

/** What is wrong with expressions that no problem of the YAML touches. */
function apartFrom(problems: readonly Problem[], found: readonly ScalarProblems[]): readonly Problem[] {
  return found.flatMap(({ from, to, problems: inner }) =>
    problems.some(({ start, end }) => start <= to && Math.max(start, end) >= from) ? [] : inner,
  )
}

interface ScalarProblems {
  readonly from: number
  readonly to: number
  readonly problems: readonly Problem[]
}

function expressionsIn(yaml: Document.Parsed, text: string, schema: FactsSchema): readonly ScalarProblems[] {
  return analyseLoosely(yaml.toJS({ maxAliasCount: 0 }), schema).map(problems => {
    const scalar = yaml.getIn(problems.path, true)
    const [from, , to] = isScalar(scalar) && scalar.range ? scalar.range : [0, 0, text.length]
    return { from, to, problems: moved(yaml, text, problems) }
  })
}

function examineWhole(yaml: Document.Parsed, text: string, lineStarts: readonly number[], schema: FactsSchema): Examined {
  const shape = shapeOf(yaml.toJS({ maxAliasCount: 0 }))
  if (!shape.ok) {
    const wrong = expressionsIn(yaml, text, schema).flatMap(({ problems }) => problems)
    return { problems: [...shape.problems.map(problem => misshapen(yaml, problem)), ...wrong] }
  }
  const { document } = shape
  const { located: found } = analyseDocument(document, schema)
  const start = yaml.contents?.range[0] ?? 0
  const parsed = {
    document,
    source: text.slice(start, yaml.contents?.range[2] ?? text.length),
    line: positionAt(lineStarts, start).line,
  }
  return { parsed, problems: found.flatMap(problems => moved(yaml, text, problems)) }
}

function misshapen(yaml: Document.Parsed, { path, key, message, suggestion }: ShapeProblem): Problem {
  const problem = key === undefined ? problemAt(yaml, path, message) : { ...problemAt(yaml, path, message), ...keyAt(yaml, path, key) }
  return suggestion === undefined ? problem : { ...problem, suggestion }
}

/** At the node, or the nearest one above it that exists. */
function problemAt(yaml: Document.Parsed, path: readonly (string | number)[], message: string): Problem {
  const node = path.length === 0 ? yaml.contents : yaml.getIn(path, true)
  if (isNode(node) && node.range) {
    const [start, end] = node.range
    return { severity: 'error', message, start, end: isScalar(node) ? end : start }
  }
  return path.length === 0 ? { severity: 'error', message, start: 0, end: 0 } : problemAt(yaml, path.slice(0, -1), message)
}

function keyAt(
  yaml: Document.Parsed,
  path: readonly (string | number)[],
  key: string,
): { readonly start: number; readonly end: number } | undefined {
  const map = path.length === 0 ? yaml.contents : yaml.getIn(path, true)
  const found = isMap(map) ? map.items.find(item => isScalar(item.key) && String(item.key.value) === key)?.key : undefined
  return isScalar(found) && found.range ? { start: found.range[0], end: found.range[1] } : undefined
}

/** From offsets in an expression to offsets in the file. */
function moved(yaml: Document.Parsed, text: string, { path, source, problems }: LocatedProblems): readonly Problem[] {
  const scalar = yaml.getIn(path, true)
  if (source === '' || !isScalar(scalar)) return problems.map(({ message }) => problemAt(yaml, path, message))
  const offsets = offsetsOf(scalar, text)
  const at = (index: number): number => offsets[index] ?? offsets.at(-1) ?? 0
  return problems.map(problem => ({
    ...problem,
    start: at(problem.start),
    end: problem.end > problem.start ? at(problem.end - 1) + 1 : at(problem.end),
  }))
}

function located({ severity, message, start, end, suggestion }: Problem, file: string, lineStarts: readonly number[]): FileDiagnostic {
  const position = positionAt(lineStarts, start)
  const isOneLine = positionAt(lineStarts, end).line === position.line
  return {
    severity,
    message,
    file,
    ...position,
    ...(isOneLine && end > start && { length: end - start }),
    ...(suggestion !== undefined && { suggestion }),
  }
}

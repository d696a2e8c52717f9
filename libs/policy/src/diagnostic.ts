/*
 * What is wrong with a text that somebody wrote, said so that it can be mended: where, what, and what was probably meant.
 * Inside the library a problem is known by offsets; outside it is a diagnostic with line and column.
 */

export type DiagnosticSeverity = 'error' | 'warning'

/** Line and column count from 1, columns in UTF-16 units. */
export interface Diagnostic {
  readonly severity: DiagnosticSeverity
  readonly message: string
  readonly line: number
  readonly column: number
  readonly length?: number
  /** The text that was probably meant, to stand in place of what the diagnostic points at. */
  readonly suggestion?: string
}

export interface Span {
  readonly start: number
  readonly end: number
}

export interface Problem extends Span {
  readonly severity: DiagnosticSeverity
  readonly message: string
  readonly suggestion?: string
}

/** More than these help nobody, and keep the answer to hostile input small. */
const mostDiagnostics = 50

export function toDiagnostics(source: string, problems: readonly Problem[]): readonly Diagnostic[] {
  const told = inOrder(problems)
  const lineStarts = lineStartsOf(source, told.at(-1)?.start ?? 0)
  return told.map(({ severity, message, start, end, suggestion }) => ({
    severity,
    message,
    ...positionAt(lineStarts, start),
    ...(end > start && { length: end - start }),
    ...(suggestion !== undefined && { suggestion }),
  }))
}

/** As they stand in the text, the first fifty. */
export const inOrder = (problems: readonly Problem[]): readonly Problem[] =>
  problems.toSorted((one, other) => one.start - other.start).slice(0, mostDiagnostics)

/** As far as is asked: of a text that was refused unread, none but the first. */
export function lineStartsOf(source: string, until: number): readonly number[] {
  const starts = [0]
  for (let at = source.indexOf('\n'); at !== -1 && at < until; at = source.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

export function positionAt(lineStarts: readonly number[], offset: number): { readonly line: number; readonly column: number } {
  let low = 0
  let high = lineStarts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((lineStarts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 }
}

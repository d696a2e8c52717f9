import type { FactsSchema } from '@muster/contracts'
import type { Checked } from './checked.ts'
import { check } from './checker.ts'
import { costliestLoops, costOf } from './cost.ts'
import { toDiagnostics, type Diagnostic, type Problem } from './diagnostic.ts'
import { limits } from './limits.ts'
import { parse } from './parser.ts'
import type { Syntax } from './syntax.ts'
import { clock } from './value.ts'

/* Text to an expression that can be evaluated any number of times, or all that is wrong with it. */

export interface CompiledExpression {
  readonly source: string
  /** Every path that it mentions, reached or not, as sorted patterns: `datasets[].dpia.uri`. A list that is walked is mentioned itself. */
  readonly reads: readonly string[]
  readonly usesNow: boolean
  /** Steps that an evaluation takes at worst. */
  readonly cost: number
  readonly ast: Checked
}

export interface CompileOptions {
  /** The condition under which the expression is asked at all: the optional facts that its `has()` guards are guarded here too. */
  readonly given?: string
  /** Facts that this expression may not use, each with the reason. */
  readonly withheld?: { readonly [name: string]: string }
}

export type Compilation =
  | { readonly ok: true; readonly expression: CompiledExpression; readonly warnings: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/** As `CompileOptions`, with the condition read already. */
export interface AnalyseOptions extends Omit<CompileOptions, 'given'> {
  readonly given?: Syntax
}

export function compileExpression(source: string, schema: FactsSchema, { given, ...options }: CompileOptions = {}): Compilation {
  const { expression, problems } = analyse(source, schema, { ...options, ...(given !== undefined && { given: parse(given).syntax }) })
  const diagnostics = toDiagnostics(source, problems)
  return expression === undefined ? { ok: false, diagnostics } : { ok: true, expression, warnings: diagnostics }
}

/** As `compileExpression`, with offsets into the text instead of lines. */
export function analyse(
  source: string,
  schema: FactsSchema,
  options: AnalyseOptions = {},
): { readonly expression?: CompiledExpression; readonly problems: readonly Problem[] } {
  const { syntax, problems: syntactic } = parse(source)
  const checked = check(source, syntax, schema, options)
  const problems = [...syntactic, ...checked.problems]
  if (problems.some(({ severity }) => severity === 'error')) return { problems }
  const cost = costOf(checked.node)
  if (cost > limits.cost) {
    return { problems: [...problems, tooExpensive(source, checked.node, cost)] }
  }
  return { expression: { source, reads: checked.reads, usesNow: checked.reads.includes(clock), cost, ast: checked.node }, problems }
}

/** Points at the part that costs the most. */
function tooExpensive(source: string, node: Checked, cost: number): Problem {
  const loops = costliestLoops(node)
  const { start, end } = loops[0] ?? { start: 0, end: source.length }
  const walks = loops.map(({ list, max }) => `${source.slice(list.start, list.end)} (up to ${max})`).join(' × ')
  const most = walks === '' ? '' : `, most of them for each of ${walks}`
  return { severity: 'error', start, end, message: `too expensive: up to ${cost} steps${most}; at most ${limits.cost} are allowed` }
}

import type { ApprovalRule, FactsSchema, Policy, PolicyDocument } from '@muster/contracts'
import { analyse, type AnalyseOptions, type CompiledExpression } from './compile.ts'
import { toDiagnostics, type Diagnostic, type Problem } from './diagnostic.ts'
import { limits } from './limits.ts'
import { parse } from './parser.ts'

/* A policy document with its expressions compiled, or all that is wrong with any of them. */

/** Which published version a document is. A draft is version 0 without a digest. */
export interface Published {
  readonly version: number
  readonly digest: string
}
const draft: Published = { version: 0, digest: '' }

export interface CompiledRule {
  readonly id: string
  readonly message: string
  readonly assert: CompiledExpression
}
export interface CompiledPolicy extends Published {
  readonly kind: 'Policy'
  readonly document: Policy
  readonly appliesTo: CompiledExpression
  readonly rules: readonly CompiledRule[]
  /** Every path that any of its expressions mentions, sorted. */
  readonly reads: readonly string[]
}
export interface CompiledApprovalRule extends Published {
  readonly kind: 'ApprovalRule'
  readonly document: ApprovalRule
  readonly appliesTo: CompiledExpression
  readonly when: CompiledExpression
  readonly reads: readonly string[]
}
export type CompiledDocument = CompiledPolicy | CompiledApprovalRule

/** `path` is the JSON pointer of the expression: `/rules/0/assert`. */
export interface DocumentDiagnostic extends Diagnostic {
  readonly path: string
}
/** The problems of one expression of a document, by offsets into it. */
export interface LocatedProblems {
  readonly path: readonly (string | number)[]
  readonly source: string
  readonly problems: readonly Problem[]
}

export type DocumentCompilation<Compiled extends CompiledDocument = CompiledDocument> =
  | { readonly ok: true; readonly compiled: Compiled; readonly warnings: readonly DocumentDiagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly DocumentDiagnostic[] }

export function compileDocument(document: Policy, schema: FactsSchema, published?: Published): DocumentCompilation<CompiledPolicy>
export function compileDocument(
  document: ApprovalRule,
  schema: FactsSchema,
  published?: Published,
): DocumentCompilation<CompiledApprovalRule>
export function compileDocument(document: PolicyDocument, schema: FactsSchema, published?: Published): DocumentCompilation
export function compileDocument(document: PolicyDocument, schema: FactsSchema, published: Published = draft): DocumentCompilation {
  const { compiled, located } = analyseDocument(document, schema, published)
  const diagnostics = located.flatMap(({ path, source, problems }) =>
    toDiagnostics(source, problems).map(diagnostic => ({ ...diagnostic, path: `/${path.join('/')}` })),
  )
  return compiled === undefined ? { ok: false, diagnostics } : { ok: true, compiled, warnings: diagnostics }
}

const withheld = { checks: 'only approval rules see checks: they are evaluated after the policies' }

/** As `compileDocument`, with offsets into each expression instead of lines. */
export function analyseDocument(
  document: PolicyDocument,
  schema: FactsSchema,
  { version, digest }: Published = draft,
): { readonly compiled?: CompiledDocument; readonly located: readonly LocatedProblems[] } {
  const located: LocatedProblems[] = []
  const complain = (path: readonly (string | number)[], message: string): void => {
    located.push({ path, source: '', problems: [{ severity: 'error', start: 0, end: 0, message }] })
  }
  let left: number = limits.documentText
  const compile = (path: readonly (string | number)[], source: string, options: AnalyseOptions): CompiledExpression | undefined => {
    const isFirstBeyond = left >= 0 && source.length > left
    left -= source.length
    if (isFirstBeyond)
      complain(path, `the expressions of a document have at most ${limits.documentText} characters together: split the policy`)
    if (left < 0) return undefined
    const { expression, problems } = analyse(source, schema, document.kind === 'Policy' ? { ...options, withheld } : options)
    if (problems.length > 0) located.push({ path, source, problems })
    return expression
  }

  const appliesTo = compile(['appliesTo'], document.appliesTo, {})
  const given = { given: parse(document.appliesTo).syntax }
  switch (document.kind) {
    case 'Policy': {
      const ids = new Set<string>()
      const rules = document.rules.flatMap(({ id, message, assert: source }, index): CompiledRule[] => {
        if (ids.size === ids.add(id).size) complain(['rules', index, 'id'], `the policy has two rules "${id}"`)
        const assert = compile(['rules', index, 'assert'], source, given)
        return assert === undefined ? [] : [{ id, message, assert }]
      })
      const cost = rules.reduce((sum, rule) => sum + rule.assert.cost, appliesTo?.cost ?? 0)
      const [costliest] = rules.toSorted((one, other) => other.assert.cost - one.assert.cost)
      if (cost > limits.documentCost && costliest !== undefined) {
        const most = `${costliest.assert.cost} of them by "${costliest.id}"`
        complain(['rules'], `too expensive: up to ${cost} steps, ${most}; at most ${limits.documentCost} are allowed`)
      }
      if (appliesTo === undefined || hasErrors(located)) return { located }
      const reads = union([appliesTo, ...rules.map(rule => rule.assert)])
      return { compiled: { kind: 'Policy', document, version, digest, appliesTo, rules, reads }, located }
    }
    case 'ApprovalRule': {
      const when = compile(['when'], document.when, given)
      if (appliesTo === undefined || when === undefined) return { located }
      return { compiled: { kind: 'ApprovalRule', document, version, digest, appliesTo, when, reads: union([appliesTo, when]) }, located }
    }
  }
}

/**
 * Of a value that has not the shape of a document, what is wrong with the expressions that it has all the same: only errors, for a warning
 * may be about what is not there yet.
 */
export function analyseLoosely(value: unknown, schema: FactsSchema): readonly LocatedProblems[] {
  const { kind, appliesTo, when, rules }: Readonly<Record<string, unknown>> = isRecord(value) ? value : {}
  const isPolicy = kind === 'Policy' || (kind !== 'ApprovalRule' && Array.isArray(rules))
  const asserts = Array.isArray(rules)
    ? rules.map((rule, index) => [['rules', index, 'assert'], isRecord(rule) ? rule['assert'] : undefined] as const)
    : []
  let left: number = limits.documentText
  return [[['appliesTo'], appliesTo] as const, [['when'], when] as const, ...asserts].flatMap(([path, source]) => {
    if (typeof source !== 'string' || source === '') return []
    left -= source.length
    if (source.length > limits.expression || left < 0) return []
    const problems = analyse(source, schema, isPolicy ? { withheld } : {}).problems.filter(({ severity }) => severity === 'error')
    return problems.length === 0 ? [] : [{ path, source, problems }]
  })
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const hasErrors = (located: readonly LocatedProblems[]): boolean =>
  located.some(({ problems }) => problems.some(({ severity }) => severity === 'error'))

const union = (expressions: readonly CompiledExpression[]): readonly string[] =>
  [...new Set(expressions.flatMap(({ reads }) => reads))].toSorted()

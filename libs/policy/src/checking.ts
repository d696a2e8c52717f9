import type { FactField, FactFields, FactsSchema } from '@muster/contracts'
import type { Checked } from './checked.ts'
import type { Problem, Span } from './diagnostic.ts'
import type { Guards } from './guards.ts'
import type { Syntax } from './syntax.ts'
import { describeType, invalid, type Type } from './types.ts'

/* What the parts of the checker share: the schema, what was found wrong so far, what was mentioned, and how to check a part within a part. */

export interface Typed {
  readonly node: Checked
  readonly type: Type
}

export interface Scope {
  readonly variables: ReadonlyMap<string, Type>
  readonly guards: Guards
}

export interface Checking {
  readonly source: string
  readonly schema: FactsSchema
  /** Facts that exist but may not be used here, with the reason. */
  readonly withheld: { readonly [name: string]: string }
  readonly problems: Problem[]
  readonly reads: Set<string>
  /** How large the patterns so far are together. */
  readonly patterns: { size: number }
  readonly typed: (syntax: Syntax, scope: Scope) => Typed
}

export const textOf = ({ source }: Checking, { start, end }: Span): string => source.slice(start, end)

export function report(
  { problems }: Checking,
  severity: Problem['severity'],
  { start, end }: Span,
  message: string,
  suggestion?: string,
): void {
  problems.push({ severity, start, end, message, ...(suggestion !== undefined && { suggestion }) })
}

/** Stands for what was complained about; it is never evaluated. Where its type is plain from the outside, that is its type. */
export const broken = ({ start, end }: Span, type: Type = invalid): Typed => ({
  node: { kind: 'constant', value: false, start, end },
  type,
})

export function wrong(
  checking: Checking,
  span: Span,
  message: string,
  { suggestion, type }: { suggestion?: string | undefined; type?: Type } = {},
): Typed {
  report(checking, 'error', span, message, suggestion)
  return broken(span, type)
}

export function mustBeBool(checking: Checking, { type }: Typed, syntax: Syntax, role: string): void {
  if (type.kind === 'bool' || type.kind === 'invalid') return
  report(checking, 'error', syntax, `${role} must be true or false; this is ${describeType(type)}`)
}

export const fieldOf = (fields: FactFields, name: string): FactField | undefined => (Object.hasOwn(fields, name) ? fields[name] : undefined)

import type { Span } from './diagnostic.ts'

/* An expression as it was written: the syntax tree, before anything is known about types. */

export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '+' | '-' | '*' | '/' | '%'
export type MacroName = 'all' | 'exists' | 'exists_one' | 'filter' | 'map'

export type LiteralSyntax = Span & {
  readonly kind: 'literal'
  readonly type: 'bool' | 'int' | 'double' | 'string'
  readonly value: boolean | number | string
}
export type NameSyntax = Span & { readonly kind: 'name'; readonly name: string }
export type SelectSyntax = Span & { readonly kind: 'select'; readonly operand: Syntax; readonly field: string; readonly fieldSpan: Span }
export type CallSyntax = Span & {
  readonly kind: 'call'
  readonly name: string
  readonly nameSpan: Span
  readonly target?: Syntax
  readonly arguments: readonly Syntax[]
}
export type MacroSyntax = Span & {
  readonly kind: 'macro'
  readonly name: MacroName
  readonly list: Syntax
  readonly variable: NameSyntax
  readonly body: Syntax
}
export type BinarySyntax = Span & {
  readonly kind: 'binary'
  readonly operator: Operator
  readonly left: Syntax
  readonly right: Syntax
}

export type Syntax =
  | LiteralSyntax
  | NameSyntax
  | SelectSyntax
  | CallSyntax
  | MacroSyntax
  | BinarySyntax
  | (Span & { readonly kind: 'list'; readonly elements: readonly Syntax[] })
  | (Span & { readonly kind: 'index'; readonly operand: Syntax; readonly index: Syntax })
  | (Span & { readonly kind: 'has'; readonly operand: Syntax })
  | (Span & { readonly kind: 'not' | 'negate'; readonly operand: Syntax })
  | (Span & { readonly kind: 'and' | 'or'; readonly operands: readonly Syntax[] })
  | (Span & { readonly kind: 'conditional'; readonly condition: Syntax; readonly then: Syntax; readonly otherwise: Syntax })
  /** Something stood here that could not be read; it was already complained about. What could be read of it is still checked. */
  | (Span & { readonly kind: 'invalid'; readonly parts: readonly Syntax[] })

import type { FactField } from '@muster/contracts'
import type { RE2JS } from 're2js'
import type { Span } from './diagnostic.ts'
import type { Value } from './value.ts'

/*
 * An expression that fits the facts: names are resolved, operators know what they work on, patterns and literals are read once.
 * This is what is evaluated; nothing in it can be of the wrong type unless a fact is.
 */

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='
export type Arithmetic = '+' | '-' | '*' | '/' | '%'
export type TextFunction = 'startsWith' | 'endsWith' | 'contains' | 'lowerAscii' | 'upperAscii' | 'trim'
export type Conversion = 'int' | 'double' | 'string'

export type Fact = Span & { readonly kind: 'fact'; readonly name: string; readonly field: FactField }
export type Select = Span & { readonly kind: 'select'; readonly record: Checked; readonly name: string; readonly field: FactField }
export type Quantifier = Span & {
  readonly kind: 'quantifier'
  readonly name: 'all' | 'exists' | 'exists_one'
  readonly list: Checked
  readonly max: number
  readonly variable: string
  readonly body: Checked
}

export type Checked =
  | Fact
  | Select
  | Quantifier
  | (Span & { readonly kind: 'constant'; readonly value: Value })
  | (Span & { readonly kind: 'list'; readonly elements: readonly Checked[] })
  | (Span & { readonly kind: 'variable'; readonly name: string })
  | (Span & { readonly kind: 'index'; readonly list: Checked; readonly index: Checked })
  | (Span & { readonly kind: 'has'; readonly fact: Fact | Select })
  | (Span & { readonly kind: 'not'; readonly operand: Checked })
  | (Span & { readonly kind: 'negate'; readonly of: 'int' | 'double' | 'time'; readonly operand: Checked })
  | (Span & { readonly kind: 'and' | 'or'; readonly operands: readonly Checked[] })
  | (Span & { readonly kind: 'conditional'; readonly condition: Checked; readonly then: Checked; readonly otherwise: Checked })
  | (Span & {
      readonly kind: 'compare'
      readonly operator: Comparison
      readonly left: Checked
      readonly right: Checked
      readonly max: number
    })
  | (Span & { readonly kind: 'in'; readonly element: Checked; readonly list: Checked; readonly max: number })
  | (Span & {
      readonly kind: 'arithmetic'
      readonly operator: Arithmetic
      readonly of: 'int' | 'double' | 'string' | 'time'
      readonly left: Checked
      readonly right: Checked
    })
  | (Span & { readonly kind: 'size'; readonly operand: Checked })
  | (Span & { readonly kind: 'text'; readonly name: TextFunction; readonly operands: readonly Checked[] })
  | (Span & { readonly kind: 'convert'; readonly to: Conversion; readonly operand: Checked })
  | (Span & { readonly kind: 'matches'; readonly text: Checked; readonly pattern: RE2JS; readonly program: number })
  | (Span & {
      readonly kind: 'filter' | 'map'
      readonly list: Checked
      readonly max: number
      readonly variable: string
      readonly body: Checked
    })

export function childrenOf(node: Checked): readonly Checked[] {
  switch (node.kind) {
    case 'constant':
    case 'fact':
    case 'variable':
      return []
    case 'list':
      return node.elements
    case 'select':
      return [node.record]
    case 'index':
      return [node.list, node.index]
    case 'has':
      return [node.fact]
    case 'not':
    case 'negate':
    case 'size':
    case 'convert':
      return [node.operand]
    case 'and':
    case 'or':
    case 'text':
      return node.operands
    case 'conditional':
      return [node.condition, node.then, node.otherwise]
    case 'compare':
    case 'arithmetic':
      return [node.left, node.right]
    case 'in':
      return [node.element, node.list]
    case 'matches':
      return [node.text]
    case 'quantifier':
    case 'filter':
    case 'map':
      return [node.list, node.body]
  }
}

import type { Comparison } from './checked.ts'
import { broken, report, textOf, wrong, type Checking, type Scope, type Typed } from './checking.ts'
import type { Span } from './diagnostic.ts'
import { arithmetic, comparison, strangeValue } from './operators.ts'
import { nearest } from './suggestion.ts'
import type { BinarySyntax, Syntax } from './syntax.ts'
import { bool, describeType, invalid, unify, type Type } from './types.ts'

/* Operators and list literals: whether their operands go together. */

export function list(checking: Checking, elements: readonly Syntax[], { start, end }: Span, scope: Scope): Typed {
  let of: Type = invalid
  const nodes = elements.map(element => {
    const { node, type } = checking.typed(element, scope)
    const unified = unify(of, type)
    if (unified === undefined)
      report(checking, 'error', element, `a list holds one type; this is ${describeType(type)}, not ${describeType(of)}`)
    else of = unified
    return node
  })
  return { node: { kind: 'list', elements: nodes, start, end }, type: { kind: 'list', of, max: elements.length } }
}

export function binary(
  checking: Checking,
  { operator, left: leftSyntax, right: rightSyntax, start, end }: BinarySyntax,
  scope: Scope,
): Typed {
  const left = checking.typed(leftSyntax, scope)
  const right = checking.typed(rightSyntax, scope)
  const sides = [
    { type: left.type, syntax: leftSyntax, text: textOf(checking, leftSyntax) },
    { type: right.type, syntax: rightSyntax, text: textOf(checking, rightSyntax) },
  ] as const
  switch (operator) {
    case 'in': {
      if (right.type.kind === 'invalid' || left.type.kind === 'invalid') return broken({ start, end }, bool)
      if (right.type.kind !== 'list')
        return wrong(checking, rightSyntax, `"in" looks into a list; this is ${describeType(right.type)}`, { type: bool })
      const verdict = comparison('==', sides[0], { ...sides[1], type: right.type.of })
      if (!verdict.ok) return wrong(checking, { start, end }, verdict.message, { type: bool })
      values(checking, left.type, rightSyntax)
      values(checking, right.type.of, leftSyntax)
      return { node: { kind: 'in', element: left.node, list: right.node, max: right.type.max, start, end }, type: bool }
    }
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const verdict = comparison(operator satisfies Comparison, ...sides)
      if (!verdict.ok) return wrong(checking, { start, end }, verdict.message, { suggestion: verdict.suggestion, type: bool })
      values(checking, left.type, rightSyntax)
      values(checking, right.type, leftSyntax)
      const max = left.type.kind === 'list' ? left.type.max : 0
      return { node: { kind: 'compare', operator, left: left.node, right: right.node, max, start, end }, type: bool }
    }
    case '+':
    case '-':
    case '*':
    case '/':
    case '%': {
      const verdict = arithmetic(operator, ...sides)
      if (!verdict.ok) return wrong(checking, { start, end }, verdict.message, { suggestion: verdict.suggestion })
      return {
        node: { kind: 'arithmetic', operator, of: verdict.of, left: left.node, right: right.node, start, end },
        type: verdict.type,
      }
    }
  }
}

/** Texts that are compared with an enum must be among its values; in a list, each of them. */
function values(checking: Checking, type: Type, syntax: Syntax): void {
  if (type.kind === 'list') return values(checking, type.of, syntax)
  if (syntax.kind === 'list') return syntax.elements.forEach(element => values(checking, type, element))
  const strange = strangeValue(type, syntax)
  if (strange === undefined || type.kind !== 'enum') return
  const near = nearest(strange, type.values)
  report(checking, 'error', syntax, `"${strange}" is none of ${type.values.join(', ')}`, near === undefined ? undefined : `'${near}'`)
}

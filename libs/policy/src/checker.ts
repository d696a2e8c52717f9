import type { FactsSchema } from '@muster/contracts'
import { call, macro } from './check-calls.ts'
import { has, name, select } from './check-facts.ts'
import { binary, list } from './check-operators.ts'
import type { Checked } from './checked.ts'
import { broken, mustBeBool, wrong, type Checking, type Scope, type Typed } from './checking.ts'
import type { Problem } from './diagnostic.ts'
import { either, impliedBy, impliedByOthers, noGuards } from './guards.ts'
import type { NameSyntax, SelectSyntax, Syntax } from './syntax.ts'
import { bool, describeType, unify } from './types.ts'

/*
 * Does an expression fit the facts? Gives the checked tree and the path patterns that it mentions, or says all that is wrong at once.
 * What is wrong becomes the invalid type, which fits everything, so that one slip is reported once.
 */

export interface CheckOptions {
  /** Condition under which the expression is asked at all: what its `has()` guards is there. */
  readonly given?: Syntax
  /** Facts that exist but that this expression may not use, with the reason. */
  readonly withheld?: { readonly [name: string]: string }
}

export interface Check {
  readonly node: Checked
  /** Sorted. */
  readonly reads: readonly string[]
  readonly problems: readonly Problem[]
}

export function check(source: string, syntax: Syntax, schema: FactsSchema, { given, withheld = {} }: CheckOptions): Check {
  const checking: Checking = {
    source,
    schema,
    withheld,
    problems: [],
    reads: new Set(),
    patterns: { size: 0 },
    typed: (part, scope) => typed(checking, part, scope),
  }
  const guards = given === undefined ? noGuards : impliedBy(given, true)
  const root = checking.typed(syntax, { variables: new Map(), guards })
  mustBeBool(checking, root, syntax, 'a rule')
  return { node: root.node, reads: [...checking.reads].toSorted(), problems: checking.problems }
}

function typed(checking: Checking, syntax: Syntax, scope: Scope): Typed {
  const { start, end } = syntax
  switch (syntax.kind) {
    case 'invalid':
      syntax.parts.forEach(part => checking.typed(part, scope))
      return broken(syntax)
    case 'literal':
      return { node: { kind: 'constant', value: syntax.value, start, end }, type: { kind: syntax.type } }
    case 'name':
      return name(checking, syntax, scope)
    case 'select':
      return select(checking, syntax, scope, false)
    case 'has':
      return has(checking, syntax.operand as NameSyntax | SelectSyntax, syntax, scope)
    case 'list':
      return list(checking, syntax.elements, syntax, scope)
    case 'index': {
      const operand = checking.typed(syntax.operand, scope)
      const index = checking.typed(syntax.index, scope)
      if (index.type.kind !== 'int' && index.type.kind !== 'invalid')
        return wrong(checking, syntax.index, `an index is an int; this is ${describeType(index.type)}`)
      if (operand.type.kind === 'invalid') return broken(syntax)
      if (operand.type.kind !== 'list') return wrong(checking, syntax, `only lists have an index; this is ${describeType(operand.type)}`)
      return { node: { kind: 'index', list: operand.node, index: index.node, start, end }, type: operand.type.of }
    }
    case 'not': {
      const operand = checking.typed(syntax.operand, scope)
      mustBeBool(checking, operand, syntax.operand, 'what "!" negates')
      return { node: { kind: 'not', operand: operand.node, start, end }, type: bool }
    }
    case 'negate': {
      const operand = checking.typed(syntax.operand, scope)
      const { kind } = operand.type
      if (kind === 'invalid') return broken(syntax)
      if (kind !== 'int' && kind !== 'double' && kind !== 'duration')
        return wrong(checking, syntax, `"-" does not work on ${describeType(operand.type)}`)
      return { node: { kind: 'negate', of: kind === 'duration' ? 'time' : kind, operand: operand.node, start, end }, type: operand.type }
    }
    case 'and':
    case 'or': {
      const isAnd = syntax.kind === 'and'
      const guardsOf = impliedByOthers(syntax.operands.map(operand => impliedBy(operand, isAnd)))
      const operands = syntax.operands.map((operand, index) => {
        const checked = checking.typed(operand, { ...scope, guards: either(scope.guards, guardsOf(index)) })
        mustBeBool(checking, checked, operand, `each side of "${isAnd ? '&&' : '||'}"`)
        return checked.node
      })
      return { node: { kind: syntax.kind, operands, start, end }, type: bool }
    }
    case 'conditional': {
      const condition = checking.typed(syntax.condition, scope)
      mustBeBool(checking, condition, syntax.condition, 'what stands before "?"')
      const branch = (holds: boolean): Scope => ({ ...scope, guards: either(scope.guards, impliedBy(syntax.condition, holds)) })
      const then = checking.typed(syntax.then, branch(true))
      const otherwise = checking.typed(syntax.otherwise, branch(false))
      const type = unify(then.type, otherwise.type)
      if (type === undefined)
        return wrong(
          checking,
          syntax,
          `both sides of ":" must be alike; these are ${describeType(then.type)} and ${describeType(otherwise.type)}`,
        )
      return { node: { kind: 'conditional', condition: condition.node, then: then.node, otherwise: otherwise.node, start, end }, type }
    }
    case 'binary':
      return binary(checking, syntax, scope)
    case 'call':
      return call(checking, syntax, scope)
    case 'macro':
      return macro(checking, syntax, scope)
  }
}

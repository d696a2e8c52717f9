import type { Facts } from '@muster/contracts'
import type { Checked, Quantifier } from './checked.ts'
import type { CompiledExpression } from './compile.ts'
import { evaluate } from './compute.ts'
import type { CompiledPolicy } from './document.ts'
import { judge, scopeOf } from './evaluate.ts'
import { bind, type Scope, type Truth } from './scope.ts'
import { statementOf } from './statements.ts'
import type { ListValue, Result } from './value.ts'
import { words } from './wording.ts'

/*
 * A rule as a tree of statements, each of which should hold, with what was read: why it came out as it did, part by part.
 *
 * A negation is said of what it negates (`!(a && b)` is: not a, or not b), so that a mark means one thing on every line. Of a list the elements
 * that decided are shown, and a few of many. Pure: made from the checked expression and the facts that were recorded.
 */

export interface ExplanationTree {
  /** `met` where the statement holds as it should. */
  readonly mark: 'met' | 'unmet' | 'unknown' | 'error'
  readonly text: string
  readonly parts: readonly ExplanationTree[]
}

const mostElements = 3

/** Nothing where the policy has no such rule. Where it is not certain that the policy applies, the tree of that. */
export function explanationTree(policy: CompiledPolicy, rule: string, facts: Facts): ExplanationTree | undefined {
  const assert = policy.rules.find(({ id }) => id === rule)?.assert
  if (assert === undefined) return undefined
  const applies = judge(policy.appliesTo.ast, scopeOf(policy.appliesTo.source, facts)).value
  return treeOf(applies === true ? assert : policy.appliesTo, facts)
}

export const treeOf = ({ source, ast }: CompiledExpression, facts: Facts): ExplanationTree => tree(ast, scopeOf(source, facts), true)

const marks = { met: '✔', unmet: '✖', unknown: '?', error: '!' } as const

/** One statement a line, what it consists of indented below. */
export const treeText = ({ mark, text, parts }: ExplanationTree): string =>
  [`${marks[mark]} ${text}`, ...parts.map(part => treeText(part).replaceAll(/^/gm, '  '))].join('\n')

function tree(node: Checked, scope: Scope, wanted: boolean): ExplanationTree {
  switch (node.kind) {
    case 'not':
      return tree(node.operand, scope, !wanted)
    case 'and':
    case 'or': {
      const text = (node.kind === 'and') === wanted ? 'all of these' : 'at least one of these'
      return { mark: markOf(node, scope, wanted), text, parts: node.operands.map(operand => tree(operand, scope, wanted)) }
    }
    case 'conditional':
      return choice(node, scope, wanted)
    case 'quantifier':
      return elementwise(node, scope, wanted)
    case 'constant':
    case 'fact':
    case 'variable':
    case 'list':
    case 'select':
    case 'index':
    case 'has':
    case 'negate':
    case 'compare':
    case 'in':
    case 'arithmetic':
    case 'size':
    case 'text':
    case 'convert':
    case 'matches':
    case 'filter':
    case 'map':
      return leaf(node, scope, wanted)
  }
}

const leaf = (node: Checked, scope: Scope, wanted: boolean): ExplanationTree => ({
  mark: markOf(node, scope, wanted),
  text: statementOf(node, scope, wanted),
  parts: [],
})

function choice(node: Extract<Checked, { kind: 'conditional' }>, scope: Scope, wanted: boolean): ExplanationTree {
  const { value } = judge(node.condition, fresh(scope))
  const mark = markOf(node, scope, wanted)
  const text = `${words(node.condition, scope)} is ${value === 'error' ? 'in error' : value}`
  if (typeof value === 'boolean') return { mark, text: `${text}, so`, parts: [tree(value ? node.then : node.otherwise, scope, wanted)] }
  return { mark, text, parts: [node.condition, node.then, node.otherwise].map((part, at) => tree(part, scope, at === 0 || wanted)) }
}

function elementwise(node: Quantifier, scope: Scope, wanted: boolean): ExplanationTree {
  const list = evaluate(node.list, fresh(scope))
  if (list.kind !== 'known') return leaf(node, scope, wanted)
  const { elements } = list.value as ListValue
  const mark = markOf(node, scope, wanted)
  const name = words(node.list, scope)
  if (node.name === 'exists_one') {
    const text = `${wanted ? 'exactly one' : 'not exactly one'} of ${name} (${elements.length})`
    return { mark, text, parts: shown(node, scope, elements, true, part => part.mark === 'met') }
  }
  const isEvery = (node.name === 'all') === wanted
  const ofWhich = mark === 'met' && isEvery ? `, all ${elements.length}` : ` (${elements.length})`
  const text = elements.length === 0 ? `${name} is empty` : `${isEvery ? 'each' : 'at least one'} of ${name}${ofWhich}`
  // Of each: those that are not so. Of at least one: the one that is, else all that are not.
  if (isEvery) return { mark, text, parts: mark === 'met' ? [] : shown(node, scope, elements, wanted, part => part.mark === mark) }
  return {
    mark,
    text,
    parts: shown(node, scope, elements, wanted, part => mark !== 'met' || part.mark === 'met', mark === 'met' ? 1 : mostElements),
  }
}

function shown(
  node: Quantifier,
  scope: Scope,
  elements: readonly Result[],
  wanted: boolean,
  isTelling: (part: ExplanationTree) => boolean,
  most = mostElements,
): readonly ExplanationTree[] {
  const telling = elements.map(element => tree(node.body, bind(scope, node.variable, element), wanted)).filter(isTelling)
  const rest = telling.length - most
  const [first] = telling
  if (rest <= 0 || first === undefined || most === 1) return telling.slice(0, most)
  return [...telling.slice(0, most), { mark: first.mark, text: `and ${rest} more`, parts: [] }]
}

function markOf(node: Checked, scope: Scope, wanted: boolean): ExplanationTree['mark'] {
  const value: Truth = judge(node, fresh(scope)).value
  if (typeof value === 'string') return value
  return value === wanted ? 'met' : 'unmet'
}

const fresh = (scope: Scope): Scope => ({ ...scope, values: new Map(), flip: {} })

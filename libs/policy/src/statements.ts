import { evaluate } from './compute.ts'
import type { Checked, Comparison, TextFunction } from './checked.ts'
import { judge } from './evaluate.ts'
import type { Scope } from './scope.ts'
import { toFactValue, type Value } from './value.ts'
import { words } from './wording.ts'

/*
 * What a single part of a condition comes to, as a statement for people: what was read, and what is needed where that is not it.
 * `datasets[1].dpia is missing`, `evaluation.balancedAccuracy is 0.61, at least 0.65 is needed`.
 */

const longestShown = 80

export function statementOf(node: Checked, scope: Scope, wanted: boolean): string {
  const judgement = judge(node, fresh(scope))
  const { value } = judgement
  if (value === 'error') return distinct(judgement.errors).join('; ')
  if (value === 'unknown') return missing(distinct(judgement.missing))
  const isMet = value === wanted
  switch (node.kind) {
    case 'compare': {
      const isMirrored = isFixed(node.left) && !isFixed(node.right)
      const [read, bound] = isMirrored ? [node.right, node.left] : [node.left, node.right]
      const operator = wanted ? node.operator : opposite[node.operator]
      const how = phrases(valueOf(read, scope))[isMirrored ? mirrored[operator] : operator]
      return `${is(read, scope)}${isMet ? '' : `, ${how} ${given(bound, scope)} is needed`}`
    }
    case 'in': {
      if (isFixed(node.element)) return `${words(node.list, scope)} ${value ? 'holds' : 'does not hold'} ${words(node.element, scope)}`
      const needed = wanted ? 'one of' : 'none of'
      return `${is(node.element, scope)}${isMet ? '' : `, ${needed} ${words(node.list, scope)} is needed`}`
    }
    case 'has':
      return `${words(node.fact, scope)} ${value ? 'is there' : 'is missing'}`
    case 'matches':
      return textual(node.text, `matches ${JSON.stringify(node.pattern.pattern())}`, `match ${JSON.stringify(node.pattern.pattern())}`)
    case 'text': {
      const [text, argument] = node.operands
      const verbs = textVerbs[node.name]
      if (text === undefined || argument === undefined || verbs === undefined) return plainly()
      return textual(text, `${verbs[0]} ${given(argument, scope)}`, `${verbs[1]} ${given(argument, scope)}`)
    }
    case 'constant':
    case 'fact':
    case 'variable':
    case 'select':
    case 'index':
    case 'list':
    case 'not':
    case 'negate':
    case 'and':
    case 'or':
    case 'conditional':
    case 'quantifier':
    case 'arithmetic':
    case 'size':
    case 'convert':
    case 'filter':
    case 'map':
      return plainly()
  }

  function textual(text: Checked, does: string, doNot: string): string {
    return isMet ? is(text, scope) : `${is(text, scope)}, a text that ${wanted ? does : `does not ${doNot}`} is needed`
  }
  function plainly(): string {
    return `${words(node, scope)} is ${value}${isMet ? '' : `, ${wanted} is needed`}`
  }
}

const opposite = { '==': '!=', '!=': '==', '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const satisfies Record<Comparison, Comparison>
const mirrored = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const satisfies Record<Comparison, Comparison>

const ofAmounts: Record<Comparison, string> = {
  '==': 'exactly',
  '!=': 'anything but',
  '<': 'less than',
  '<=': 'at most',
  '>': 'more than',
  '>=': 'at least',
}
const ofInstants: Record<Comparison, string> = { ...ofAmounts, '<': 'before', '<=': 'no later than', '>': 'after', '>=': 'no earlier than' }
const phrases = (value: Value | undefined): Record<Comparison, string> =>
  typeof value === 'object' && value.kind === 'timestamp' ? ofInstants : ofAmounts

const textVerbs: { readonly [name in TextFunction]?: readonly [string, string] } = {
  startsWith: ['starts with', 'start with'],
  endsWith: ['ends with', 'end with'],
  contains: ['contains', 'contain'],
}

/** Nothing in it comes from the facts. */
const isFixed = (node: Checked): boolean => node.kind === 'constant' || (node.kind === 'list' && node.elements.every(isFixed))

function valueOf(node: Checked, scope: Scope): Value | undefined {
  const result = evaluate(node, fresh(scope))
  return result.kind === 'known' ? result.value : undefined
}

/** What a part came to, short enough to be read. */
function shown(node: Checked, scope: Scope): string {
  const value = valueOf(node, scope)
  if (typeof value === 'object' && value.kind === 'list') {
    const elements = value.elements.map(element => (element.kind === 'known' ? JSON.stringify(toFactValue(element.value) ?? {}) : '?'))
    return shorten(`[${elements.join(', ')}]`)
  }
  const plain = value === undefined ? undefined : toFactValue(value)
  if (typeof plain === 'string' && typeof value === 'object') return plain
  return plain === undefined ? 'a record' : shorten(JSON.stringify(plain))
}

const is = (node: Checked, scope: Scope): string => `${words(node, scope)} is ${shown(node, scope)}`
const given = (node: Checked, scope: Scope): string =>
  isFixed(node) ? shown(node, scope) : `${words(node, scope)} (${shown(node, scope)})`

function missing(paths: readonly string[]): string {
  const few = paths.slice(0, 3)
  const more = paths.length - few.length
  return `${few.join(', ')}${more > 0 ? ` and ${more} more` : ''} ${paths.length === 1 ? 'is' : 'are'} missing`
}

const fresh = (scope: Scope): Scope => ({ ...scope, values: new Map() })
const shorten = (text: string): string => (text.length > longestShown ? `${text.slice(0, longestShown)}…` : text)
const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)].toSorted()

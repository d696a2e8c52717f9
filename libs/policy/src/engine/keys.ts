import { childrenOf, type Checked } from '../checked.ts'
import type { Value } from '../value.ts'

/*
 * When two parts are the same: equal text of their meaning, with variables named by what binds them and not by their author.
 */

/** What each variable in reach is called here. */
export type Names = ReadonlyMap<string, string>

export function keyOf(node: Checked, names: Names): string {
  const rest = (): string =>
    childrenOf(node)
      .map(child => keyOf(child, names))
      .join(',')
  switch (node.kind) {
    case 'constant':
      return constantKey(node.value)
    case 'fact':
      return `f:${node.name}`
    case 'variable':
      return `v:${names.get(node.name) ?? node.name}`
    case 'select':
      return `s:${node.name}(${rest()})`
    case 'negate':
      return `-${node.of}(${rest()})`
    case 'compare':
      return `${node.operator}(${rest()})`
    case 'arithmetic':
      return `${node.of}${node.operator}(${rest()})`
    case 'text':
      return `${node.name}(${rest()})`
    case 'convert':
      return `to-${node.to}(${rest()})`
    case 'matches':
      return `matches:${JSON.stringify(node.pattern.pattern())}(${rest()})`
    case 'quantifier':
    case 'filter':
    case 'map': {
      // Counted within the key: the same part has the same key wherever it stands.
      const depth = [...names.values()].filter(label => label.startsWith('#')).length
      const inner = new Map(names).set(node.variable, `#${depth}`)
      const called = node.kind === 'quantifier' ? node.name : node.kind
      return `${called}(${keyOf(node.list, names)},${keyOf(node.body, inner)})`
    }
    case 'list':
    case 'index':
    case 'has':
    case 'not':
    case 'and':
    case 'or':
    case 'conditional':
    case 'in':
    case 'size':
      return `${node.kind}(${rest()})`
  }
}

function constantKey(value: Value): string {
  if (typeof value !== 'object') return JSON.stringify(Object.is(value, -0) ? 0 : value)
  switch (value.kind) {
    case 'timestamp':
    case 'duration':
      return `${value.kind}:${value.micros}`
    case 'list':
    case 'record':
      throw new Error(`a ${value.kind} is no constant`)
  }
}

/** The variables that a part depends on. */
export function freeIn(node: Checked): ReadonlySet<string> {
  if (node.kind === 'variable') return new Set([node.name])
  const free = new Set(childrenOf(node).flatMap(child => [...freeIn(child)]))
  // No variable hides another, so that the list cannot mean it.
  if (node.kind === 'quantifier' || node.kind === 'filter' || node.kind === 'map') free.delete(node.variable)
  return free
}

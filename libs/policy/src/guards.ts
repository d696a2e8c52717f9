import type { Syntax } from './syntax.ts'

/*
 * Which optional facts are certainly there, given that a condition holds (or does not): what `has()` guards.
 * The order of operands does not matter, because it does not matter to the meaning of `&&` and `||` either.
 */

export interface Guards {
  readonly has: (path: string) => boolean
}
type Paths = ReadonlySet<string>
const none: Paths = new Set()
export const noGuards: Guards = none

export const either = (one: Guards, other: Guards): Guards =>
  one === none ? other : other === none ? one : { has: path => one.has(path) || other.has(path) }

/** What all but one of several conditions imply, for each of them; in as many steps as there are paths. */
export function impliedByOthers(implied: readonly Paths[]): (index: number) => Guards {
  const counts = new Map<string, number>()
  for (const paths of implied) for (const path of paths) counts.set(path, (counts.get(path) ?? 0) + 1)
  if (counts.size === 0) return () => noGuards
  return index => ({ has: path => (counts.get(path) ?? 0) > (implied[index]?.has(path) === true ? 1 : 0) })
}

export function impliedBy(condition: Syntax, holds: boolean): Paths {
  switch (condition.kind) {
    case 'has': {
      const path = pathOf(condition.operand)
      return path === undefined || !holds ? none : new Set(prefixesOf(path))
    }
    case 'not':
      return impliedBy(condition.operand, !holds)
    case 'and':
      return holds ? united(condition.operands.map(operand => impliedBy(operand, true))) : none
    case 'or':
      return holds ? none : united(condition.operands.map(operand => impliedBy(operand, false)))
    case 'literal':
    case 'name':
    case 'select':
    case 'call':
    case 'macro':
    case 'binary':
    case 'list':
    case 'index':
    case 'negate':
    case 'conditional':
    case 'invalid':
      return none
  }
}

const united = (several: readonly Paths[]): Paths => new Set(several.flatMap(each => [...each]))

/** `d.dpia.uri`, for a chain of fields that begins with a name. */
export function pathOf(syntax: Syntax): string | undefined {
  if (syntax.kind === 'name') return syntax.name
  if (syntax.kind !== 'select') return undefined
  const operand = pathOf(syntax.operand)
  return operand === undefined ? undefined : `${operand}.${syntax.field}`
}

const prefixesOf = (path: string): readonly string[] => {
  const parts = path.split('.')
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'))
}

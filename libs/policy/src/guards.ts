import type { Syntax } from './syntax.ts'

/*
 * Which optional facts are certainly there, given that a condition holds (or does not): what `has()` guards.
 * The order of operands does not matter, because it does not matter to the meaning of `&&` and `||` either.
 */

export type Guards = ReadonlySet<string>
export const noGuards: Guards = new Set()

export function impliedBy(condition: Syntax, holds: boolean): Guards {
  switch (condition.kind) {
    case 'has': {
      const path = pathOf(condition.operand)
      return path === undefined || !holds ? noGuards : new Set(prefixesOf(path))
    }
    case 'not':
      return impliedBy(condition.operand, !holds)
    case 'and':
      return holds ? united(condition.operands.map(operand => impliedBy(operand, true))) : noGuards
    case 'or':
      return holds ? noGuards : united(condition.operands.map(operand => impliedBy(operand, false)))
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
      return noGuards
  }
}

export const united = (guards: readonly Guards[]): Guards => new Set(guards.flatMap(each => [...each]))

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

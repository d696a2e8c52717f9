import type { Arithmetic, Comparison } from './checked.ts'
import type { Syntax } from './syntax.ts'
import { areComparable, describeType, double, duration, int, invalid, isNumber, isText, string, timestamp, type Type } from './types.ts'

/* What each operator may work on, and what is said when it may not. */

export type Verdict<Good> = ({ readonly ok: true } & Good) | { readonly ok: false; readonly message: string; readonly suggestion?: string }

interface Side {
  readonly type: Type
  readonly syntax: Syntax
  readonly text: string
}

export function comparison(operator: Comparison, left: Side, right: Side): Verdict<object> {
  const [one, other] = [left.type, right.type]
  if (!areComparable(one, other)) {
    const time = [one, other].find(({ kind }) => kind === 'timestamp' || kind === 'duration')
    const literal = [left, right].find(({ syntax }) => syntax.kind === 'literal' && syntax.type === 'string')
    const message = `cannot compare ${describeType(one)} with ${describeType(other)}`
    if (time !== undefined && literal !== undefined) return { ok: false, message: `${message}: write ${time.kind}(${literal.text})` }
    if (one.kind === 'bool' && isRelation(left.syntax)) return { ok: false, message: 'comparisons do not chain: write a < b && b < c' }
    return { ok: false, message }
  }
  if (operator === '==' || operator === '!=' || one.kind === 'invalid' || other.kind === 'invalid') return { ok: true }
  const enumerated = [one, other].find(({ kind }) => kind === 'enum')
  if (enumerated !== undefined) return { ok: false, message: `${describeType(enumerated)} has no order: write … in [ … ]` }
  if (one.kind === 'bool' || one.kind === 'list') return { ok: false, message: `${describeType(one)} has no order` }
  return { ok: true }
}

const isRelation = (syntax: Syntax): boolean => syntax.kind === 'binary' && ['<', '<=', '>', '>=', '==', '!='].includes(syntax.operator)

/** The allowed value nearest to a text that is compared with an enum and is none of its values. */
export function strangeValue(type: Type, syntax: Syntax): string | undefined {
  if (type.kind !== 'enum' || syntax.kind !== 'literal' || typeof syntax.value !== 'string') return undefined
  return type.values.includes(syntax.value) ? undefined : syntax.value
}

type Typed = { readonly of: 'int' | 'double' | 'string' | 'time'; readonly type: Type }

export function arithmetic(operator: Arithmetic, left: Side, right: Side): Verdict<Typed> {
  const [one, other] = [left.type, right.type]
  if (one.kind === 'invalid' || other.kind === 'invalid') {
    return { ok: true, of: 'double', type: operator === '+' || operator === '-' ? invalid : isNumber(one) ? other : one }
  }
  if (one.kind === 'int' && other.kind === 'int') return { ok: true, of: 'int', type: int }
  if (isNumber(one) && isNumber(other)) {
    if (operator === '%') return { ok: false, message: '"%" works on ints only' }
    if (one.kind === 'double' && other.kind === 'double') return { ok: true, of: 'double', type: double }
    const whole = one.kind === 'int' ? left : right
    const message = `cannot calculate with an int and a double`
    if (whole.syntax.kind === 'literal') return { ok: false, message: `${message}: write ${whole.text}.0` }
    return { ok: false, message: `${message}: write double(${whole.text})` }
  }
  if (operator === '+' && isText(one) && isText(other)) return { ok: true, of: 'string', type: string }
  const time = timeOf(operator, one, other)
  if (time !== undefined) return { ok: true, of: 'time', type: time }
  return { ok: false, message: `cannot calculate ${describeType(one)} ${operator} ${describeType(other)}` }
}

function timeOf(operator: Arithmetic, { kind: one }: Type, { kind: other }: Type): Type | undefined {
  if (operator !== '+' && operator !== '-') return undefined
  if (one === 'duration' && other === 'duration') return duration
  if (one === 'timestamp' && other === 'duration') return timestamp
  if (operator === '+') return one === 'duration' && other === 'timestamp' ? timestamp : undefined
  return one === 'timestamp' && other === 'timestamp' ? duration : undefined
}

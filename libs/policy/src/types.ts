import type { FactFields, FactType } from '@muster/contracts'

/*
 * What the checker knows about a part of an expression.
 * A record also knows its places: the path patterns (`datasets[]`) at which it may stand in the facts, from which the reads of a rule follow.
 */

export type Type =
  | { readonly kind: 'string' | 'bool' | 'int' | 'double' | 'timestamp' | 'duration' }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly of: Type; readonly max: number }
  | { readonly kind: 'record'; readonly fields: FactFields; readonly places: readonly string[] }
  /** It was already complained about: fits everything, so that one slip is one diagnostic. */
  | { readonly kind: 'invalid' }

export const bool: Type = { kind: 'bool' }
export const int: Type = { kind: 'int' }
export const double: Type = { kind: 'double' }
export const string: Type = { kind: 'string' }
export const timestamp: Type = { kind: 'timestamp' }
export const duration: Type = { kind: 'duration' }
export const invalid: Type = { kind: 'invalid' }

export function typeOfFact(type: FactType, places: readonly string[]): Type {
  switch (type.kind) {
    case 'list':
      return {
        kind: 'list',
        of: typeOfFact(
          type.of,
          places.map(place => `${place}[]`),
        ),
        max: type.max,
      }
    case 'record':
      return { kind: 'record', fields: type.fields, places }
    case 'enum':
    case 'string':
    case 'bool':
    case 'int':
    case 'double':
    case 'timestamp':
    case 'duration':
      return type
  }
}

export const isNumber = ({ kind }: Type): boolean => kind === 'int' || kind === 'double' || kind === 'invalid'
export const isText = ({ kind }: Type): boolean => kind === 'string' || kind === 'enum' || kind === 'invalid'

/** Whether `==` between the two has a meaning. Records have none: compare their fields. */
export function areComparable(one: Type, other: Type): boolean {
  if (one.kind === 'invalid' || other.kind === 'invalid') return true
  if (one.kind === 'record' || other.kind === 'record') return false
  if (one.kind === 'list' && other.kind === 'list') return areComparable(one.of, other.of)
  return one.kind === other.kind || (isNumber(one) && isNumber(other)) || (isText(one) && isText(other))
}

/** The one type of two branches, or of two elements of a list. */
export function unify(one: Type, other: Type): Type | undefined {
  if (one.kind === 'invalid') return other
  if (other.kind === 'invalid') return one
  if (one.kind === 'enum' && other.kind === 'enum') return { kind: 'enum', values: [...new Set([...one.values, ...other.values])] }
  if (isText(one) && isText(other)) return string
  if (one.kind === 'list' && other.kind === 'list') {
    const of = unify(one.of, other.of)
    return of && { kind: 'list', of, max: Math.max(one.max, other.max) }
  }
  if (one.kind === 'record' && other.kind === 'record') {
    return one.fields === other.fields ? { ...one, places: [...new Set([...one.places, ...other.places])] } : undefined
  }
  return one.kind === other.kind ? one : undefined
}

export function describeType(type: Type): string {
  switch (type.kind) {
    case 'enum':
      return `one of ${type.values.join(', ')}`
    case 'list':
      return `a list of ${type.of.kind === 'enum' ? 'string' : type.of.kind}s`
    case 'int':
      return 'an int'
    case 'string':
    case 'bool':
    case 'double':
    case 'timestamp':
    case 'duration':
    case 'record':
    case 'invalid':
      return `a ${type.kind}`
  }
}
